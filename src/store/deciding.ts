/** What is due to be decided, taken workspace by workspace, and what was decided, written back. */
import { sql } from "kysely";
import type { ConnectionRef } from "../platform.ts";
import type { Subject } from "./candidates.ts";
import { sameHuman } from "./same-human.ts";
import type { Db, InvitationState } from "./schema.ts";

/** Something due, with what a decision about it is about. */
export interface Due extends Subject {
  readonly invitationId: string;
  readonly dueAt: number;
  readonly stateReason: string | null;
}

/** The workspaces in which something is due. */
export async function dueWorkspaces(db: Db, now: Date): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select w.id from workspaces w
    where exists (select 1 from invitations i
      where i.workspace_id = w.id and i.state = 'planned' and i.queued_at is null
        and i.due_at <= ${now})
    order by w.id`.execute(db);
  return rows.map(({ id }) => id);
}

/** What has been due for longest, locked; without what somebody else is at. Call in a transaction. */
export async function lockDueOf(
  db: Db,
  workspaceId: number,
  now: Date,
  limit: number,
): Promise<Due[]> {
  const rows = await selectDue(db, workspaceId)
    .where("i.queued_at", "is", null)
    .where("i.due_at", "<=", now)
    .orderBy("i.due_at")
    .orderBy("i.id")
    .limit(limit)
    .forUpdate("i")
    .skipLocked()
    .execute();
  return rows.map((row) => toDue(row, now));
}

function selectDue(db: Db, workspaceId: number) {
  return db
    .selectFrom("invitations as i")
    .select(["i.id", "i.kind", "i.person_id", "i.survey_id", "i.connection_id", "i.schedule_id"])
    .select(["i.reason_key", "i.chat_id", "i.closing", "i.slot_at", "i.expires_at"])
    .select(["i.due_at", "i.state_reason"])
    .where("i.workspace_id", "=", workspaceId)
    .where("i.state", "=", "planned");
}

type DueRow = Awaited<ReturnType<ReturnType<typeof selectDue>["executeTakeFirstOrThrow"]>>;

function toDue(row: DueRow, now: Date): Due {
  return {
    invitationId: row.id,
    kind: row.kind,
    // Whose person is gone is found to have none.
    personId: row.person_id ?? row.id,
    surveyId: row.survey_id,
    connectionId: row.connection_id,
    scheduleId: row.schedule_id,
    reasonKey: row.reason_key,
    chatId: row.chat_id,
    closing: row.closing,
    slotAt: row.slot_at?.getTime() ?? null,
    expiresAt: row.expires_at?.getTime() ?? null,
    // "Later" is a time that they chose themselves.
    present: row.state_reason === "later",
    dueAt: row.due_at?.getTime() ?? now.getTime(),
    stateReason: row.state_reason,
  };
}

/** Locks those of these schedules that have a daily cap: whoever gives their slots is the only one. */
export async function lockSharedDays(
  db: Db,
  workspaceId: number,
  scheduleIds: readonly string[],
): Promise<void> {
  await sql`
    select s.id from schedules s
    where s.workspace_id = ${workspaceId} and s.id = any(${[...scheduleIds]}::uuid[])
      and exists (select 1 from schedule_versions v
        where v.workspace_id = s.workspace_id and v.schedule_id = s.id and v.version = s.version
          and v.definition->'limits'->>'perDay' is not null)
    order by s.id for no key update`.execute(db);
}

/** What becomes of something that was due: it is asked by a job, waits until another time, or ends. */
export interface Settled {
  readonly invitationId: string;
  /** When it was seen to be due: what was decided meanwhile stays. */
  readonly dueAt: number;
  readonly state: InvitationState;
  /** Why it waits or ended; null: it is asked. */
  readonly stateReason: string | null;
  /** When it is due next; null: it is asked, or has ended. */
  readonly nextAt: number | null;
  readonly slotAt: number | null;
}

/** Writes what became of many in one statement. */
export async function settleDue(
  db: Db,
  workspaceId: number,
  settled: readonly Settled[],
  now: Date,
): Promise<void> {
  if (settled.length === 0) return;
  const time = (at: number | null) => (at === null ? null : new Date(at));
  const texts = (of: (each: Settled) => string | null) => sql`${settled.map(of)}::text[]`;
  const times = (of: (each: Settled) => number | null) =>
    sql`${settled.map((each) => time(of(each)))}::timestamptz[]`;
  await sql`
    update invitations i set state = d.state, state_reason = coalesce(d.reason, i.state_reason),
      slot_at = coalesce(d.slot, i.slot_at), due_at = coalesce(d.next, i.due_at),
      queued_at = case when d.reason is null then ${now}::timestamptz end,
      finished_at = case when d.state = 'planned' then i.finished_at else ${now}::timestamptz end
    from unnest(${settled.map(({ invitationId }) => invitationId)}::uuid[],
        ${times((each) => each.dueAt)}, ${texts((each) => each.state)},
        ${texts((each) => each.stateReason)}, ${times((each) => each.nextAt)},
        ${times((each) => each.slotAt)}) as d (id, seen, state, reason, next, slot)
    where i.workspace_id = ${workspaceId} and i.id = d.id and i.state = 'planned'
      and date_trunc('milliseconds', i.due_at) = d.seen`.execute(db);
}

/** What was to be asked since before a time and was not has lost its job: it is decided anew. */
export async function releaseQueued(db: Db, before: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    update invitations i set queued_at = null
    from workspaces w
    where i.workspace_id = w.id and i.state = 'planned' and i.queued_at <= ${before}`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** Something due of a human, with who they are where it would be asked. */
export interface DueSomewhere {
  readonly due: Due;
  readonly connection: ConnectionRef;
  readonly userId: string;
}

/** What is due of the human behind a person, each with the place; nothing is locked. */
export async function readDueOf(
  db: Db,
  workspaceId: number,
  personId: string,
  now: Date,
): Promise<DueSomewhere[]> {
  const rows = await selectDue(db, workspaceId)
    .innerJoin("connections as c", (join) =>
      join.onRef("c.workspace_id", "=", "i.workspace_id").onRef("c.id", "=", "i.connection_id"),
    )
    .innerJoin("identities as d", (join) =>
      join
        .onRef("d.workspace_id", "=", "i.workspace_id")
        .onRef("d.connection_id", "=", "i.connection_id")
        .onRef("d.person_id", "=", "i.person_id"),
    )
    .select(["c.platform", "c.external_id as there", "d.external_id as user"])
    .where("i.person_id", "in", await sameHuman(db, workspaceId, personId))
    .where("i.due_at", "<=", now)
    .orderBy("i.due_at")
    .orderBy("i.id")
    .orderBy("d.created_at", "desc")
    .execute();
  return rows.map((row) => ({
    due: toDue(row, now),
    connection: { platform: row.platform, externalId: row.there },
    userId: row.user,
  }));
}
