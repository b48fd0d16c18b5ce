/**
 * Counts of closed days and months, written from the answers.
 *
 * Why what is read from them is right at any moment. A reader sees one state of the database: which
 * days are counted, which of them are marked, and takes the answers of the others. So all that is
 * needed is that a state in which a day is counted and not marked has its counts equal to its
 * answers.
 *
 * - What changes an answer writes its mark in the same transaction (migrations/0008_stale_marks.ts).
 *   A recount takes away the marks that it sees, and counts in a later statement: it sees what their
 *   transactions did. A change that it does not see commits later, with a mark of its own, which has
 *   the number of its transaction in its key and is not among those that were taken away.
 * - An answer of less than half an hour ago writes no mark. Its day is counted for the first time
 *   only when the day ended an hour before the beginning of every transaction that is still open
 *   (`horizon`), however long it takes: none of them can have brought an answer to it without a mark.
 * - A change of the time zone takes the row of `counting` away. A transaction that marked by the old
 *   zone may still be open then; counting begins only after it, because the new row is older
 *   (`since`) than all that are.
 * - Two recounts of a workspace wait for one another: each holds the row of `counting`.
 */
import { type RawBuilder, sql } from "kysely";
import type { Metric } from "../metrics/metric.ts";
import { breaksOf, epochAt } from "./epochs.ts";
import { epochOfRow, predecessorOf, severalOf } from "./predecessors.ts";
import type { Db } from "./schema.ts";
import { isNoTest, isScoreOf, surveysApart, testPeople } from "./scored-questions.ts";

/** Cuts that are counted beforehand. */
export const countedCuts = [
  "team",
  "channel",
  "touchpoint",
  "platform",
  "language",
  "tag",
] as const;

const ALL_STEPS = 11;
const columns = Array.from({ length: ALL_STEPS }, (_, step) => sql.ref(`c${step}`));

/** Days of one metric of a workspace, `YYYY-MM-DD`. */
export interface Days {
  readonly workspaceId: number;
  readonly metric: Metric;
  readonly timeZone: string;
  readonly days: readonly string[];
}

/** Puts the counts of these days, and of their months, in the place of what is there. */
export async function countDays(trx: Db, about: Days): Promise<void> {
  const { workspaceId, metric, days } = about;
  if (days.length === 0) return;
  const own = sql`workspace_id = ${workspaceId} and metric = ${metric.name}`;
  await sql`delete from counts where ${own} and span = 'd' and day = any(${[...days]}::date[])`.execute(
    trx,
  );
  await insertCounts(trx, about);
  if (metric.onePerPerson) {
    await sql`delete from repeats where ${own} and span = 'd'
      and later = any(${[...days]}::date[])`.execute(trx);
    await insertRepeats(trx, about);
  }
  await sumMonths(trx, about);
}

async function insertCounts(trx: Db, about: Days): Promise<void> {
  const { workspaceId, metric } = about;
  const steps = columns.map(
    (_, step) => sql`coalesce(sum(g.n) filter (where g.step = ${sql.lit(step)}), 0)`,
  );
  await sql`
    with ${scopeOf(about)}, ${testPeople(workspaceId)}, ${breaksOf(workspaceId, metric.name)},
    given as (
      select g.day, g.epoch, g.score - ${metric.scale.min}::int as step, 1 as n, g.tags,
        coalesce(g.team, (select ch.team from chats ch
          where ch.workspace_id = ${workspaceId} and ch.id = g.chat_id), '') as team,
        coalesce(g.channel, '') as channel, coalesce(g.touchpoint, '') as touchpoint,
        coalesce(g.platform, '') as platform, coalesce(g.language, '') as language
      from (${answersOf(about)}) g
      union all
      select c.day, ${epochAt(
        sql`day_start(c.day + 1, ${about.timeZone}) - interval '1 microsecond'`,
        sql`c.survey_id`,
        sql`c.survey_version`,
      )}, c.score - ${metric.scale.min}::int, c.n, '{}', c.team, '', '', '', ''
      from scope s
      join anonymous_counts c on c.workspace_id = ${workspaceId} and c.day = s.day
      where c.metric = ${metric.name} and c.what = 'score' and c.promise = 'named'
        and c.scale_min = ${metric.scale.min} and c.scale_max = ${metric.scale.max}
        and c.survey_id not in (${surveysApart(workspaceId)})
    )
    insert into counts (workspace_id, metric, cut, span, day, value, epoch, ${sql.join(columns)})
    select ${workspaceId}, ${metric.name}, v.cut, 'd', g.day, v.value, g.epoch, ${sql.join(steps)}
    from given g
    cross join lateral (
      values ('', ''), ('team', g.team), ('channel', g.channel), ('touchpoint', g.touchpoint),
        ('platform', g.platform), ('language', g.language)
      union all
      select distinct 'tag', unnest(case when cardinality(g.tags) = 0 then '{""}' else g.tags end)
    ) v (cut, value)
    group by v.cut, g.day, v.value, g.epoch`.execute(trx);
}

async function insertRepeats(trx: Db, about: Days): Promise<void> {
  const { workspaceId, metric, timeZone } = about;
  await sql`
    with ${scopeOf(about)}, ${testPeople(workspaceId)}, ${severalOf(workspaceId)},
      ${breaksOf(workspaceId, metric.name)}
    insert into repeats (workspace_id, metric, span, later, earlier, epoch, step, n)
    select ${workspaceId}, ${metric.name}, 'd', a.day, (before.at at time zone ${timeZone})::date,
      a.epoch, before.step, count(*)
    from (${answersOf(about)}) a
    cross join lateral (${predecessorOf(about)}) before
    where a.person_id is not null
    group by 4, 5, 6, 7`.execute(trx);
}

/** CTE `scope`: the days with the instants at which they begin and end. */
function scopeOf({ days, timeZone }: Pick<Days, "days" | "timeZone">): RawBuilder<unknown> {
  return sql`scope (day, starts, ends) as materialized (
    select day, day_start(day, ${timeZone}), day_start(day + 1, ${timeZone})
    from unnest(${[...days]}::date[]) day
  )`;
}

/** Answers of the days that count, with their series. Needs the CTEs test_people and breaks. */
function answersOf({ workspaceId, metric }: Days): RawBuilder<unknown> {
  return sql`
    select s.day, a.*
    from scope s
    cross join lateral (
      select a.score, a.person_id, a.chat_id, a.invitation_id, a.question, a.answered_at, a.team,
        a.channel, a.touchpoint, a.platform, a.language, a.tags,
        ${epochOfRow(workspaceId, metric.name, "a")} as epoch
      from answers a
      where a.workspace_id = ${workspaceId} and a.answered_at >= s.starts
        and a.answered_at < s.ends and ${isScoreOf(metric, "a")} and a.promise = 'named'
        and a.survey_id not in (${surveysApart(workspaceId)})
      offset 0
    ) a
    where ${isNoTest("a")}`;
}

/** The months in which the days lie are the sums of their counted days. */
async function sumMonths(trx: Db, { workspaceId, metric, days }: Days): Promise<void> {
  const own = sql`workspace_id = ${workspaceId} and metric = ${metric.name}`;
  const months = sql`${monthsOf(days)}::date[]`;
  const sums = columns.map((column) => sql`sum(${column})`);
  await sql`delete from counts where ${own} and cut = any(${["", ...countedCuts]}::text[])
    and span = 'm' and day = any(${months})`.execute(trx);
  await sql`
    insert into counts (workspace_id, metric, cut, span, day, value, epoch, ${sql.join(columns)})
    select ${workspaceId}, ${metric.name}, cut.cut, 'm', month, d.value, d.epoch, ${sql.join(sums)}
    from unnest(${months}) month
    cross join unnest(${["", ...countedCuts]}::text[]) cut (cut)
    cross join lateral (
      select * from counts c where c.workspace_id = ${workspaceId} and c.metric = ${metric.name}
        and c.cut = cut.cut and c.span = 'd' and ${isInMonth("c.day")}
    ) d
    group by cut.cut, month, d.value, d.epoch`.execute(trx);
  if (!metric.onePerPerson) return;
  await sql`delete from repeats where ${own} and span = 'm' and later = any(${months})`.execute(
    trx,
  );
  await sql`
    insert into repeats (workspace_id, metric, span, later, earlier, epoch, step, n)
    select ${workspaceId}, ${metric.name}, 'm', month, date_trunc('month', d.earlier)::date, d.epoch,
      d.step, sum(d.n)
    from unnest(${months}) month
    cross join lateral (
      select * from repeats r where r.workspace_id = ${workspaceId}
        and r.metric = ${metric.name} and r.span = 'd' and ${isInMonth("r.later")}
    ) d
    group by 4, 5, 6, 7`.execute(trx);
}

/** The first days of the months in which the days lie. */
export function monthsOf(days: readonly string[]): string[] {
  return [...new Set(days.map((day) => `${day.slice(0, -2)}01`))];
}

/** True for a day of the month that is called so. */
export function isInMonth(day: string): RawBuilder<boolean> {
  return sql`${sql.ref(day)} >= month and ${sql.ref(day)} < (month + interval '1 month')::date`;
}
