/** Which teams' figures somebody reads: set by an operator, for all rows of a human alike. */
import { sql } from "kysely";
import { audit } from "./audit.ts";
import { sameHuman } from "./same-human.ts";
import type { Db } from "./schema.ts";

/** Our ids of all rows of a human, and the teams that any of them was narrowed down to. */
export interface TeamsOfHuman {
  readonly people: readonly string[];
  /** Empty: nobody narrowed them down. In the order of the alphabet. */
  readonly teams: readonly string[];
}

/**
 * What holds for a human on every platform. Whoever was narrowed down on one of their rows stays so
 * when another row, which nobody narrowed down, turns out to be them.
 */
export async function readTeamsOfHuman(
  db: Db,
  workspaceId: number,
  personId: string,
): Promise<TeamsOfHuman> {
  const people = await sameHuman(db, workspaceId, personId);
  const rows = await db
    .selectFrom("people")
    .select("teams")
    .where("workspace_id", "=", workspaceId)
    .where("id", "in", people)
    .execute();
  return { people, teams: [...new Set(rows.flatMap(({ teams }) => teams))].sort() };
}

/** Sets the teams of all rows of a human and notes who did. Call inside a transaction. */
export async function setTeamsOfHuman(
  db: Db,
  workspaceId: number,
  { personId, teams }: { readonly personId: string; readonly teams: readonly string[] },
  by: { readonly actor: string; readonly at: Date },
): Promise<void> {
  const before = await readTeamsOfHuman(db, workspaceId, personId);
  await db
    .updateTable("people")
    .set({ teams: sql`${[...teams]}::text[]` })
    .where("workspace_id", "=", workspaceId)
    .where("id", "in", [...before.people])
    .execute();
  await audit(db, workspaceId, by.at, {
    actor: by.actor,
    action: "person.teams",
    target: personId,
    details: { from: before.teams, to: teams },
  });
}
