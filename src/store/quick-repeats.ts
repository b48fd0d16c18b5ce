/**
 * Part of the statement of quick-facts.ts: what one answer a person takes away again. An answer that
 * was followed by the same human's next one within the period does not count. Where that one lies on
 * a counted day the pair is counted (`repeats`), by the day or by the month of both; else the earlier
 * one is looked for. Whatever changes the earlier one marks the day of the later one too.
 */
import { type RawBuilder, sql } from "kysely";
import { liveAnswersOf } from "./quick-scores.ts";
import type { QuickShape } from "./quick-shape.ts";
import { pairsBetween, stepColumns } from "./steps.ts";
import { unnestedAt } from "./unnested.ts";

/** Columns piece, step and n, less than nothing: pairs with an end on a day beside whole months. */
export function repeatedScores(shape: QuickShape): RawBuilder<unknown> {
  return sql`
    select piece, '' as value, step, sum(n) as n from (
      ${dayPairs(shape)}
      union all
      select a.piece, before.step, -1
      from (${liveAnswersOf(shape, ({ liveOfOnePerson }) => liveOfOnePerson)}) a
      cross join lateral (${earlierOne(shape)}) before
      where a.person_id is not null
    ) pairs
    group by piece, step`;
}

/**
 * Columns piece and numbers, less than nothing, by step: pairs with both ends in whole months. Of
 * three years they are hundreds of rows: they are added up as they are.
 */
export function repeatedInMonths({ place, workspace }: QuickShape): RawBuilder<unknown> {
  const types = ["int", "text", "date", "date"];
  const sums = stepColumns.map((column) => sql`coalesce(-sum(r.${column}), 0)`);
  return sql`
    select s.piece, '' as value, jsonb_build_array(${sql.join(sums)}) as numbers
    from ${unnestedAt(place, types, ({ wholeMonths }) => wholeMonths)} (piece, metric, first, until)
    join repeats r on r.workspace_id = ${workspace} and r.metric = s.metric
      and r.later >= s.first and r.later < s.until and r.earlier >= s.first
    group by s.piece`;
}

/** They are found by the months of both ends, and taken out of the arrays of those. */
function dayPairs({ place, workspace }: QuickShape): RawBuilder<unknown> {
  const types = ["int", "text", "int", "date", "date", "date", "date"];
  const later = { first: sql`s.first`, until: sql`s.until` };
  const earlier = { first: sql`s.since`, until: sql`s.before` };
  return sql`
    select s.piece, p.step, s.sign * p.n as n
    from ${unnestedAt(place, types, ({ dayPairs }) => dayPairs)}
      (piece, metric, sign, first, until, since, before)
    cross join lateral (
      ${pairsBetween(workspace, sql`s.metric`, later, earlier)}
      offset 0
    ) p`;
}

/**
 * The answer before `a` of the same human, if it is in the period too; ties go by their ids.
 * "coalesce": see predecessors.ts.
 */
function earlierOne(shape: QuickShape): RawBuilder<unknown> {
  const { workspace, apart, has } = shape;
  const before = (person: RawBuilder<unknown>) => sql`
    select e.answered_at, e.invitation_id, e.question, e.score - a.low as step
    from answers e
    where e.workspace_id = ${workspace} and e.person_id = ${person}
      and e.answered_at <= a.answered_at and e.answered_at >= a.since
      and (e.answered_at, e.invitation_id, e.question)
        < (a.answered_at, a.invitation_id, a.question)
      and coalesce(e.metric, '') = a.metric and e.promise = 'named'
      and e.scale_min = a.low and e.scale_max = a.high
      and e.survey_id <> all(${apart}::uuid[])
    order by e.answered_at desc, e.invitation_id desc, e.question desc limit 1`;
  if (!has.merged) return before(sql`a.person_id`);
  return sql`
    select p.step from unnest(${rowsOfHuman(shape)}) r (id)
    cross join lateral (${before(sql`r.id`)}) p
    order by p.answered_at desc, p.invitation_id desc, p.question desc limit 1`;
}

/** The rows of people behind the person of `a`, those who try things out left out. */
function rowsOfHuman({ workspace }: QuickShape): RawBuilder<unknown> {
  return sql`case when a.person_id in (
      select unnest(array[p.id, p.human_id]) from people p
      where p.workspace_id = ${workspace} and p.human_id is not null
    ) then array(
      select p.id
      from (select coalesce(me.human_id, me.id) as human from people me
        where me.workspace_id = ${workspace} and me.id = a.person_id offset 0) me
      cross join lateral (
        select p.id, p.test from people p
        where p.workspace_id = ${workspace} and p.id = me.human
        union all
        select p.id, p.test from people p
        where p.workspace_id = ${workspace} and p.human_id = me.human
      ) p
      where not p.test
    ) else array[a.person_id] end`;
}
