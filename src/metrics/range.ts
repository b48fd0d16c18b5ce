/** 95 % ranges and the differences between two periods. */
import { studentT95, twoSidedP, Z95 } from "./distributions.ts";
import type { Counts, Difference, Range } from "./metric.ts";

/** Pseudo-answers of the adjusted Wald range (B. Rocks 2016): outer groups, middle group. */
const OUTER = 0.75;
const MIDDLE = 1.5;

/** The smallest number of answers for which a range of the mean is given. */
const MEAN_RANGE_FROM = 20;

/** A part of a whole: `hits` of `n`. */
interface Share {
  readonly hits: number;
  readonly n: number;
}

/**
 * Range of a net score (share high − share low) in points, clipped to ±100; null for no answers.
 * `population`: when every member of a base of that size was asked, the range shrinks with the part
 * that answered (scaled pseudo-answers), down to the score itself when all did.
 */
export function adjustedWald(counts: Counts, population?: number): Range | null {
  const n = counts.high + counts.middle + counts.low;
  if (n === 0) return null;
  const left = population === undefined ? 1 : unansweredPart(n, population);
  const { mean, variance } = adjusted(counts, left);
  const half = Z95 * Math.sqrt(left * variance);
  return [clip(100 * (mean - half), -100, 100), clip(100 * (mean + half), -100, 100)];
}

/**
 * Difference of two net scores, `now` − `before`: range in points and two-sided p, both from the
 * adjusted answers of each. Null when either has no answers. `z`: how many standard errors the range
 * reaches to each side.
 */
export function netDifference(now: Counts, before: Counts, z = Z95): Difference | null {
  if (total(now) === 0 || total(before) === 0) return null;
  const a = adjusted(now, 1);
  const b = adjusted(before, 1);
  const error = Math.sqrt(a.variance + b.variance);
  const mean = a.mean - b.mean;
  return {
    range: [100 * (mean - z * error), 100 * (mean + z * error)],
    p: twoSidedP(mean / error),
  };
}

/** Wilson's score range of a percentage, 0–100; null for no answers. `z` as in {@link netDifference}. */
export function wilson({ hits, n }: Share, z = Z95): Range | null {
  if (n === 0) return null;
  const p = hits / n;
  const z2 = z * z;
  const middle = (p + z2 / (2 * n)) / (1 + z2 / n);
  const half = (z * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n))) / (1 + z2 / n);
  // The ends are exact where the formula is so only up to the last digit of a double.
  const low = hits === 0 ? 0 : 100 * (middle - half);
  const high = hits === n ? 100 : 100 * (middle + half);
  return [low, high];
}

/**
 * Newcombe's difference of two percentages from their Wilson ranges (R. Newcombe 1998, method 10),
 * `now` − `before` in percentage points. It has no p. Null when either has no answers. `z` as in
 * {@link netDifference}.
 */
export function newcombe(now: Share, before: Share, z = Z95): Difference | null {
  const a = wilson(now, z);
  const b = wilson(before, z);
  if (a === null || b === null) return null;
  const pa = (100 * now.hits) / now.n;
  const pb = (100 * before.hits) / before.n;
  return {
    range: [pa - pb - Math.hypot(pa - a[0], b[1] - pb), pa - pb + Math.hypot(a[1] - pa, pb - b[0])],
    p: null,
  };
}

/** t-range of a mean from the sample's variance (divided by n − 1); null below 20 answers. */
export function tInterval(mean: number, variance: number, n: number): Range | null {
  if (n < MEAN_RANGE_FROM) return null;
  const half = studentT95(n - 1) * Math.sqrt(variance / n);
  return [mean - half, mean + half];
}

/** Share of a known base that could still have answered differently: 1 for a huge base, 0 when all answered. */
function unansweredPart(n: number, population: number): number {
  return population <= n ? 0 : (population - n) / (population - 1);
}

/** Mean and variance of the mean on −1…+1, with the pseudo-answers scaled by `part`. */
function adjusted(counts: Counts, part: number): { mean: number; variance: number } {
  const n = total(counts) + part * (2 * OUTER + MIDDLE);
  const high = (counts.high + part * OUTER) / n;
  const low = (counts.low + part * OUTER) / n;
  const mean = high - low;
  return { mean, variance: (high + low - mean * mean) / n };
}

function total(counts: Counts): number {
  return counts.high + counts.middle + counts.low;
}

function clip(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
