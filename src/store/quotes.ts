/** Words that somebody lets us quote: asked, allowed, declined, taken back. */
import { sql } from "kysely";
import { newId } from "./ids.ts";
import { sameHuman } from "./same-human.ts";
import type { Db, Row } from "./schema.ts";

/** What somebody was asked, and what they said. */
export interface Quote {
  readonly id: string;
  readonly personId: string;
  readonly invitationId: string;
  readonly state: Row<"quotes">["state"];
  readonly text: string;
  /** Null as long as nothing was allowed. */
  readonly named: boolean | null;
  readonly decidedAt: Date | null;
}

const columns = [
  "id",
  "person_id as personId",
  "invitation_id as invitationId",
  "state",
  "text",
  "named",
  "decided_at as decidedAt",
] as const;

/** When somebody was asked last whether we may quote them, by any row of the human. */
export async function lastAskedToQuote(
  db: Db,
  workspaceId: number,
  personId: string,
): Promise<Date | null> {
  const { last } = await db
    .selectFrom("quotes")
    .select((eb) => eb.fn.max("asked_at").as("last"))
    .where("workspace_id", "=", workspaceId)
    .where("person_id", "in", await sameHuman(db, workspaceId, personId))
    .executeTakeFirstOrThrow();
  return last;
}

/** Keeps what is asked: once for each invitation; false when it was asked before. */
export async function askedToQuote(
  db: Db,
  workspaceId: number,
  asked: {
    readonly personId: string;
    readonly invitationId: string;
    readonly text: string;
    /** The question as it was worded, in its language. */
    readonly wording: string;
    readonly language: string;
    readonly at: Date;
  },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto("quotes")
    .values({
      workspace_id: workspaceId,
      id: newId(),
      person_id: asked.personId,
      invitation_id: asked.invitationId,
      state: "asked",
      text: asked.text,
      wording: asked.wording,
      language: asked.language,
      asked_at: asked.at,
    })
    .onConflict((conflict) => conflict.columns(["workspace_id", "invitation_id"]).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** The quote that was asked for after an invitation, locked. */
export async function lockQuote(
  db: Db,
  workspaceId: number,
  invitationId: string,
): Promise<Quote | undefined> {
  return db
    .selectFrom("quotes")
    .select(columns)
    .where("workspace_id", "=", workspaceId)
    .where("invitation_id", "=", invitationId)
    .forUpdate()
    .executeTakeFirst();
}

/** Keeps a yes or a no. */
export async function decideQuote(
  db: Db,
  workspaceId: number,
  quoteId: string,
  { named, at }: { readonly named: boolean | null; readonly at: Date },
): Promise<void> {
  await db
    .updateTable("quotes")
    .set({ state: named === null ? "declined" : "allowed", named, decided_at: at })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", quoteId)
    .execute();
}

/** What was asked for or allowed after an invitation does not hold any more; false when nothing did. */
export async function withdrawQuote(
  db: Db,
  workspaceId: number,
  invitationId: string,
  at: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("quotes")
    .set({ state: "withdrawn", withdrawn_at: at })
    .where("workspace_id", "=", workspaceId)
    .where("invitation_id", "=", invitationId)
    .where("state", "in", ["asked", "allowed"])
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** What a human lets us quote just now, the newest first. */
export async function ownQuotes(db: Db, workspaceId: number, personId: string): Promise<Quote[]> {
  return db
    .selectFrom("quotes")
    .select(columns)
    .where("workspace_id", "=", workspaceId)
    .where("person_id", "in", await sameHuman(db, workspaceId, personId))
    .where("state", "=", "allowed")
    .orderBy("decided_at", "desc")
    .execute();
}

/** A quote as a list shows it. */
export interface ListedQuote {
  readonly text: string;
  /** Whose words they are; null when they allowed them without their name. */
  readonly person: string | null;
  readonly account: string | null;
  readonly decidedAt: Date;
}

/** A page of what may be quoted, the newest first, and how many there are. */
export async function listQuotes(
  db: Db,
  workspaceId: number,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<{ readonly quotes: readonly ListedQuote[]; readonly n: number }> {
  const allowed = db
    .selectFrom("quotes as q")
    .where("q.workspace_id", "=", workspaceId)
    .where("q.state", "=", "allowed");
  const quotes = await allowed
    .innerJoin("people as p", (join) =>
      join.onRef("p.workspace_id", "=", "q.workspace_id").onRef("p.id", "=", "q.person_id"),
    )
    .leftJoin("accounts as a", (join) =>
      join.onRef("a.workspace_id", "=", "p.workspace_id").onRef("a.id", "=", "p.account_id"),
    )
    .select(["q.text", sql<Date>`q.decided_at`.as("decidedAt")])
    .select(sql<string | null>`case when q.named then p.name end`.as("person"))
    .select(sql<string | null>`case when q.named then a.name end`.as("account"))
    .orderBy("q.decided_at", "desc")
    .orderBy("q.id")
    .limit(limit)
    .offset(offset)
    .execute();
  const { n } = await allowed.select(sql<number>`count(*)::int`.as("n")).executeTakeFirstOrThrow();
  return { quotes, n };
}
