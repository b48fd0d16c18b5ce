/**
 * Parts of the statement that summaries are read by: answers without a person, which are only
 * counted, by the workspace's day. They need the CTE `buckets` of summaries.ts.
 *
 * Nobody can tell any more which of them were one person's, so each counts by itself, also for a
 * metric that takes one answer of each person. A day belongs to the period in which it begins.
 */
import { type RawBuilder, sql } from "kysely";
import type { Question } from "./scored-questions.ts";

/** A question can be answered for a week (asking.ts): one of this day for no longer than so many days. */
const CLOSED_AFTER_DAYS = 8;

/** Counts by bucket and score. */
export function anonymousScores(question: Question): RawBuilder<unknown> {
  const { name, scale } = question.metric;
  return sql`
    select b.bucket, c.score::int as score, sum(c.n)::int as n
    from buckets b join ${countsIn(question)}
    where c.what = 'score' and c.metric = ${name} and c.scale_min = ${scale.min}
      and c.scale_max = ${scale.max}
    group by b.bucket, c.score`;
}

/** Who was asked, by bucket; `surveys` is true for a survey `s` that has a question of the metric. */
export function anonymousAsking(
  question: Question,
  surveys: RawBuilder<unknown>,
  now: Date,
): RawBuilder<unknown> {
  const closed = sql`(${startOf(sql`c.day + ${CLOSED_AFTER_DAYS}::int`)} <= ${now})`;
  const count = (what: "asked" | "reached" | "answered", condition = sql`true`) =>
    sql`coalesce(sum(c.n) filter (where c.what = ${what} and ${condition}), 0)::int`;
  return sql`
    select b.bucket, ${count("asked")} as asked, ${count("reached")} as reached,
      ${count("answered")} as answered, ${count("reached", closed)} as "closedReached",
      ${count("answered", closed)} as "closedAnswered",
      ${count("asked", sql`not ${closed}`)} - ${count("answered", sql`not ${closed}`)} as open
    from buckets b join ${countsIn(question)}
    join surveys s on s.id = c.survey_id and ${surveys}
    where c.what <> 'score'
    group by b.bucket`;
}

/** Counts, named `c`, that belong to a bucket, with their workspace `w`. */
function countsIn({ workspaceId, filter, promise = "named" }: Question): RawBuilder<unknown> {
  const teams = filter?.team === undefined ? sql`true` : sql`c.team in (${sql.join(filter.team)})`;
  return sql`(anonymous_counts c join workspaces w on w.id = c.workspace_id)
    on c.workspace_id = ${workspaceId} and c.promise = ${promise} and ${teams}
    and ${startOf(sql`c.day`)} >= b.starts and ${startOf(sql`c.day`)} < b.ends`;
}

/** When a day of the workspace begins. */
function startOf(day: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`((${day})::timestamp at time zone w.time_zone)`;
}
