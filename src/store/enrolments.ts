/** Programmes: who is in one, and where. One enrolment per schedule and human. */
import { sql } from "kysely";
import { durationMs, type Schedule } from "../scheduling/definition/schedule.ts";
import { bestPlace, isReachable } from "./best-place.ts";
import { stepKey } from "./enrolments/coming.ts";
import { beginners, fractionOf, spreadMsOf } from "./enrolments/joined.ts";
import { isBack, isCorrected, isLeaving, isOverdue } from "./enrolments/stirs.ts";
import type { Db } from "./schema.ts";

/** A human at the beginning of a programme: `at` is when what set it off was due. */
export interface Beginning {
  readonly humanId: string;
  readonly at: Date;
}

/**
 * Begins the programme for these humans; of those who are through with it, once more. Nobody who is
 * in it, or has left it, begins again.
 */
export async function enrol(
  db: Db,
  workspaceId: number,
  { id, definition }: Schedule,
  beginnings: readonly Beginning[],
): Promise<void> {
  if (beginnings.length === 0) return;
  const [first] = definition.steps ?? [];
  const after = durationMs(first?.after ?? "0d");
  await sql`
    insert into enrolments (workspace_id, schedule_id, human_id, next_at, started_at)
    select distinct on (b."humanId") ${workspaceId}::int, ${id}::uuid, b."humanId",
      b.at + ${after} * interval '1 millisecond', b.at
    from json_to_recordset(${JSON.stringify(beginnings)}::json) as b("humanId" uuid, at timestamptz)
    order by b."humanId", b.at desc
    on conflict (workspace_id, schedule_id, human_id) do update
      set state = 'active', round = enrolments.round + 1, step = 0, invitation_id = null,
        next_at = excluded.next_at, started_at = excluded.started_at
      where enrolments.state = 'done' and enrolments.started_at < excluded.started_at`.execute(db);
}

/** Begins it for those who joined and are not in it yet, at most `limit`; gives how many. */
export async function enrolJoined(
  db: Db,
  workspaceId: number,
  schedule: Schedule,
  { now, since, limit }: { readonly now: Date; readonly since: Date; readonly limit: number },
): Promise<number> {
  const { rows } = await sql`
    insert into enrolments (workspace_id, schedule_id, human_id, step, next_at, started_at)
    select ${workspaceId}::int, ${schedule.id}::uuid, b.human, b.step, b.next_at, b.started_at
    from (${beginners(workspaceId, schedule, { now, until: now, since })}) b
    limit ${limit}::int
    on conflict do nothing returning human_id`.execute(db);
  return rows.length;
}

/**
 * Leaves the programme with whoever wants no questions, has left, or is another's row now, and goes
 * on with whoever is back, as if they had just been met.
 */
export async function leaveOrReturn(
  db: Db,
  workspaceId: number,
  { id, definition }: Schedule,
  now: Date,
): Promise<void> {
  const spread = sql`${now}::timestamptz + ${fractionOf(id, sql`e.human_id`)}
    * ${spreadMsOf(definition)}::float8 * interval '1 millisecond'`;
  const ofIt = sql`e.workspace_id = ${workspaceId} and e.schedule_id = ${id}::uuid`;
  await sql`
    update enrolments e set state = 'left', next_at = null
    where ${ofIt} and ${isLeaving(workspaceId, now)}`.execute(db);
  await sql`
    update enrolments e
    set state = 'active', next_at = case when e.invitation_id is null then ${spread} end
    where ${ofIt} and ${isBack(workspaceId, now)}`.execute(db);
}

/**
 * What was due while the schedule was paused comes spread over as long as it was late by then: a
 * pause of an hour within an hour, one of a month within a month.
 */
export async function spreadOverdue(
  db: Db,
  workspaceId: number,
  { id }: Schedule,
  since: Date,
): Promise<void> {
  await sql`
    update enrolments e
    set next_at = ${since}::timestamptz
      + ${fractionOf(id, sql`e.human_id`)} * (${since}::timestamptz - e.next_at)
    where e.workspace_id = ${workspaceId} and e.schedule_id = ${id}::uuid
      and ${isOverdue(since)}`.execute(db);
}

/**
 * Goes on with those whose invitation has come to an end: the next step is due so long after they
 * were asked, or after it ended when they were not. After the last one the programme begins again, or
 * is done.
 */
export async function goOn(
  db: Db,
  workspaceId: number,
  { id, definition }: Schedule,
  now: Date,
): Promise<void> {
  const afters = (definition.steps ?? []).map(({ after }) => durationMs(after));
  const again = definition.repeatAfter && durationMs(definition.repeatAfter);
  const isLast = sql`e.step + 1 >= ${afters.length}::int`;
  const repeats = again !== undefined;
  const wait = sql`case when ${isLast} then ${again ?? null}::bigint
    else (${afters}::bigint[])[e.step + 2] end * interval '1 millisecond'`;
  await sql`
    update enrolments e
    set invitation_id = null,
      round = case when ${isLast} and ${repeats} then e.round + 1 else e.round end,
      step = case when not (${isLast}) then e.step + 1 when ${repeats} then 0 else e.step end,
      state = case when ${isLast} and not ${repeats} then 'done' else e.state end,
      next_at = coalesce(i.asked_at, i.finished_at, ${now}::timestamptz) + ${wait}
    from invitations i
    where e.workspace_id = ${workspaceId} and e.schedule_id = ${id}::uuid and e.state = 'active'
      and i.workspace_id = e.workspace_id and i.id = e.invitation_id
      and i.state not in ('planned', 'asked')`.execute(db);
}

/**
 * Takes those out again whose joining day was corrected before anything was planned for them: they
 * begin anew by the new one.
 */
export async function forgetCorrected(
  db: Db,
  workspaceId: number,
  { id }: Schedule,
  now: Date,
): Promise<void> {
  await sql`
    delete from enrolments e
    where e.workspace_id = ${workspaceId} and e.schedule_id = ${id}::uuid
      and ${isCorrected(workspaceId, id, now)}`.execute(db);
}

/** A step of a programme that is due for somebody. */
export interface DueStep {
  readonly personId: string;
  readonly humanId: string;
  readonly connectionId: string;
  readonly step: number;
  readonly dueAt: Date;
  readonly reasonKey: string;
}

/** Steps that are due, of those in `steps`, the longest waiting first; locked. */
export async function lockDueSteps(
  db: Db,
  workspaceId: number,
  { id, definition }: Schedule,
  about: { readonly now: Date; readonly steps: readonly number[]; readonly limit: number },
): Promise<DueStep[]> {
  const { audience } = definition;
  const { rows } = await sql<Omit<DueStep, "dueAt"> & { dueAt: Date | string }>`
    with e as materialized (
      select e.human_id, e.step, e.next_at, ${stepKey(id)} as key
      from enrolments e
      where e.workspace_id = ${workspaceId} and e.schedule_id = ${id}::uuid and e.state = 'active'
        and e.next_at <= ${about.now}::timestamptz and e.step = any(${about.steps}::int[])
        and ${isReachable(workspaceId, audience, sql`e.human_id`)} is true
      order by e.next_at, e.human_id limit ${about.limit}::int
      for no key update of e
    )
    select place.person_id as "personId", e.human_id as "humanId",
      place.connection_id as "connectionId", e.step, e.next_at as "dueAt", e.key as "reasonKey"
    from e cross join lateral ${bestPlace(workspaceId, audience, sql`e.human_id`)} place
    order by e.next_at, e.human_id`.execute(db);
  return rows.map((row) => ({ ...row, dueAt: new Date(row.dueAt) }));
}

/** Their invitations are planned: the programme waits until those come to an end. */
export async function notePlannedSteps(
  db: Db,
  workspaceId: number,
  { id }: Schedule,
  steps: readonly DueStep[],
): Promise<void> {
  const planned = steps.map(({ humanId, reasonKey }) => ({ human_id: humanId, key: reasonKey }));
  await sql`
    update enrolments e set invitation_id = i.id, next_at = null
    from json_to_recordset(${JSON.stringify(planned)}::json) as s (human_id uuid, key text)
    join invitations i on i.workspace_id = ${workspaceId} and i.schedule_id is not null
      and i.reason_key = s.key
    where e.workspace_id = ${workspaceId} and e.schedule_id = ${id}::uuid
      and e.human_id = s.human_id`.execute(db);
}
