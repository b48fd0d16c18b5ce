/** Runs of days that are counted at once, and in which of them something lies. */
import { type RawBuilder, sql } from "kysely";
import { type MetricName, metricNames } from "../metrics/metric.ts";
import { metrics } from "../metrics/registry.ts";
import { unnested } from "./unnested.ts";

/** From a first to before a last day, `YYYY-MM-DD`. */
export interface Run {
  readonly from: string;
  readonly until: string;
}

/** Days of a metric. */
export interface Stretch extends Run {
  readonly metric: MetricName;
}

/** Days of metrics of a workspace. */
export interface CountedDays {
  readonly workspaceId: number;
  readonly timeZone: string;
  readonly stretches: readonly Stretch[];
}

/**
 * CTEs `stretches` (metric, from_day, until_day, low, high, starts, ends, bounds) and `scope` (metric,
 * day): bounds has the instants at which the days begin, and in the end that at which the last one ends.
 */
export function stretchesOf(stretches: readonly Stretch[], timeZone: string): RawBuilder<unknown> {
  const rows = stretches.map(({ metric, from, until }) => {
    const { min, max } = metrics[metric].scale;
    return [metric, from, until, min, max];
  });
  return sql`stretches (metric, from_day, until_day, low, high, starts, ends, bounds)
    as materialized (
      select s.*, b.bounds[1], b.bounds[cardinality(b.bounds)], b.bounds
      from ${unnested("s", ["text", "date", "date", "int", "int"], rows)}
        (metric, from_day, until_day, low, high)
      cross join lateral (${boundsOf(timeZone)}) b
    ), scope (metric, day) as materialized (
      select s.metric, s.from_day + n from stretches s
      cross join lateral generate_series(0, s.until_day - s.from_day - 1) n
    )`;
}

/** The same CTEs of runs without a metric. */
export function runsOf(runs: readonly Run[], timeZone: string): RawBuilder<unknown> {
  const rows = runs.map(({ from, until }) => [from, until]);
  return sql`stretches (from_day, until_day, starts, ends, bounds) as materialized (
      select s.*, b.bounds[1], b.bounds[cardinality(b.bounds)], b.bounds
      from ${unnested("s", ["date", "date"], rows)} (from_day, until_day)
      cross join lateral (${boundsOf(timeZone)}) b
    ), scope (day) as materialized (
      select s.from_day + n from stretches s
      cross join lateral generate_series(0, s.until_day - s.from_day - 1) n
    )`;
}

function boundsOf(timeZone: string): RawBuilder<unknown> {
  return sql`select array_agg(day_start(s.from_day + n, ${timeZone}) order by n) as bounds
    from generate_series(0, s.until_day - s.from_day) n`;
}

/** The day of a stretch `s` on which an instant in it lies: a search in its bounds, whatever the zone. */
export function dayIn(instant: RawBuilder<unknown>): RawBuilder<string> {
  return sql`s.from_day + width_bucket(${instant}, s.bounds) - 1`;
}

/** The first days of the first and of the last month that something of the runs is in. */
export function monthsOf(runs: readonly Run[]): { readonly first: string; readonly last: string } {
  const days = runs.flatMap(({ from, until }) => [from, until]).sort();
  const month = (day = "") => `${day.slice(0, -2)}01`;
  return { first: month(days.at(0)), last: month(days.at(-1)) };
}

/** Days as runs: those that follow one another are one. */
export function runsFrom(days: readonly string[]): Run[] {
  const runs: { from: string; until: string }[] = [];
  for (const day of [...days].sort()) {
    const last = runs.at(-1);
    if (last?.until === day) last.until = next(day);
    else runs.push({ from: day, until: next(day) });
  }
  return runs;
}

/** The same days of every metric. */
export function ofEveryMetric(run: Run): Stretch[] {
  return metricNames.map((metric) => ({ metric, ...run }));
}

function next(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}
