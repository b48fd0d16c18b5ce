/** What was counted beside what is counted now. */
import { sql } from "kysely";
import type { Days } from "./counting.ts";
import { type CountingState, nextAnsweredDay } from "./counting-state.ts";
import type { Db } from "./schema.ts";

/** The first day from one on that has counts or answers; null when none has. */
export async function countedFrom(
  trx: Db,
  workspaceId: number,
  {
    timeZone,
    after = "0001-01-01",
  }: Pick<CountingState, "timeZone"> & { after?: string | undefined },
): Promise<string | null> {
  const { rows } = await sql<{ day: string | null }>`
    select min(day) as day from counts where workspace_id = ${workspaceId} and span = 'd'
      and day >= ${after}::date`.execute(trx);
  const counted = rows[0]?.day ?? null;
  const answered = await nextAnsweredDay(trx, workspaceId, { from: after, timeZone });
  if (counted === null || answered === null) return counted ?? answered;
  return counted < answered ? counted : answered;
}

/**
 * The days on which counts or repeats of a metric, or months of them, are others after `change` than
 * before, the marked ones left out.
 */
export async function differentAfter(
  trx: Db,
  { workspaceId, metric, days }: Days,
  change: () => Promise<void>,
): Promise<string[]> {
  const own = sql`t.workspace_id = ${workspaceId} and t.metric = ${metric.name}`;
  // By the day, and by the month that a day of these is in.
  const near = (day: string) => sql`(t.span = 'd' and ${sql.ref(day)} = any(${[...days]}::date[])
    or t.span = 'm' and ${sql.ref(day)} in (select date_trunc('month', d)::date
      from unnest(${[...days]}::date[]) d))`;
  const rows = sql`
    select t.span, t.day, to_jsonb(t) as row from counts t where ${own} and ${near("t.day")}
    union all
    select t.span, t.later, to_jsonb(t) from repeats t where ${own} and ${near("t.later")}`;
  await sql`create temporary table counted_before on commit drop as ${rows}`.execute(trx);
  await change();
  const { rows: different } = await sql<{ day: string }>`
    with after as (${rows})
    select distinct day from (
      (select * from counted_before except all select * from after)
      union all (select * from after except all select * from counted_before)
    ) changed
    where not exists (select from stale_days m where m.workspace_id = ${workspaceId}
      and m.metric = ${metric.name} and case changed.span when 'd' then m.day = changed.day
        else date_trunc('month', m.day) = changed.day end)
    order by day`.execute(trx);
  await sql`drop table counted_before`.execute(trx);
  return different.map(({ day }) => day);
}
