/**
 * Parts of the statement that summaries are read by: answers without a person, which are only
 * counted, by the workspace's day. They need the CTEs `buckets` and `surveys_of` of summaries.ts.
 *
 * Nobody can tell any more which of them were one person's, so each counts by itself, also for a
 * metric that takes one answer of each person. A day belongs to the period in which it begins.
 */
import { type RawBuilder, sql } from "kysely";
import { epochAt } from "./epochs.ts";
import type { ReadCut } from "./live-scores.ts";
import { isOf, type Question } from "./scored-questions.ts";

/** A question can be answered for a week (asking.ts): one of this day for no longer than so many days. */
const CLOSED_AFTER_DAYS = 8;

/** Numbers `n` by bucket, value of the cut, epoch and step of the scale (0 the lowest). */
export function anonymousScores(question: Question, by?: ReadCut): RawBuilder<unknown> {
  const { name, scale } = question.metric;
  const epoch = epochAt(
    sql`(((c.day + 1)::timestamp at time zone w.time_zone) - interval '1 microsecond')`,
    sql`c.survey_id`,
    sql`c.survey_version`,
  );
  return sql`
    select b.bucket, ${epoch} as epoch, ${cutValue(by)} as value, c.score - ${scale.min}::int as step,
      c.n
    ${countsIn(
      question,
      sql`c.metric = ${name} and c.what = 'score'
      and c.scale_min = ${scale.min} and c.scale_max = ${scale.max}`,
    )}
    join workspaces w on w.id = ${question.workspaceId}`;
}

/** Who was asked, by bucket and value. */
export function anonymousAsking(question: Question, now: Date, by?: ReadCut): RawBuilder<unknown> {
  const begun = dayFrom(sql`${now}::timestamptz`, sql`<=`);
  const closed = sql`(c.day + ${CLOSED_AFTER_DAYS}::int < (select ${begun} from workspaces w
    where w.id = ${question.workspaceId}))`;
  const count = (what: "asked" | "reached" | "answered", condition = sql`true`) =>
    sql`coalesce(sum(c.n) filter (where c.what = ${what} and ${condition}), 0)::int`;
  return sql`
    select b.bucket, ${cutValue(by)} as value, ${count("asked")} as asked,
      ${count("reached")} as reached, ${count("answered")} as answered,
      ${count("reached", closed)} as closed_reached, ${count("answered", closed)} as closed_answered,
      ${count("asked", sql`not ${closed}`)} - ${count("answered", sql`not ${closed}`)} as open
    ${countsIn(question, sql`c.metric is null and c.what <> 'score'`)}
    group by 1, 2`;
}

/** Nothing but their team is known of them. */
function cutValue(by: ReadCut | undefined): RawBuilder<unknown> {
  return by === "team" ? sql`c.team` : sql`''`;
}

/**
 * From counts `c` that belong to a bucket `b`. "offset 0" makes it one look into their index for each
 * survey and bucket.
 */
function countsIn(
  { workspaceId, filter = {}, promise = "named" }: Question,
  which: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const { team, ...others } = filter;
  const isKept = Object.values(others).every(({ values }) => values.includes(""));
  return sql`from (
      select b.bucket, ${dayFrom(sql`b.starts`)} as first, ${dayFrom(sql`b.ends`)} as after
      from buckets b join workspaces w on w.id = ${workspaceId}
      offset 0
    ) b
    cross join surveys_of s
    cross join lateral (
      select c.survey_id, c.survey_version, c.what, c.score, c.day, c.team, c.n
      from anonymous_counts c
      where c.workspace_id = ${workspaceId} and c.survey_id = s.id and ${which}
        and c.day >= b.first and c.day < b.after and c.promise = ${promise}
        and ${isOf(team?.values, sql`c.team`)} and ${sql.lit(isKept)}
      offset 0
    ) c`;
}

/** The first day of the workspace `w` that begins at a time or later; `<=`: later. */
function dayFrom(time: RawBuilder<unknown>, passed = sql`<`): RawBuilder<unknown> {
  const day = sql`(${time} at time zone w.time_zone)::date`;
  return sql`(${day} + ((${day}::timestamp at time zone w.time_zone) ${passed} ${time})::int)`;
}
