/** What happened in a case, in order. Append-only but for the words, which have a time of their own. */
import { sql } from "kysely";
import { newId } from "./ids.ts";
import type { Db } from "./schema.ts";
import type { CaseEventKind } from "./schema-cases.ts";

export type { CaseEventKind } from "./schema-cases.ts";

/** Something to be kept. */
export interface NewCaseEvent {
  readonly kind: CaseEventKind;
  /** A person of the team or the customer; none: aftertalk itself. */
  readonly actorId?: string | null;
  readonly invitationId?: string | null;
  readonly text?: string | null;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Adds to what happened; gives its id. */
export async function addCaseEvent(
  db: Db,
  workspaceId: number,
  caseId: string,
  at: Date,
  event: NewCaseEvent,
): Promise<string> {
  const id = newId();
  await db
    // What is known of the customer has changed.
    .with(
      "marked",
      () => sql<Record<never, never>>`(
        update signals set stale = true where workspace_id = ${workspaceId}::int and not stale
          and human_id = (select human_id from cases
            where workspace_id = ${workspaceId}::int and id = ${caseId}::uuid))`,
    )
    .insertInto("case_events")
    .values({
      workspace_id: workspaceId,
      id,
      case_id: caseId,
      at,
      actor_id: event.actorId ?? null,
      kind: event.kind,
      invitation_id: event.invitationId ?? null,
      text: event.text ?? null,
      details: JSON.stringify(event.details ?? {}),
    })
    .execute();
  return id;
}

/** A reply of the team by the mark that its message carries. */
export interface KeptReply {
  readonly id: string;
  readonly caseId: string;
  readonly actorId: string | null;
  readonly text: string | null;
  readonly ref: string;
}

function selectReplies(db: Db, workspaceId: number) {
  return db
    .selectFrom("case_events as e")
    .select([
      "e.id",
      "e.case_id as caseId",
      "e.actor_id as actorId",
      "e.text",
      sql<string>`e.details->>'ref'`.as("ref"),
    ])
    .where("e.workspace_id", "=", workspaceId)
    .where("e.kind", "=", "replied");
}

/** The reply with this mark. */
export async function findReply(
  db: Db,
  workspaceId: number,
  caseId: string,
  ref: string,
): Promise<KeptReply | undefined> {
  return selectReplies(db, workspaceId)
    .where("e.case_id", "=", caseId)
    .where(sql<boolean>`e.details->>'ref' = ${ref}`)
    .executeTakeFirst();
}

/** Replies that wait for a sign of life of the human behind this person, the oldest first; locked. */
export async function lockWaitingReplies(
  db: Db,
  workspaceId: number,
  personId: string,
): Promise<KeptReply[]> {
  return selectReplies(db, workspaceId)
    .innerJoin("cases as c", (join) =>
      join.onRef("c.workspace_id", "=", "e.workspace_id").onRef("c.id", "=", "e.case_id"),
    )
    .innerJoin("people as p", (join) =>
      join
        .onRef("p.workspace_id", "=", "c.workspace_id")
        .on(sql<boolean>`coalesce(p.human_id, p.id) = c.human_id`),
    )
    .where("p.id", "=", personId)
    .where(sql<boolean>`e.details @> '{"waits": true}'`)
    .orderBy("e.at")
    .forUpdate("e")
    .execute();
}

/** Whether it was told already that a reply cannot be delivered. */
export async function wasUndelivered(
  db: Db,
  workspaceId: number,
  caseId: string,
  ref: string,
): Promise<boolean> {
  const row = await db
    .selectFrom("case_events")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("case_id", "=", caseId)
    .where("kind", "=", "undelivered")
    .where(sql<boolean>`details->>'ref' = ${ref}`)
    .executeTakeFirst();
  return row !== undefined;
}

/** Keeps whether a reply waits for a sign of life of its reader. */
export async function markReply(
  db: Db,
  workspaceId: number,
  eventId: string,
  marks: { readonly waits: boolean },
): Promise<void> {
  await db
    .updateTable("case_events")
    .set({ details: sql`details || ${JSON.stringify(marks)}::text::jsonb` })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", eventId)
    .execute();
}
