/**
 * Part of the statement of quick-facts.ts: what one answer a person takes away again. An answer that
 * was followed by the same human's next one within the period does not count. Where that one lies on
 * a counted day the pair is counted (`repeats`), by the day or by the month of both; else the earlier
 * one is looked for. Whatever changes the earlier one marks the day of the later one too.
 */
import { type RawBuilder, sql } from "kysely";
import { after, eachDay } from "./facts-cover.ts";
import type { FactsState } from "./facts-state.ts";
import type { Piece } from "./quick-facts.ts";
import { liveAnswersOf, stepsOf } from "./quick-scores.ts";
import { unnested } from "./unnested.ts";

/** Rows of `piece` and `numbers`, all of them less than nothing. */
export function quickRepeats(
  workspaceId: number,
  pieces: readonly Piece[],
  state: FactsState,
): RawBuilder<unknown> {
  const own = pieces.filter(({ metric }) => metric.onePerPerson);
  return sql`
    select piece, ${stepsOf("step", "n")} from (
      ${byLater(workspaceId, own)}
      union all
      ${byEarlier(workspaceId, own)}
      union all
      select a.piece, before.step, -1
      from (${liveAnswersOf(workspaceId, own, state)}) a
      cross join lateral (${earlierOne(workspaceId, state)}) before
      where a.person_id is not null
    ) pairs
    group by piece`;
}

/** Pairs found by their later day, one day at a time, so that no others are read. */
function byLater(workspaceId: number, pieces: readonly Piece[]): RawBuilder<unknown> {
  const days = pieces.flatMap(({ piece, metric, given }) => {
    if (given.days === null) return [];
    const { first, months, monthsEnd, until, marked } = given.days;
    const one = (sign: number) => (day: string) => [
      ...[piece, metric.name, sign, "d", day, after(day), first],
    ];
    return [
      ...(months < monthsEnd ? [[piece, metric.name, -1, "m", months, monthsEnd, months]] : []),
      ...[...eachDay(first, months), ...eachDay(monthsEnd, until)].map(one(-1)),
      ...marked.map(one(1)),
    ];
  });
  return sql`
    select s.piece, r.step, s.sign * r.n as n
    from ${unnested("s", ["int", "text", "int", "text", "date", "date", "date"], days)}
      (piece, metric, sign, span, first, until, since)
    cross join lateral (
      select r.step, r.n from repeats r where r.workspace_id = ${workspaceId}
        and r.metric = s.metric and r.span = s.span and r.later >= s.first and r.later < s.until
        and r.earlier >= s.since
      offset 0
    ) r`;
}

/** Pairs from a day before the first whole month into the whole months. */
function byEarlier(workspaceId: number, pieces: readonly Piece[]): RawBuilder<unknown> {
  const days = pieces.flatMap(({ piece, metric, given }) => {
    if (given.days === null) return [];
    const { first, months, monthsEnd } = given.days;
    if (months >= monthsEnd) return [];
    return eachDay(first, months).map((day) => [piece, metric.name, day, months, monthsEnd]);
  });
  return sql`
    select s.piece, r.step, -r.n
    from ${unnested("s", ["int", "text", "date", "date", "date"], days)}
      (piece, metric, earlier, first, until)
    cross join lateral (
      select r.step, r.n from repeats r where r.workspace_id = ${workspaceId}
        and r.metric = s.metric and r.span = 'd' and r.earlier = s.earlier
        and r.later >= s.first and r.later < s.until
      offset 0
    ) r`;
}

/**
 * The answer before `a` of the same human, if it is in the period too; ties go by their ids.
 * "coalesce": see predecessors.ts.
 */
function earlierOne(workspaceId: number, { apart }: FactsState): RawBuilder<unknown> {
  return sql`
    select p.step from unnest(${rowsOfHuman(workspaceId)}) r (id)
    cross join lateral (
      select e.answered_at, e.invitation_id, e.question, e.score - a.low as step
      from answers e
      where e.workspace_id = ${workspaceId} and e.person_id = r.id
        and e.answered_at <= a.answered_at and e.answered_at >= a.since
        and (e.answered_at, e.invitation_id, e.question)
          < (a.answered_at, a.invitation_id, a.question)
        and coalesce(e.metric, '') = a.metric and e.promise = 'named'
        and e.scale_min = a.low and e.scale_max = a.high
        and e.survey_id <> all(${[...apart]}::uuid[])
      order by e.answered_at desc, e.invitation_id desc, e.question desc limit 1
    ) p
    order by p.answered_at desc, p.invitation_id desc, p.question desc limit 1`;
}

/** The rows of people behind the person of `a`, those who try things out left out. */
function rowsOfHuman(workspaceId: number): RawBuilder<unknown> {
  return sql`case when a.person_id in (
      select unnest(array[p.id, p.human_id]) from people p
      where p.workspace_id = ${workspaceId} and p.human_id is not null
    ) then array(
      select p.id
      from (select coalesce(me.human_id, me.id) as human from people me
        where me.workspace_id = ${workspaceId} and me.id = a.person_id offset 0) me
      cross join lateral (
        select p.id, p.test from people p
        where p.workspace_id = ${workspaceId} and p.id = me.human
        union all
        select p.id, p.test from people p
        where p.workspace_id = ${workspaceId} and p.human_id = me.human
      ) p
      where not p.test
    ) else array[a.person_id] end`;
}
