/** Part of the statement of quick-facts.ts: who was asked, by the time asked. */
import { type RawBuilder, sql } from "kysely";
import { CLOSED_AFTER_DAYS } from "./anonymous-facts.ts";
import { valueIn, valueLeft, valueOfCut } from "./quick-cuts.ts";
import { noTest } from "./quick-scores.ts";
import type { QuickShape } from "./quick-shape.ts";
import { askedBetween, isMonthIn } from "./steps.ts";
import { unnestedAt } from "./unnested.ts";

/**
 * Columns piece, value and numbers: asked, reached, answered. Whoever was asked on a counted day has no time
 * left to answer.
 */
export function countedAsking(shape: QuickShape): RawBuilder<unknown> {
  const { has, place, workspace } = shape;
  const { value, only } = valueOfCut(shape, sql`r.value`);
  const types = ["int", "uuid", "int", "text", "date", "date"];
  const part = { first: sql`s.first`, until: sql`s.until` };
  // A row of a month may have none of the days.
  const sums = ["asked", "reached", "answered"].map(
    (each) => sql`coalesce(sum(s.sign * n.${sql.ref(each)}), 0)`,
  );
  return sql`
    select s.piece, ${value} as value, jsonb_build_array(${sql.join(sums)}) as numbers
    from ${unnestedAt(place, types, ({ askedCounted }) => askedCounted)}
      (piece, survey, sign, span, first, until)
    join asked_counts r on r.workspace_id = ${workspace} and r.survey_id = s.survey
      and r.promise = 'named' and r.cut = ${sql.lit(has.cut)} and ${isMonthIn("r.month", part)}
      ${only}
    cross join lateral (
      select r.asked, r.reached, r.answered where s.span = 'm'
      union all
      select * from (${askedBetween(part)}) days where s.span = 'd'
    ) n
    group by 1, 2`;
}

/**
 * Columns piece, value, step and n: how many were asked of whom the same holds. The step is 1 for reached, 2
 * for answered and 4 for closed, added up. An answer proves that its person was reached; without an
 * end of its time a question is closed.
 */
export function liveAsking(shape: QuickShape): RawBuilder<unknown> {
  const { place, workspace } = shape;
  const types = ["int", "uuid", "timestamptz", "timestamptz"];
  const person = shape.has.tests ? sql`i.person_id,` : sql``;
  const { value, each, only } = valueIn(shape, "i");
  return sql`
    select s.piece, i.value, case when i.answered_at is not null then 3 when i.reached_at is not null then 1
        else 0 end
      + case when i.expires_at > ${place(({ now }) => now)}::timestamptz then 0 else 4 end as step,
      count(*) as n
    from ${unnestedAt(place, types, ({ askedLive }) => askedLive)} (piece, survey, starts, ends)
    cross join lateral (
      select ${person} ${value} as value, i.reached_at, i.answered_at, i.expires_at
      from invitations i ${each}
      where i.workspace_id = ${workspace} and i.survey_id = s.survey
        and i.asked_at >= s.starts and i.asked_at < s.ends and i.promise = 'named'
        ${only}
      offset 0
    ) i
    ${noTest(shape, "i")}
    group by 1, 2, 3`;
}

/**
 * Columns piece, value and numbers: what is left of those whose person was forgotten: asked, reached,
 * answered, of closed ones the latter two, open.
 */
export function leftAsking(shape: QuickShape): RawBuilder<unknown> {
  const { place, workspace } = shape;
  const { value, only } = valueLeft(shape);
  const count = (what: "asked" | "reached" | "answered", condition = sql`true`) =>
    sql`coalesce(sum(c.n) filter (where c.what = ${sql.lit(what)} and ${condition}), 0)`;
  const tomorrow = place(({ tomorrow }) => tomorrow);
  const closed = sql`c.day + ${sql.lit(CLOSED_AFTER_DAYS)} < ${tomorrow}::date`;
  const open = sql`not (${closed})`;
  return sql`
    select s.piece, ${value} as value, jsonb_build_array(${count("asked")}, ${count("reached")}, ${count("answered")},
      ${count("reached", closed)}, ${count("answered", closed)},
      ${count("asked", open)} - ${count("answered", open)}) as numbers
    from ${unnestedAt(place, ["int", "uuid", "date", "date"], ({ askedDays }) => askedDays)}
      (piece, survey, first, until)
    join anonymous_counts c on c.workspace_id = ${workspace} and c.survey_id = s.survey
      and c.metric is null and c.what <> 'score' and c.promise = 'named'
      and c.day >= s.first and c.day < s.until ${only}
    group by 1, 2`;
}
