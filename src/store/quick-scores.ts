/** Part of the statement of quick-facts.ts: how often each step of a scale was given. */
import { type RawBuilder, sql } from "kysely";
import { countedOfCut, valueIn, valueLeft } from "./quick-cuts.ts";
import type { QuickGiven } from "./quick-given.ts";
import type { QuickShape } from "./quick-shape.ts";
import { unnestedAt } from "./unnested.ts";

const STEPS = Array.from({ length: 11 }, (_, step) => step);

/** Columns piece, value and numbers: answers of counted days by step, the lowest first. */
export function countedScores(shape: QuickShape): RawBuilder<unknown> {
  const { has, place, workspace } = shape;
  if (has.cut !== "") return countedOfCut(shape);
  const sums = STEPS.map((step) => sql`coalesce(sum(s.sign * r.${sql.ref(`c${step}`)}), 0)`);
  const types = ["int", "text", "int", "text", "date", "date"];
  return sql`
    select s.piece, '' as value, jsonb_build_array(${sql.join(sums)}) as numbers
    from ${unnestedAt(place, types, ({ counted }) => counted)}
      (piece, metric, sign, span, first, until)
    join counts r on r.workspace_id = ${workspace} and r.metric = s.metric
      and r.span = s.span and r.day >= s.first and r.day < s.until
    group by s.piece`;
}

/** Columns piece, value, step and n: answers of days that are not counted, or marked. */
export function liveScores(shape: QuickShape): RawBuilder<unknown> {
  return sql`
    select a.piece, a.value, a.step, count(*) as n from (${liveAnswersOf(shape)}) a
    group by 1, 2, 3`;
}

/**
 * Answers of days that are not counted, or marked: piece, since (where its period begins), step,
 * value and whose they are. "offset 0" keeps the planner from making a join over all answers of the
 * looks into the index.
 */
export function liveAnswersOf(
  shape: QuickShape,
  rows: (given: QuickGiven) => QuickGiven["live"] = ({ live }) => live,
): RawBuilder<unknown> {
  const { place, workspace, apart } = shape;
  const { value, each, only } = valueIn(shape, "a");
  const types = ["int", "text", "int", "int", "timestamptz", "timestamptz", "timestamptz"];
  return sql`
    select s.piece, s.since, s.metric, s.low, s.high, a.*
    from ${unnestedAt(place, types, rows)} (piece, metric, low, high, since, starts, ends)
    cross join lateral (
      select a.score - s.low as step, ${value} as value, a.person_id, a.answered_at,
        a.invitation_id, a.question
      from answers a ${each}
      where a.workspace_id = ${workspace} and a.metric = s.metric and a.score is not null
        and a.answered_at >= s.starts and a.answered_at < s.ends and a.promise = 'named'
        and a.scale_min = s.low and a.scale_max = s.high and a.survey_id <> all(${apart}::uuid[])
        ${only}
      offset 0
    ) a
    ${noTest(shape, "a")}`;
}

/** People who try things out never count. */
export function noTest({ has, workspace }: QuickShape, table: "a" | "i"): RawBuilder<unknown> {
  if (!has.tests) return sql``;
  return sql`where (${sql.ref(`${table}.person_id`)} in (
    select id from people where workspace_id = ${workspace} and test)) is not true`;
}

/**
 * Columns piece, value, step and n: what is left of answers whose person was forgotten. A day is in
 * the period in which it begins.
 */
export function leftScores(shape: QuickShape): RawBuilder<unknown> {
  const { place, workspace, apart } = shape;
  const { value, only } = valueLeft(shape);
  const types = ["int", "text", "int", "int", "date", "date"];
  return sql`
    select s.piece, ${value} as value, c.score - s.low as step, c.n
    from ${unnestedAt(place, types, ({ liveDays }) => liveDays)}
      (piece, metric, low, high, first, until)
    join anonymous_counts c on c.workspace_id = ${workspace} and c.metric = s.metric
      and c.what = 'score' and c.day >= s.first and c.day < s.until and c.promise = 'named'
      and c.scale_min = s.low and c.scale_max = s.high
      and c.survey_id <> all(${apart}::uuid[]) ${only}`;
}
