/** Parts of statements that read scores from the answers themselves. */
import { type RawBuilder, sql } from "kysely";
import type { Cut } from "../metrics/filter.ts";
import type { Metric } from "../metrics/metric.ts";
import type { Period } from "../metrics/period.ts";
import { singleValueOf, tagsOf } from "./cut-values.ts";
import { epochOfRow } from "./predecessors.ts";
import { humanOf } from "./same-human.ts";
import { isKept, isNoTest, isScoreOf, type Question, surveysApart } from "./scored-questions.ts";

/** A cut of which rows of answers can be read; a score is one itself. */
export type ReadCut = Exclude<Cut, "score">;

/** CTE `buckets`: one row a period. */
export function bucketsOf(periods: readonly Period[]): RawBuilder<unknown> {
  const starts = periods.map(({ start }) => start.toISOString());
  const ends = periods.map(({ end }) => end.toISOString());
  return sql`buckets (bucket, starts, ends) as (
    select (n - 1)::int, starts, ends
    from unnest(${starts}::timestamptz[], ${ends}::timestamptz[]) with ordinality
      as each (starts, ends, n)
  )`;
}

/** The steps of a scale, lowest first, as they are counted in c0, c1 … */
export function stepsOf({ scale }: Metric): readonly number[] {
  return Array.from({ length: scale.max - scale.min + 1 }, (_, i) => i);
}

/**
 * Every answer that counts in the CTE `given_segments`: bucket, since (where the bucket begins), epoch
 * and what is read of it. Needs the CTEs test_people and breaks.
 *
 * "offset 0" keeps the planner from turning the look into the index, segment by segment, into a join
 * over all answers.
 */
export function liveAnswers(question: Question, columns = sql``): RawBuilder<unknown> {
  const { workspaceId, metric } = question;
  return sql`
    select b.bucket, b.since, a.*
    from given_segments b
    cross join lateral (
      select ${columns} a.score, a.person_id, a.invitation_id, a.answered_at, a.question,
        ${epochOfRow(workspaceId, metric.name, "a")} as epoch
      from answers a
      where a.workspace_id = ${workspaceId} and a.answered_at >= b.starts and a.answered_at < b.ends
        and ${isScoreOf(metric, "a")} and ${isKept(question)}
        and a.survey_id not in (${surveysApart(workspaceId)})
      offset 0
    ) a
    where ${isNoTest("a")}`;
}

/**
 * Those answers by value of a cut, with their step (0 the lowest) and their share in the value.
 * `latest`: where one answer a person counts, the latest of each human in the bucket, epoch and value;
 * unknown people are each one. Needs the CTE parts too.
 */
export function liveScores(question: Question, by?: ReadCut, latest = false): RawBuilder<unknown> {
  const { workspaceId, metric } = question;
  const who = sql`coalesce(${humanOf(workspaceId, "a")}, a.invitation_id)`;
  const key = sql`a.bucket, a.epoch, value, who`;
  const only = latest && metric.onePerPerson;
  return sql`
    select ${only ? sql`distinct on (${key}) ${who} as who,` : sql``} a.bucket, a.epoch,
      ${valueAs(workspaceId, by)}, a.score - ${metric.scale.min}::int as step
    from ${by === "agent" ? sql`given_answers` : sql`(${liveAnswersBy(question, by)})`} a
    ${valuesFrom(workspaceId, by)}
    ${
      only ? sql`order by ${key}, a.answered_at desc, a.invitation_id desc, a.question desc` : sql``
    }`;
}

/** The answers of {@link liveScores}; by agent the CTE `given_answers`, with `given_shares` of them. */
export function liveAnswersBy(question: Question, by: ReadCut | undefined): RawBuilder<unknown> {
  return liveAnswers(question, columnsOf(by));
}

/** What of an answer says of which value it is. */
function columnsOf(by: ReadCut | undefined): RawBuilder<unknown> {
  switch (by) {
    case undefined:
    case "account":
      return sql``;
    case "agent":
      return sql`a.chat_id, a.closing,`;
    case "tag":
      return sql`a.tags,`;
    case "team":
      return sql`a.chat_id, a.team,`;
    default:
      return sql`a.${sql.ref(by)},`;
  }
}

/** The columns `value` and `share`. */
function valueAs(workspaceId: number, by: ReadCut | undefined): RawBuilder<unknown> {
  switch (by) {
    case undefined:
      return sql`'' as value, 1 as share`;
    case "agent":
      return sql`coalesce(v.human, '') as value, coalesce(v.share, 1) as share`;
    case "tag":
      return sql`v.value, 1 as share`;
    default:
      return sql`${singleValueOf(workspaceId, "a", by)} as value, 1 as share`;
  }
}

/** Where those columns come from when a row has several values. An agent's rows are one human. */
function valuesFrom(workspaceId: number, by: ReadCut | undefined): RawBuilder<unknown> {
  if (by === "tag") return sql`cross join lateral (${tagsOf(workspaceId, "a")}) v (value)`;
  if (by !== "agent") return sql``;
  return sql`left join given_shares v on v.chat_id = a.chat_id and v.closing = a.closing`;
}
