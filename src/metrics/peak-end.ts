/**
 * How a journey is remembered: by its most intense moment and by its end, more than by its average
 * (D. Kahneman, B. Fredrickson, C. Schreiber and D. Redelmeier, Psychological Science 4, 1993). Pure,
 * nothing is rounded.
 */
import { isEarly, isShown } from "./ladder.ts";
import type { Range, Scale } from "./metric.ts";
import { tInterval } from "./range.ts";

/** A journey counts from so many rated touchpoints on. */
export const TOUCHPOINTS_NEEDED = 3;

/** What is remembered of one journey, on the scale of its ratings. */
export interface PeakEnd {
  /** (the rating furthest from the midpoint + the last one) / 2. */
  readonly peakEnd: number;
  readonly lowest: number;
  readonly last: number;
  readonly mean: number;
}

/** Of the ratings of one journey in the order in which they were given; null without any. */
export function peakEnd(ratings: readonly number[], { min, max }: Scale): PeakEnd | null {
  const last = ratings.at(-1);
  if (last === undefined) return null;
  const middle = (min + max) / 2;
  const distance = (rating: number) => Math.abs(rating - middle);
  const peak = ratings.reduce((far, rating) => {
    const further = distance(rating) - distance(far);
    // As far on both sides: what was bad is remembered longer.
    return further > 0 || (further === 0 && rating < far) ? rating : far;
  });
  return {
    peakEnd: (peak + last) / 2,
    lowest: Math.min(...ratings),
    last,
    mean: ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length,
  };
}

/** Ratings of a journey, and how many journeys had just these. */
export interface Journeys {
  readonly ratings: readonly number[];
  readonly n: number;
}

/** Means over journeys: each counts as much as every other. */
export interface PeakEndSummary {
  readonly n: number;
  /** Null without a journey. */
  readonly means: PeakEnd | null;
  /** 95 % range of the mean of peak–end (t); null below 20 journeys. */
  readonly range: Range | null;
  readonly shown: boolean;
  readonly early: boolean;
}

export function summarisePeakEnd(journeys: readonly Journeys[], scale: Scale): PeakEndSummary {
  const each = journeys.flatMap(({ ratings, n }) => {
    const remembered = peakEnd(ratings, scale);
    return remembered === null ? [] : [{ remembered, n }];
  });
  const n = each.reduce((sum, journey) => sum + journey.n, 0);
  const mean = (of: (remembered: PeakEnd) => number) =>
    each.reduce((sum, journey) => sum + journey.n * of(journey.remembered), 0) / n;
  const shared = { n, shown: isShown(n), early: isEarly(n) };
  if (n === 0) return { ...shared, means: null, range: null };
  const centre = mean((remembered) => remembered.peakEnd);
  const squares = mean((remembered) => (remembered.peakEnd - centre) ** 2);
  return {
    ...shared,
    means: {
      peakEnd: centre,
      lowest: mean(({ lowest }) => lowest),
      last: mean(({ last }) => last),
      mean: mean((remembered) => remembered.mean),
    },
    range: n < 2 ? null : tInterval(centre, (squares * n) / (n - 1), n),
  };
}
