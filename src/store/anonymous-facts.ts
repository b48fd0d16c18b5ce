/**
 * Parts of the statement that summaries are read by: answers without a person, which are only
 * counted, by the workspace's day. They need the CTEs `buckets` and `surveys_of` of summaries.ts.
 *
 * Nobody can tell any more which of them were one person's, so each counts by itself, also for a
 * metric that takes one answer of each person. A day belongs to the period in which it begins.
 */
import { type RawBuilder, sql } from "kysely";
import { isOf, type Question } from "./scored-questions.ts";

/** A question can be answered for a week (asking.ts): one of this day for no longer than so many days. */
const CLOSED_AFTER_DAYS = 8;

/** Counts by bucket and score. */
export function anonymousScores(question: Question): RawBuilder<unknown> {
  const { name, scale } = question.metric;
  return sql`
    select b.bucket, c.score::int as score, sum(c.n)::int as n
    ${countsIn(
      question,
      sql`c.metric = ${name} and c.what = 'score'
      and c.scale_min = ${scale.min} and c.scale_max = ${scale.max}`,
    )}
    group by b.bucket, c.score`;
}

/** Who was asked, by bucket. */
export function anonymousAsking(question: Question, now: Date): RawBuilder<unknown> {
  const begun = dayFrom(sql`${now}::timestamptz`, sql`<=`);
  const closed = sql`(c.day + ${CLOSED_AFTER_DAYS}::int < (select ${begun} from workspaces w
    where w.id = ${question.workspaceId}))`;
  const count = (what: "asked" | "reached" | "answered", condition = sql`true`) =>
    sql`coalesce(sum(c.n) filter (where c.what = ${what} and ${condition}), 0)::int`;
  return sql`
    select b.bucket, ${count("asked")} as asked, ${count("reached")} as reached,
      ${count("answered")} as answered, ${count("reached", closed)} as "closedReached",
      ${count("answered", closed)} as "closedAnswered",
      ${count("asked", sql`not ${closed}`)} - ${count("answered", sql`not ${closed}`)} as open
    ${countsIn(question, sql`c.metric is null and c.what <> 'score'`)}
    group by b.bucket`;
}

/**
 * From counts `c` that belong to a bucket `b`. "offset 0" makes it one look into their index for each
 * survey and bucket.
 */
function countsIn(
  { workspaceId, filter, promise = "named" }: Question,
  which: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const teams = isOf(filter?.team?.values, sql`c.team`);
  return sql`from (
      select b.bucket, ${dayFrom(sql`b.starts`)} as first, ${dayFrom(sql`b.ends`)} as after
      from buckets b join workspaces w on w.id = ${workspaceId}
      offset 0
    ) b
    cross join surveys_of s
    cross join lateral (
      select c.what, c.score, c.day, c.n from anonymous_counts c
      where c.workspace_id = ${workspaceId} and c.survey_id = s.id and ${which}
        and c.day >= b.first and c.day < b.after and c.promise = ${promise} and ${teams}
      offset 0
    ) c`;
}

/** The first day of the workspace `w` that begins at a time or later; `<=`: later. */
function dayFrom(time: RawBuilder<unknown>, passed = sql`<`): RawBuilder<unknown> {
  const day = sql`(${time} at time zone w.time_zone)::date`;
  return sql`(${day} + ((${day}::timestamp at time zone w.time_zone) ${passed} ${time})::int)`;
}
