/** Counts by the step of a scale, 0 the lowest, as the tables of counts have them. */
import { type RawBuilder, sql } from "kysely";

const ALL_STEPS = 11;

/** c0 to c10. */
export const stepColumns = Array.from({ length: ALL_STEPS }, (_, step) => sql.ref(`c${step}`));

/** The sums of `n` by `step`, null where there is none. */
export const stepSums: readonly RawBuilder<number | null>[] = stepColumns.map(
  (_, step) => sql`sum(n) filter (where step = ${sql.lit(step)})`,
);

/** From a first to before a last day. */
export interface Ends {
  readonly first: RawBuilder<unknown>;
  readonly until: RawBuilder<unknown>;
}

/**
 * A part of a month's row `r` of cut_counts: the columns c0 to c10 as sums of its days, for a lateral
 * join.
 */
export function stepsBetween({ first, until }: Ends): RawBuilder<unknown> {
  const named = stepColumns.map((column, step) => sql`${stepSums[step]} as ${column}`);
  const day = sql`r.month + (place >> 4) - 1`;
  return sql`select ${sql.join(named)}
    from (
      select place & 15 as step, n from unnest(r.places, r.ns) cell (place, n)
      where ${day} >= ${first} and ${day} < ${until}
    ) cells`;
}

/**
 * Counted pairs of a metric as epoch, step and n: those with the later answer in some days and the
 * earlier one in others.
 */
export function pairsBetween(
  workspaceId: number | RawBuilder<number>,
  metric: RawBuilder<unknown>,
  later: Ends,
  earlier: Ends,
): RawBuilder<unknown> {
  const isIn = (day: RawBuilder<unknown>, { first, until }: Ends) =>
    sql`${day} >= ${first} and ${day} < ${until}`;
  return sql`
    select r.epoch, p.step, p.n from repeats r
    cross join lateral (
      select place & 15 as step, n from unnest(r.places, r.ns) cell (place, n)
      where ${isIn(sql`r.later + (place >> 9) - 1`, later)}
        and ${isIn(sql`r.earlier + (place >> 4 & 31) - 1`, earlier)}
    ) p
    where r.workspace_id = ${workspaceId} and r.metric = ${metric}
      and ${isMonthIn("r.later", later)} and ${isMonthIn("r.earlier", earlier)}`;
}

/** True for a month's row `r` that may have some of the days. */
export function isMonthIn(
  column: "r.month" | "r.later" | "r.earlier",
  { first, until }: Ends,
): RawBuilder<boolean> {
  return sql`${sql.ref(column)} >= date_trunc('month', ${first}::timestamp)::date
    and ${sql.ref(column)} < ${until} and ${first} < ${until}`;
}

/** A lateral table of the columns c0 to c10 of `r`, as step and n. */
export function stepRows(alias: string): RawBuilder<unknown> {
  const rows = stepColumns.map((column, step) => sql`(${sql.lit(step)}, r.${column})`);
  return sql`(values ${sql.join(rows)}) ${sql.ref(alias)} (step, n)`;
}

/** A part of a month's row `r` of asked_counts: asked, reached, answered, for a lateral join. */
export function askedBetween({ first, until }: Ends): RawBuilder<unknown> {
  const day = sql`r.month + cell.day - 1`;
  return sql`select sum(cell.asked) as asked, sum(cell.reached) as reached,
      sum(cell.answered) as answered
    from unnest(r.days, r.days_asked, r.days_reached, r.days_answered)
      cell (day, asked, reached, answered)
    where ${day} >= ${first} and ${day} < ${until}`;
}
