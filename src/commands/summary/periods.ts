/** Which periods a summary reads, and which of their facts is what. Pure. */
import { answersIn } from "../../metrics/histogram.ts";
import type { Period } from "../../metrics/period.ts";
import { trendPeriods } from "../../metrics/period-steps.ts";
import type { Facts } from "../../metrics/summary.ts";
import type { View } from "../view.ts";

/** How many periods a trend shows. */
const TREND = 12;

/** Of fewer periods it is none, whatever is in them. */
const LEAST = 4;

/** Periods to be read, each once, with the places of those that are shown. */
export interface Periods {
  readonly all: readonly Period[];
  readonly now: number;
  /** Null when it is compared with none. */
  readonly before: number | null;
  /** How many of the first are the trend; 0 beside a cut. */
  readonly trend: number;
}

/** The facts of a summary. */
export interface ReadPeriods {
  readonly now: Facts;
  readonly before: Facts | null;
  /** Oldest first; empty beside a cut. */
  readonly trend: readonly Facts[];
}

/** The trend of a period ends with it, and with the one before it; all time stands beside its months. */
export function periodsOf(
  { period, before, versus, by }: Pick<View, "period" | "before" | "versus" | "by">,
  now: Date,
): Periods {
  const trend = by === undefined ? trendPeriods(period, TREND, now) : [];
  const all = trend.at(-1) === period ? [...trend] : [...trend, period];
  const place = { now: all.length - 1, trend: trend.length };
  if (before === null) return { all, ...place, before: null };
  if (versus === "before" && trend.length > 1) return { all, ...place, before: all.length - 2 };
  return { all: [...all, before], ...place, before: all.length };
}

/** What was read of them, in their order. */
export function splitFacts({ now, before, trend }: Periods, facts: readonly Facts[]): ReadPeriods {
  const present = facts[now];
  if (present === undefined) throw new Error("a period was read without its facts");
  return {
    now: present,
    before: (before === null ? undefined : facts[before]) ?? null,
    trend: facts.slice(0, trend),
  };
}

/** A trend from its first answers on: what was before anybody was asked is no gap in it. */
export function begun(trend: readonly Facts[]): readonly Facts[] {
  const first = trend.findIndex(({ histogram }) => answersIn(histogram) > 0);
  return trend.slice(Math.max(0, Math.min(first, trend.length - LEAST)));
}
