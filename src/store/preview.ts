/** What a preview of schedules begins with, and the names of whom it shows. */
import { sql } from "kysely";
import type { Db, InvitationKind } from "./schema.ts";

/** An invitation that waits to be decided. */
export interface WaitingInvitation {
  readonly id: string;
  readonly kind: InvitationKind;
  readonly scheduleId: string | null;
  readonly surveyId: string;
  readonly reasonKey: string;
  readonly stateReason: string | null;
  readonly personId: string;
  readonly humanId: string;
  readonly connectionId: string;
  readonly chatId: string | null;
  readonly closing: number | null;
  readonly dueAt: Date;
  readonly expiresAt: Date | null;
  readonly slotAt: Date | null;
  /** They can be written to there. */
  readonly isKnown: boolean;
}

/**
 * A page of what waits for a time, in the order of ids; `after`: the last id of the page before. What
 * waits for the next contact has no time, and is left out.
 */
export async function readWaiting(
  db: Db,
  workspaceId: number,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<WaitingInvitation[]> {
  const { rows } = await sql<WaitingInvitation>`
    select i.id, i.kind, i.schedule_id as "scheduleId", i.survey_id as "surveyId",
      i.reason_key as "reasonKey", i.state_reason as "stateReason", i.person_id as "personId",
      coalesce(p.human_id, p.id) as "humanId", i.connection_id as "connectionId",
      i.chat_id as "chatId", i.closing, i.due_at as "dueAt", i.expires_at as "expiresAt",
      i.slot_at as "slotAt", ${isKnown} as "isKnown"
    from invitations i
    join people p on p.workspace_id = i.workspace_id and p.id = i.person_id
    where i.workspace_id = ${workspaceId} and i.state = 'planned' and i.due_at is not null
      and i.connection_id is not null
      and ${after === undefined ? sql`true` : sql`i.id > ${after}::uuid`}
    order by i.id limit ${limit}::int`.execute(db);
  return rows;
}

const isKnown = sql<boolean>`exists (
  select 1 from identities d where d.workspace_id = i.workspace_id
    and d.person_id = i.person_id and d.connection_id = i.connection_id offset 0)`;

/** A step of a programme that is asked and not answered yet. */
export interface OpenStep {
  readonly personId: string;
  readonly humanId: string;
  readonly connectionId: string;
  readonly reasonKey: string;
  readonly askedAt: Date;
  readonly expiresAt: Date;
  /** They can be written to there. */
  readonly isKnown: boolean;
}

/**
 * Of those in a programme whose step is asked, that step: a page in the order of humans. `after`: the last
 * one of the page before.
 */
export async function readOpenSteps(
  db: Db,
  workspaceId: number,
  scheduleId: string,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<OpenStep[]> {
  const { rows } = await sql<OpenStep>`
    select i.person_id as "personId", e.human_id as "humanId", i.connection_id as "connectionId",
      i.reason_key as "reasonKey", i.asked_at as "askedAt", i.expires_at as "expiresAt",
      ${isKnown} as "isKnown"
    from enrolments e
    join invitations i on i.workspace_id = e.workspace_id and i.id = e.invitation_id
    where e.workspace_id = ${workspaceId} and e.schedule_id = ${scheduleId}::uuid
      and e.state = 'active' and i.state = 'asked' and i.asked_at is not null
      and i.expires_at is not null and i.connection_id is not null
      and ${after === undefined ? sql`true` : sql`e.human_id > ${after}::uuid`}
    order by e.human_id limit ${limit}::int`.execute(db);
  return rows;
}

/** How these people are called. */
export async function namesOf(
  db: Db,
  workspaceId: number,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from people
    where workspace_id = ${workspaceId} and id = any(${personIds}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
