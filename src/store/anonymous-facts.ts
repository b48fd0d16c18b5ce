/**
 * Parts of the statement that summaries are read by: answers without a person, which are only
 * counted, by the workspace's day. They need the CTEs `state` and `given_segments`, or
 * `asked_segments` and `surveys_of`.
 *
 * Nobody can tell any more which of them were one person's, so each counts by itself, also for a
 * metric that takes one answer of each person. A day belongs to the period in which it begins.
 */
import { type RawBuilder, sql } from "kysely";
import { epochAt } from "./epochs.ts";
import type { ReadCut } from "./live-scores.ts";
import { isOf, type Question, surveysApart } from "./scored-questions.ts";

/** A question can be answered for a week (asking.ts): one of this day for no longer than so many days. */
export const CLOSED_AFTER_DAYS = 8;

type Whose = Pick<Question, "workspaceId" | "filter" | "promise">;

/** Numbers `n` by bucket, value of the cut, epoch and step of the scale (0 the lowest). */
export function anonymousScores(question: Question, by?: ReadCut): RawBuilder<unknown> {
  const { name, scale } = question.metric;
  const epoch = epochAt(
    sql`(day_start(c.day + 1, b.time_zone) - interval '1 microsecond')`,
    sql`c.survey_id`,
    sql`c.survey_version`,
  );
  return sql`
    select b.bucket, ${epoch} as epoch, ${cutValue(by)} as value,
      c.score - ${scale.min}::int as step, c.n
    from (${daysOf("given_segments")}) b
    join anonymous_counts c on c.workspace_id = ${question.workspaceId}
      and c.day >= b.first and c.day < b.after
    where c.metric = ${name} and c.what = 'score'
      and c.scale_min = ${scale.min} and c.scale_max = ${scale.max}
      and c.survey_id not in (${surveysApart(question.workspaceId)})
      and ${isKeptCount(question)}`;
}

/** Who was asked, by bucket and value. */
export function anonymousAsking(question: Whose, now: Date, by?: ReadCut): RawBuilder<unknown> {
  const begun = dayFrom(sql`${now}::timestamptz`, sql`<=`);
  const closed = sql`(c.day + ${CLOSED_AFTER_DAYS}::int < (select ${begun} from state s))`;
  const count = (what: "asked" | "reached" | "answered", condition = sql`true`) =>
    sql`coalesce(sum(c.n) filter (where c.what = ${what} and ${condition}), 0)::int`;
  return sql`
    select b.bucket, ${cutValue(by)} as value, ${count("asked")} as asked,
      ${count("reached")} as reached, ${count("answered")} as answered,
      ${count("reached", closed)} as closed_reached, ${count("answered", closed)} as closed_answered,
      ${count("asked", sql`not ${closed}`)} - ${count("answered", sql`not ${closed}`)} as open
    from (${daysOf("asked_segments")}) b
    cross join surveys_of s
    cross join lateral (
      select c.what, c.day, c.team, c.n from anonymous_counts c
      where c.workspace_id = ${question.workspaceId} and c.survey_id = s.id and c.metric is null
        and c.what <> 'score' and c.day >= b.first and c.day < b.after and ${isKeptCount(question)}
      offset 0
    ) c
    group by 1, 2`;
}

/** Nothing but their team is known of them. */
function cutValue(by: ReadCut | undefined): RawBuilder<unknown> {
  return by === "team" ? sql`c.team` : sql`''`;
}

/** The days that begin in each segment: from the first to before `after`. */
function daysOf(segments: string): RawBuilder<unknown> {
  return sql`select b.bucket, s.time_zone, ${dayFrom(sql`b.starts`)} as first,
      ${dayFrom(sql`b.ends`)} as after
    from ${sql.ref(segments)} b cross join state s
    offset 0`;
}

function isKeptCount({ filter = {}, promise = "named" }: Whose): RawBuilder<boolean> {
  const { team, ...others } = filter;
  const isKept = Object.values(others).every(({ values }) => values.includes(""));
  return sql`c.promise = ${promise} and ${isOf(team?.values, sql`c.team`)}
    and ${sql.lit(isKept)}`;
}

/** The first day of the zone of `s` that begins at a time or later; `<=`: later. */
function dayFrom(time: RawBuilder<unknown>, passed = sql`<`): RawBuilder<unknown> {
  const day = sql`(${time} at time zone s.time_zone)::date`;
  return sql`(${day} + (day_start(${day}, s.time_zone) ${passed} ${time})::int)`;
}
