/** Part of the statement of quick-facts.ts: how often each step of a scale was given. */
import { type RawBuilder, sql } from "kysely";
import type { FactsState } from "./facts-state.ts";
import type { Piece } from "./quick-facts.ts";
import { unnested } from "./unnested.ts";

const STEPS = Array.from({ length: 11 }, (_, step) => step);

/** Rows of `piece` and `numbers`, the lowest step first; a piece may have several. */
export function quickScores(
  workspaceId: number,
  pieces: readonly Piece[],
  state: FactsState,
): RawBuilder<unknown> {
  return sql`${counted(workspaceId, pieces)}
    union all
    select piece, ${stepsOf("step", "n")} from (
      select a.piece, a.step, 1 as n from (${liveAnswersOf(workspaceId, pieces, state)}) a
      union all
      ${nobodys(workspaceId, pieces, state)}
    ) live
    group by piece`;
}

/** Numbers by step as a JSON array. */
export function stepsOf(step: string, n: string): RawBuilder<unknown> {
  const sums = STEPS.map(
    (each) =>
      sql`coalesce(sum(${sql.ref(n)}) filter (where ${sql.ref(step)} = ${sql.lit(each)}), 0)`,
  );
  return sql`jsonb_build_array(${sql.join(sums)}) as numbers`;
}

function counted(workspaceId: number, pieces: readonly Piece[]): RawBuilder<unknown> {
  const spans = pieces.flatMap(({ piece, metric, given }) =>
    given.counted.map(({ sign, span, from, until }) => [
      ...[piece, metric.name, sign, span, from, until],
    ]),
  );
  const sums = STEPS.map((step) => sql`sum(s.sign * r.${sql.ref(`c${step}`)})`);
  return sql`
    select s.piece, jsonb_build_array(${sql.join(sums)}) as numbers
    from ${unnested("s", ["int", "text", "int", "text", "date", "date"], spans)}
      (piece, metric, sign, span, first, until)
    join counts r on r.workspace_id = ${workspaceId} and r.metric = s.metric and r.cut = ''
      and r.span = s.span and r.day >= s.first and r.day < s.until
    group by s.piece`;
}

/**
 * Answers of days that are not counted, or marked: piece, since (where its period begins), step and
 * whose they are. "offset 0" keeps the planner from making a join over all answers of the looks into
 * the index.
 */
export function liveAnswersOf(
  workspaceId: number,
  pieces: readonly Piece[],
  { apart }: FactsState,
): RawBuilder<unknown> {
  const stretches = pieces.flatMap(({ piece, metric, period, given }) =>
    given.live.map(({ start, end }) => [
      ...[piece, metric.name, metric.scale.min, metric.scale.max, metric.onePerPerson],
      ...[period.start.toISOString(), start.toISOString(), end.toISOString()],
    ]),
  );
  const types = ["int", "text", "int", "int", "boolean"];
  return sql`
    select s.piece, s.since, s.one_each, s.metric, s.low, s.high, a.*
    from ${unnested("s", [...types, "timestamptz", "timestamptz", "timestamptz"], stretches)}
      (piece, metric, low, high, one_each, since, starts, ends)
    cross join lateral (
      select a.score - s.low as step, a.person_id, a.answered_at, a.invitation_id, a.question
      from answers a
      where a.workspace_id = ${workspaceId} and a.metric = s.metric and a.score is not null
        and a.answered_at >= s.starts and a.answered_at < s.ends and a.promise = 'named'
        and a.scale_min = s.low and a.scale_max = s.high and a.survey_id <> all(${[...apart]}::uuid[])
      offset 0
    ) a
    where (a.person_id in (${testers(workspaceId)})) is not true`;
}

/** People who try things out never count. */
export function testers(workspaceId: number): RawBuilder<unknown> {
  return sql`select id from people where workspace_id = ${workspaceId} and test`;
}

/** What is left of answers whose person was forgotten. A day is in the period in which it begins. */
function nobodys(
  workspaceId: number,
  pieces: readonly Piece[],
  { apart }: FactsState,
): RawBuilder<unknown> {
  const days = pieces.flatMap(({ piece, metric, given }) =>
    given.live.map(({ from, until }) => [
      ...[piece, metric.name, metric.scale.min, metric.scale.max, from, until],
    ]),
  );
  return sql`
    select s.piece, c.score - s.low, c.n
    from ${unnested("s", ["int", "text", "int", "int", "date", "date"], days)}
      (piece, metric, low, high, first, until)
    join anonymous_counts c on c.workspace_id = ${workspaceId} and c.metric = s.metric
      and c.what = 'score' and c.day >= s.first and c.day < s.until and c.promise = 'named'
      and c.scale_min = s.low and c.scale_max = s.high
      and c.survey_id <> all(${[...apart]}::uuid[])`;
}
