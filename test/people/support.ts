/** Humans of a workspace with a connection on each of three platforms, and what tests ask of them. */
import type { Work } from "../../src/engine.ts";
import { mergeHumans, unmerge } from "../../src/people/merge.ts";
import type { MergeHow } from "../../src/store/merges.ts";
import type { Row } from "../../src/store/schema.ts";
import { inTransaction } from "../../src/store/transaction.ts";
import type { TestDatabase } from "../support/database.ts";

/** A moment of the tests' own clock, in minutes after noon. */
export function minutes(n: number): Date {
  return new Date(Date.parse("2026-11-02T12:00:00Z") + n * 60_000);
}

/** Runs `step` as an event or command of this time does. */
export function at<T>(
  database: TestDatabase,
  now: Date,
  step: (work: Work) => Promise<T>,
): Promise<T> {
  return inTransaction(database.db, (transaction) => step({ transaction, now, wake: new Set() }));
}

/** Links two people by hand; gives the link's id. */
export async function linkByHand(
  database: TestDatabase,
  workspaceId: number,
  kept: string,
  absorbed: string,
  { now = minutes(0), how = "link" }: { now?: Date; how?: MergeHow } = {},
): Promise<string> {
  const done = await at(database, now, (work) =>
    mergeHumans(work, workspaceId, { kept, absorbed, how, actor: "operator" }),
  );
  if (done.kind !== "merged") throw new Error("they were one already");
  return done.mergeId;
}

/** Takes a link back. */
export function takeBack(
  database: TestDatabase,
  workspaceId: number,
  mergeId: string,
  now = minutes(60),
) {
  return at(database, now, (work) => unmerge(work, workspaceId, mergeId, "operator"));
}

/** All rows of people, by name. */
export function peopleRows(database: TestDatabase, workspaceId: number): Promise<Row<"people">[]> {
  return database.db
    .selectFrom("people")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .orderBy("name")
    .execute();
}

/** All cases, the oldest first, without what only says how often they were touched. */
export async function caseRows(database: TestDatabase, workspaceId: number) {
  return database.db
    .selectFrom("cases")
    .select(["id", "number", "person_id", "human_id", "state", "close_reason", "closed_at"])
    .where("workspace_id", "=", workspaceId)
    .orderBy("number")
    .execute();
}
