/**
 * Counts of closed days and months, written from the answers.
 *
 * Why what is read from them is right at any moment. A reader sees one state of the database: which
 * days are counted, which of them are marked, and takes the answers of the others. So all that is
 * needed is that a state in which a day is counted and not marked has its counts equal to its
 * answers.
 *
 * - What changes an answer writes its mark in the same transaction (migrations/0009_marks.ts): by a
 *   trigger, or by the function of the database that takes many in. That function alone switches the
 *   triggers of rows off, for one statement, which marks what they would: nobody can forget to.
 *   A recount takes away the marks that it sees, and counts in a later statement: it sees what their
 *   transactions did. A change that it does not see commits later, with a mark of its own, which has
 *   the number of its transaction in its key and is not among those that were taken away.
 * - What is about less than half an hour ago writes no mark (a change of it does where its day is
 *   counted already, by a clock that was ahead). Its day is counted for the first time only when the
 *   day ended an hour before the beginning of every transaction that is still open (`horizon`),
 *   however long it takes: none of them can have brought an answer to it without a mark.
 * - A change of the time zone takes the row of `counting` away. A transaction that marked by the old
 *   zone may still be open then; counting begins only after it, because the new row is older
 *   (`since`) than all that are.
 * - Two recounts of a workspace wait for one another: each holds the row of `counting`.
 */
import { type RawBuilder, sql } from "kysely";
import { metricNames } from "../metrics/metric.ts";
import { metrics } from "../metrics/registry.ts";
import { countRepeats } from "./counting-repeats.ts";
import type { Db } from "./schema.ts";
import { isNoTest, surveysApart, testPeople } from "./scored-questions.ts";
import { stepColumns, stepSums } from "./steps.ts";
import { type CountedDays, dayIn, monthsOf, stretchesOf } from "./stretches.ts";

const singleCuts = ["team", "channel", "touchpoint", "platform", "language"] as const;
/** Cuts that are counted beforehand. */
export const countedCuts = [...singleCuts, "tag"] as const;
export type CountedCut = (typeof countedCuts)[number];

/** For each hash and sort of what is counted at once; beyond it they go to files. */
const MEMORY = "64MB";

/** What answers are told apart by, in the order of the bits of `grouping`, the highest first. */
const grouped = [...singleCuts, "tags"] as const;
const EVERYBODY = 2 ** grouped.length - 1;
/** What `grouping` says where a column is the one that is told apart by. */
const only = (column: (typeof grouped)[number]) =>
  sql.lit(EVERYBODY - 2 ** (grouped.length - 1 - grouped.indexOf(column)));

/** Puts the counts of these days, and of their months, in the place of what is there. */
export async function countDays(trx: Db, about: CountedDays): Promise<void> {
  const { workspaceId, stretches, timeZone } = about;
  if (stretches.length === 0) return;
  await sql`select set_config('work_mem', ${MEMORY}, true)
    where pg_size_bytes(current_setting('work_mem')) < pg_size_bytes(${MEMORY})`.execute(trx);
  await sql`
    with ${stretchesOf(stretches, timeZone)}
    delete from counts c using stretches s
    where c.workspace_id = ${workspaceId} and c.metric = s.metric and c.span = 'd'
      and c.day >= s.from_day and c.day < s.until_day`.execute(trx);
  await insertCounts(trx, about);
  await sumMonths(trx, about);
  const oneEach = stretches.filter(({ metric }) => metrics[metric].onePerPerson);
  for (const name of new Set(oneEach.map(({ metric }) => metric))) {
    const own = oneEach.filter(({ metric }) => metric === name);
    await countRepeats(trx, { ...about, stretches: own, metric: metrics[name] });
  }
}

/** Everybody's days, and the months of the cuts: all from one pass over the answers. */
async function insertCounts(trx: Db, about: CountedDays): Promise<void> {
  const { workspaceId, stretches, timeZone } = about;
  const columns = sql.join(grouped.map((column) => sql.ref(column)));
  const sets = sql.join(grouped.map((column) => sql`(${sql.ref(column)})`));
  const named = stepColumns.map((column, step) => sql`${stepSums[step]} as ${column}`);
  const cut = grouped.map(
    (name) => sql`when ${only(name)} then ${sql.lit(name === "tags" ? "tag" : name)}`,
  );
  await sql`
    with ${stretchesOf(stretches, timeZone)}, ${testPeople(workspaceId)},
      reworded (metric) as materialized (
        select metric from metric_epochs where workspace_id = ${workspaceId}
      ),
    given as (
      select metric, month, epoch, ((day - month + 1) * 16 + step)::smallint as place, n, ${columns}
      from (${answersOf(workspaceId)} union all ${leftOf(about)}) g
      cross join lateral (select date_trunc('month', day::timestamp)::date as month offset 0) m
    ), cells as materialized (
      select metric, month, epoch, place, ${columns}, grouping(${columns}) as by, sum(n)::int as n
      from given group by metric, month, epoch, place, grouping sets ((), ${sets})
    ), everybody as (
      insert into counts (workspace_id, metric, span, day, epoch, ${sql.join(stepColumns)})
      select ${workspaceId}, metric, 'd', month + (place >> 4) - 1 as day, epoch,
        ${sql.join(stepSums)}
      from (select *, place & 15 as step from cells where by = ${sql.lit(EVERYBODY)}) c
      group by metric, month, place >> 4, epoch order by metric collate "C", day
    ), gone as (${goneOf(about)}), months as (
      select metric, month, epoch, case by ${sql.join(cut, sql` `)} end as cut, value,
        ${sql.join(named)}, array_agg(place) as places,
        array_agg(n) as ns
      from (select *, place & 15 as step from (${cutCells()}) c) c
      group by metric, month, epoch, by, value
    )
    insert into cut_counts (workspace_id, metric, month, epoch, cut, value, ${sql.join(stepColumns)},
      places, ns)
    select ${workspaceId}, metric, month, epoch, cut, value, ${sql.join(stepColumns)}, places, ns
    from months
    order by metric collate "C", cut collate "C", month, value collate "C"`.execute(trx);
}

/** What the months have until now. All of it goes, and what is of other days comes again. */
function goneOf({ workspaceId, stretches }: CountedDays): RawBuilder<unknown> {
  const months = monthsOf(stretches);
  return sql`
    delete from cut_counts c where c.workspace_id = ${workspaceId}
      and c.metric = any(${[...metricNames]}::text[]) and c.cut = any(${[...countedCuts]}::text[])
      and c.month >= ${months.first}::date and c.month <= ${months.last}::date
      and (c.metric, c.month) in (
        select metric, date_trunc('month', day::timestamp)::date from scope)
    returning c.metric, c.cut, c.value, c.epoch, c.month, c.places, c.ns`;
}

/**
 * The cells of each value of each cut: metric, month, epoch, by, value, place and n. An answer has one
 * value of a cut, but any number of tags. Of a row of grouping sets only what it is grouped by is set.
 */
function cutCells(): RawBuilder<unknown> {
  const [one, tags] = [sql.lit(EVERYBODY), only("tags")];
  const bits = sql.join(
    [...singleCuts, "tag" as const].map(
      (cut) => sql`(${sql.lit(cut)}, ${only(cut === "tag" ? "tags" : cut)})`,
    ),
  );
  return sql`
    select metric, month, epoch, by, coalesce(${sql.join(singleCuts.map((name) => sql.ref(name)))}, '')
      as value, place, n
    from cells where by <> ${one} and (by <> ${tags} or tags = '{}')
    union all
    select metric, month, epoch, by, t.tag, place, sum(n)::int from cells c
    cross join lateral (select distinct unnest(c.tags)) t (tag)
    where by = ${tags} and tags <> '{}' group by metric, month, epoch, by, place, t.tag
    union all
    select g.metric, g.month, g.epoch, b.by, g.value, c.place, c.n
    from gone g
    join (values ${bits}) b (cut, by) on b.cut = g.cut
    cross join lateral unnest(g.places, g.ns) c (place, n)
    where (g.metric, g.month + (c.place >> 4) - 1) not in (select metric, day from scope)`;
}

/**
 * Answers of the stretches that count, with their series. Needs the CTEs stretches, test_people and
 * reworded. "offset 0": one look into the index for each stretch, however little the planner knows.
 */
function answersOf(workspaceId: number): RawBuilder<unknown> {
  return sql`
    select s.metric, ${dayIn(sql`a.answered_at`)} as day,
      case when s.metric in (select metric from reworded) then epoch_of(${workspaceId}, s.metric,
        a.answered_at, a.survey_id, a.survey_version) else 0 end as epoch,
      a.score - s.low as step, coalesce(a.team, (select ch.team from chats ch
        where ch.workspace_id = ${workspaceId} and ch.id = a.chat_id), '') as team,
      coalesce(a.channel, '') as channel, coalesce(a.touchpoint, '') as touchpoint,
      coalesce(a.platform, '') as platform, coalesce(a.language, '') as language, a.tags, 1 as n
    from stretches s
    cross join lateral (
      select a.answered_at, a.survey_id, a.survey_version, a.score, a.person_id, a.chat_id, a.team,
        a.channel, a.touchpoint, a.platform, a.language, a.tags
      from answers a
      where a.workspace_id = ${workspaceId} and a.metric = s.metric and a.score is not null
        and a.answered_at >= s.starts and a.answered_at < s.ends and a.promise = 'named'
        and a.scale_min = s.low and a.scale_max = s.high
        and a.survey_id not in (${surveysApart(workspaceId)})
      offset 0
    ) a
    where ${isNoTest("a")}`;
}

/** What is left of answers without a person; of a day's last series. */
function leftOf({ workspaceId, timeZone }: CountedDays): RawBuilder<unknown> {
  return sql`
    select s.metric, c.day, epoch_of(${workspaceId}, s.metric,
        day_start(c.day + 1, ${timeZone}) - interval '1 microsecond', c.survey_id,
        c.survey_version), c.score - s.low, c.team, '', '', '', '', '{}', c.n
    from stretches s
    join anonymous_counts c on c.workspace_id = ${workspaceId} and c.metric = s.metric
      and c.day >= s.from_day and c.day < s.until_day
    where c.what = 'score' and c.promise = 'named' and c.scale_min = s.low and c.scale_max = s.high
      and c.survey_id not in (${surveysApart(workspaceId)})`;
}

/** The months in which the days lie are the sums of their counted days. */
async function sumMonths(
  trx: Db,
  { workspaceId, stretches, timeZone }: CountedDays,
): Promise<void> {
  const months = sql`months (metric, month) as materialized (
    select distinct metric, date_trunc('month', day::timestamp)::date from scope)`;
  await sql`
    with ${stretchesOf(stretches, timeZone)}, ${months}
    delete from counts c using months m where c.workspace_id = ${workspaceId}
      and c.metric = m.metric and c.span = 'm' and c.day = m.month`.execute(trx);
  const sums = stepColumns.map((column) => sql`sum(d.${column})`);
  await sql`
    with ${stretchesOf(stretches, timeZone)}, ${months}
    insert into counts (workspace_id, metric, span, day, epoch, ${sql.join(stepColumns)})
    select ${workspaceId}, m.metric, 'm', m.month, d.epoch, ${sql.join(sums)}
    from months m
    cross join lateral (
      select * from counts c where c.workspace_id = ${workspaceId} and c.metric = m.metric
        and c.span = 'd' and c.day >= m.month and c.day < (m.month + interval '1 month')::date
      offset 0
    ) d
    group by m.metric, m.month, d.epoch`.execute(trx);
}
