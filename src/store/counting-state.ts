/** How far a workspace is counted, and which of its counts are not true any more. */
import { type RawBuilder, sql } from "kysely";
import { type MetricName, metricNames } from "../metrics/metric.ts";
import type { Db } from "./schema.ts";
import type { Run } from "./stretches.ts";
import { unnested } from "./unnested.ts";

/** So many days of each kind are counted anew at once. */
const MARKED = 31;
/** Milliseconds. What is younger writes no mark; twice the half hour of 0009_marks.ts. */
const GRACE_MS = 60 * 60_000;
/** Milliseconds. For whom was asked: marks are written from the eighth day on. */
const ASKED_GRACE_MS = 8 * 24 * 60 * 60_000 + GRACE_MS;

/** Days are `YYYY-MM-DD`. */
export interface CountingState {
  readonly timeZone: string;
  readonly countedUntil: string;
  readonly askedUntil: string;
  /** Up to where may be counted by now. */
  readonly countable: string;
  readonly askedCountable: string;
}

/**
 * Takes a workspace for counting until the transaction ends, which has to be committed; undefined
 * while somebody else has it, or nothing can be counted yet. `now`: later than the database's own
 * time is taken for that.
 */
export async function takeCounting(
  trx: Db,
  workspaceId: number,
  now: Date,
): Promise<CountingState | undefined> {
  const begun = await sql`
    insert into counting (workspace_id, counted_until, asked_until, time_zone)
    select w.id, '0001-01-01', '0001-01-01', w.time_zone from workspaces w
    where w.id = ${workspaceId}
      and not exists (select from counting c where c.workspace_id = w.id)
    on conflict do nothing`.execute(trx);
  // What is there was counted by the days of another time zone.
  if (begun.numAffectedRows === 1n) await dropCounts(trx, workspaceId);
  const { rows } = await sql<CountingState & { ready: boolean }>`
    select c.time_zone as "timeZone", c.counted_until as "countedUntil",
      c.asked_until as "askedUntil",
      ((h.at - ${GRACE_MS} * interval '1 millisecond') at time zone c.time_zone)::date as countable,
      ((h.at - ${ASKED_GRACE_MS} * interval '1 millisecond') at time zone c.time_zone)::date
        as "askedCountable",
      h.began > c.since as ready
    from (select * from counting where workspace_id = ${workspaceId} for update skip locked) c
    cross join lateral (${horizon(now)}) h`.execute(trx);
  const [state] = rows;
  return state?.ready ? state : undefined;
}

/** Ids of the workspaces in which there may be something to be counted by now: one look for all. */
export async function workspacesToCount(db: Db, now: Date): Promise<number[]> {
  const latest = (grace: number) => sql`((least(${now}::timestamptz, now())
    - ${grace} * interval '1 millisecond') at time zone c.time_zone)::date`;
  const { rows } = await sql<{ id: number }>`
    select w.id from workspaces w left join counting c on c.workspace_id = w.id
    where c.workspace_id is null or c.counted_until < ${latest(GRACE_MS)}
      or c.asked_until < ${latest(ASKED_GRACE_MS)}
      or exists (select from stale_days m where m.workspace_id = w.id
        and m.day < case m.metric when 'asked' then c.asked_until else c.counted_until end)
    order by w.id`.execute(db);
  return rows.map(({ id }) => id);
}

/**
 * Before `began` no transaction began that is still open (of ours there is none but this one, which
 * reads and counts); `at` is not later than now by any clock either.
 */
const horizon = (now: Date) => sql`
  select least(began, ${now}) as at, began from (
    select coalesce(min(xact_start), clock_timestamp()) as began from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
      and backend_type = 'client backend' and xact_start is not null
  ) open`;

/** Notes how far it is counted by now. */
export async function keepCounting(
  trx: Db,
  workspaceId: number,
  until: { readonly countedUntil?: string; readonly askedUntil?: string },
): Promise<void> {
  const { countedUntil, askedUntil } = until;
  await trx
    .updateTable("counting")
    .set({
      ...(countedUntil !== undefined && { counted_until: countedUntil }),
      ...(askedUntil !== undefined && { asked_until: askedUntil }),
    })
    .where("workspace_id", "=", workspaceId)
    .execute();
}

/** What a mark is about. */
export type Marked = MetricName | "asked";

/** Takes the marks of these days away; also those of days that are being counted for the first time. */
export async function takeMarks(
  trx: Db,
  workspaceId: number,
  runs: readonly MarkedRun[],
): Promise<void> {
  if (runs.length === 0) return;
  const rows = runs.map(({ metric, from, until }) => [metric, from, until]);
  await sql`
    delete from stale_days m
    using ${unnested("s", ["text", "date", "date"], rows)} (metric, from_day, until_day)
    where m.workspace_id = ${workspaceId} and m.metric = s.metric and m.day >= s.from_day
      and m.day < s.until_day`.execute(trx);
}

/** Days that a mark may be on. */
interface MarkedRun extends Run {
  readonly metric: Marked;
}

/** Some of the days that are counted and marked, the newest of each first. */
export async function markedDays(
  trx: Db,
  workspaceId: number,
  { countedUntil, askedUntil }: Pick<CountingState, "countedUntil" | "askedUntil">,
): Promise<{ readonly what: Marked; readonly day: string }[]> {
  const { rows } = await sql<{ what: Marked; day: string }>`
    select w.what, m.day from unnest(${[...metricNames, "asked"]}::text[]) w (what)
    cross join lateral (
      select distinct m.day from stale_days m
      where m.workspace_id = ${workspaceId} and m.metric = w.what and m.day
        < case w.what when 'asked' then ${askedUntil}::date else ${countedUntil}::date end
      order by m.day desc limit ${MARKED}
    ) m`.execute(trx);
  return rows;
}

/** From a day of a zone on. */
interface From {
  readonly from: string;
  readonly timeZone: string;
}

/** So many answers of a metric, or invitations of a survey, are counted at once. */
const AT_ONCE = 20_000;

/** The next day from this one on with an answer of a metric, or one that was left of nobody. */
export function nextAnsweredDay(trx: Db, workspaceId: number, from: From): Promise<string | null> {
  return firstDay(trx, sql`least(${answerOf(workspaceId, from, 0)}, ${leftOf(workspaceId, from)})`);
}

/** The day until which, from this one on, there are {@link AT_ONCE} answers of a metric. */
export function busyDay(trx: Db, workspaceId: number, from: From): Promise<string | null> {
  return firstDay(trx, answerOf(workspaceId, from, AT_ONCE));
}

/** As {@link nextAnsweredDay} for somebody who was asked. */
export function nextAskedDay(trx: Db, workspaceId: number, from: From): Promise<string | null> {
  return firstDay(trx, sql`least(${askedOf(workspaceId, from, 0)}, ${leftOf(workspaceId, from)})`);
}

/** As {@link busyDay} for those whom a survey asked. */
export function busyAskedDay(trx: Db, workspaceId: number, from: From): Promise<string | null> {
  return firstDay(trx, askedOf(workspaceId, from, AT_ONCE));
}

async function firstDay(trx: Db, day: RawBuilder<unknown>): Promise<string | null> {
  const { rows } = await sql<{ day: string | null }>`select ${day} as day`.execute(trx);
  return rows[0]?.day ?? null;
}

/** The earliest of the n-th answers of each metric. */
function answerOf(workspaceId: number, { from, timeZone }: From, n: number): RawBuilder<unknown> {
  return sql`(select min(a.at at time zone ${timeZone})::date
    from unnest(${[...metricNames]}::text[]) m
    cross join lateral (select a.answered_at as at from answers a
      where a.workspace_id = ${workspaceId} and a.metric = m and a.score is not null
        and a.answered_at >= day_start(${from}::date, ${timeZone})
      order by a.answered_at offset ${n} limit 1) a)`;
}

/** The earliest of the n-th invitations of each survey. */
function askedOf(workspaceId: number, { from, timeZone }: From, n: number): RawBuilder<unknown> {
  return sql`(select min(i.at at time zone ${timeZone})::date from surveys s
    cross join lateral (select i.asked_at as at from invitations i
      where i.workspace_id = ${workspaceId} and i.survey_id = s.id
        and i.asked_at >= day_start(${from}::date, ${timeZone})
      order by i.asked_at offset ${n} limit 1) i
    where s.workspace_id = ${workspaceId})`;
}

function leftOf(workspaceId: number, { from }: From): RawBuilder<unknown> {
  return sql`(select min(c.day) from anonymous_counts c
    where c.workspace_id = ${workspaceId} and c.day >= ${from}::date)`;
}

/** Forgets everything that was counted: it is counted anew from the first day on. */
export async function forgetCounts(trx: Db, workspaceId: number): Promise<void> {
  await trx.deleteFrom("counting").where("workspace_id", "=", workspaceId).execute();
}

async function dropCounts(trx: Db, workspaceId: number): Promise<void> {
  for (const table of ["counts", "cut_counts", "repeats", "asked_counts"] as const) {
    await trx.deleteFrom(table).where("workspace_id", "=", workspaceId).execute();
  }
}
