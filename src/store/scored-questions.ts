/** Parts of statements that read scores: which questions have a metric, and whose answers count. */
import { type RawBuilder, sql } from "kysely";
import type { Filter } from "../metrics/filter.ts";
import type { Metric } from "../metrics/metric.ts";
import { isOfFilter } from "./cut-values.ts";
import type { WhoReads } from "./schema.ts";

/** Whose answers to what. */
export interface Question {
  readonly workspaceId: number;
  readonly metric: Metric;
  readonly filter?: Filter;
  /** Under which promise they were given: never both at once. Named ones without it. */
  readonly promise?: WhoReads;
}

/**
 * CTE `questions`: every scored question that the workspace has answers to, found by hopping over
 * the index of scores. Naming them makes the time the next column of that index. A question keeps
 * its metric for ever: another metric is another question. Those of surveys that stand apart are not
 * among them.
 */
export function questionsOf({ workspaceId }: Pick<Question, "workspaceId">): RawBuilder<unknown> {
  return sql`answered (survey_id, question, metric) as (
    (select survey_id, question, metric from answers
      where workspace_id = ${workspaceId} and score is not null
      order by survey_id, question limit 1)
    union all
    select later.* from answered q
    cross join lateral (
      select a.survey_id, a.question, a.metric from answers a
      where a.workspace_id = ${workspaceId} and a.score is not null
        and (a.survey_id, a.question) > (q.survey_id, q.question)
      order by a.survey_id, a.question limit 1
    ) later
  ), questions (survey_id, question, metric) as (
    select a.* from answered a
    where a.survey_id not in (${surveysApart(workspaceId)})
  )`;
}

/**
 * Ids of the surveys whose answers are no part of their metric's figures: recovery checks, which ask
 * only whoever was unhappy, and what is worded like no other survey of its metric.
 */
export function surveysApart(workspaceId: number): RawBuilder<unknown> {
  return sql`select s.id from surveys s
    where s.workspace_id = ${workspaceId} and (s.trigger = 'recovery' or exists (
      select from survey_versions v where v.workspace_id = s.workspace_id and v.survey_id = s.id
        and v.version = s.version and v.definition @> '{"apart": true}'::jsonb))`;
}

/** CTE `test_people`: they are asked when something is tried out, and never count. */
export function testPeople(workspaceId: number): RawBuilder<unknown> {
  return sql`test_people (id) as (
    select id from people where workspace_id = ${workspaceId} and test
  )`;
}

/**
 * CTE `scales`: what a step of each metric's scale means. An answer on another scale is no answer to
 * the metric, and belongs to no row.
 */
export function scalesOf(metrics: readonly Metric[]): RawBuilder<unknown> {
  const rows = metrics.map(({ name, scale, groups: { low } }) => {
    const numbers = [scale.min, scale.max, low.from, low.to].map((number) => sql`${number}::int`);
    return sql`(${name}::text, ${sql.join(numbers)})`;
  });
  return sql`scales (metric, scale_min, scale_max, low_from, low_to) as (values ${sql.join(rows)})`;
}

/** True for a score of `table` that belongs to the row of {@link scalesOf} named `l`. */
export function isOnScale(table: "a" | "s"): RawBuilder<boolean> {
  const column = (called: string) => sql.ref(`${table}.${called}`);
  return sql`${column("score")} is not null and ${column("metric")} = l.metric
    and ${column("scale_min")} = l.scale_min and ${column("scale_max")} = l.scale_max`;
}

/** "in" makes a hash of them, asked once a row; a join might go through all of them for each. */
export function isNoTest(table: "a" | "c" | "i"): RawBuilder<boolean> {
  return sql`(${sql.ref(`${table}.person_id`)} in (select id from test_people)) is not true`;
}

/** Scales are never mixed: an answer on another scale is no answer to this metric. */
export function isScoreOf({ name, scale }: Metric, table: "a" | "s"): RawBuilder<boolean> {
  const column = (called: string) => sql.ref(`${table}.${called}`);
  return sql`${column("score")} is not null and ${column("metric")} = ${name}
    and ${column("scale_min")} = ${scale.min} and ${column("scale_max")} = ${scale.max}`;
}

type Narrowed = Pick<Question, "workspaceId" | "filter" | "promise">;

/** True for an answer, named `a`, that a filter keeps. */
export function isKept({ workspaceId, filter, promise = "named" }: Narrowed): RawBuilder<boolean> {
  return sql`a.promise = ${promise} and ${isOfFilter(workspaceId, "a", filter)}`;
}

/** The same for an invitation, named `i`: an answered one is of what its answers are. */
export function isAskedOf({
  workspaceId,
  filter,
  promise = "named",
}: Narrowed): RawBuilder<boolean> {
  return sql`i.promise = ${promise} and ${isOfFilter(workspaceId, "i", filter)}`;
}

/** True when nothing is left out, or the name is one of them. */
export function isOf(names: readonly string[] | undefined, team: RawBuilder<unknown>) {
  return names === undefined
    ? sql<boolean>`true`
    : sql<boolean>`coalesce(${team}, '') = any(${[...names]}::text[])`;
}
