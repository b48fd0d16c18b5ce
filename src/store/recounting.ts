/** What was counted beside what is counted now. */
import { type RawBuilder, sql } from "kysely";
import { metricNames } from "../metrics/metric.ts";
import {
  type CountingState,
  type Marked,
  nextAnsweredDay,
  nextAskedDay,
} from "./counting-state.ts";
import type { Db } from "./schema.ts";
import { stepColumns } from "./steps.ts";

/** The first day from one on that has counts, answers or somebody who was asked; null: none has. */
export async function countedFrom(
  trx: Db,
  workspaceId: number,
  {
    timeZone,
    after = "0001-01-01",
  }: Pick<CountingState, "timeZone"> & { after?: string | undefined },
): Promise<string | null> {
  const { rows } = await sql<{ day: string | null }>`
    select least(
      (select min(day) from counts where workspace_id = ${workspaceId}
        and metric = any(${[...metricNames]}::text[]) and span = 'd' and day >= ${after}::date),
      (select min(month + day - 1) from asked_counts cross join unnest(days) day
        where workspace_id = ${workspaceId} and month >= date_trunc('month', ${after}::timestamp)
          and month + day - 1 >= ${after}::date)
    ) as day`.execute(trx);
  const from = { from: after, timeZone };
  const days = [
    rows[0]?.day ?? null,
    await nextAnsweredDay(trx, workspaceId, from),
    await nextAskedDay(trx, workspaceId, from),
  ];
  return days.filter((day) => day !== null).sort()[0] ?? null;
}

/** What is wrong: a day of a metric, or of whom was asked; the first of a month where its sum is. */
export interface Different {
  readonly metric: Marked;
  readonly day: string;
}

/**
 * The days of some months whose counts are others after `change` than before, the marked ones left
 * out.
 */
export async function differentAfter(
  trx: Db,
  { workspaceId, ...months }: { workspaceId: number; first: string; until: string },
  change: () => Promise<void>,
): Promise<Different[]> {
  const rows = everythingOf(workspaceId, months);
  await sql`create temporary table counted_before on commit drop as ${rows}`.execute(trx);
  await change();
  const { rows: different } = await sql<Different>`
    with after as materialized (${rows})
    select distinct metric, day from (
      (select * from counted_before except all select * from after)
      union all (select * from after except all select * from counted_before)
    ) changed
    where not exists (select from stale_days m where m.workspace_id = ${workspaceId}
      and m.metric = changed.metric and case when changed.month then date_trunc('month', m.day)
        = changed.day else m.day = changed.day end)
    order by metric, day`.execute(trx);
  await sql`drop table counted_before`.execute(trx);
  return different;
}

/** Every number that is counted, in rows of its day; those of months are of their first. */
function everythingOf(
  workspaceId: number,
  { first, until }: { first: string; until: string },
): RawBuilder<unknown> {
  const of = (column: string) => sql`t.workspace_id = ${workspaceId}
    and ${sql.ref(column)} >= ${first}::date and ${sql.ref(column)} < ${until}::date`;
  const steps = sql`jsonb_build_array(${sql.join(stepColumns.map((column) => sql`t.${column}`))})`;
  const cells = sql`cross join lateral unnest(t.places, t.ns) c (place, n)`;
  return sql`
    select t.metric, t.span = 'm' as month, t.day, 'all' as what, t.epoch::text as key, ${steps} as n
      from counts t where ${of("t.day")}
    union all
    select t.metric, true, t.month, t.cut, jsonb_build_array(t.value, t.epoch)::text, ${steps}
      from cut_counts t where ${of("t.month")}
    union all
    select t.metric, false, t.month + (c.place >> 4) - 1, t.cut,
      jsonb_build_array(t.value, t.epoch, c.place)::text, to_jsonb(c.n)
      from cut_counts t ${cells} where ${of("t.month")}
    union all
    select t.metric, true, t.later, 'repeats', jsonb_build_array(t.earlier, t.epoch)::text, ${steps}
      from repeats t where ${of("t.later")}
    union all
    select t.metric, false, t.later + (c.place >> 9) - 1, 'repeats',
      jsonb_build_array(t.earlier, t.epoch, c.place)::text, to_jsonb(c.n)
      from repeats t ${cells} where ${of("t.later")}
    union all
    select 'asked', true, t.month, t.cut,
      jsonb_build_array(t.survey_id, t.promise, t.value)::text,
      jsonb_build_array(t.asked, t.reached, t.answered)
      from asked_counts t where ${of("t.month")}
    union all
    select 'asked', false, t.month + c.day - 1, t.cut,
      jsonb_build_array(t.survey_id, t.promise, t.value)::text,
      jsonb_build_array(c.asked, c.reached, c.answered)
      from asked_counts t cross join lateral
        unnest(t.days, t.days_asked, t.days_reached, t.days_answered)
          c (day, asked, reached, answered)
      where ${of("t.month")}`;
}
