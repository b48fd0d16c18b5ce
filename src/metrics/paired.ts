/** The change among people who answered in both of two periods. Pure. */
import { leavesZeroOut } from "./change.ts";
import { studentT95 } from "./distributions.ts";
import { COMPARED_FROM } from "./ladder.ts";
import type { Metric, Range } from "./metric.ts";

/** `n` people gave `before` in one period and `now` in the other. */
export interface Pair {
  readonly before: number;
  readonly now: number;
  readonly n: number;
}

/** In the unit of the score, unrounded. */
export interface PairedChange {
  /** People who answered in both periods. */
  readonly n: number;
  readonly difference: number;
  readonly range: Range;
  readonly verdict: "up" | "down" | "no-clear-change";
}

/**
 * Paired t on each person's difference, where an answer counts +1, 0 or −1 by its group (0 or 1 for
 * a percentage). Each person is their own comparison, so it sees changes that two separate samples of
 * this size would not. Null below 30 people, and where all of them differ by the same: without any spread
 * there is no t, and a range of no width would promise too much.
 */
export function pairedChange(metric: Metric, pairs: readonly Pair[]): PairedChange | null {
  const n = pairs.reduce((sum, pair) => sum + pair.n, 0);
  if (n < COMPARED_FROM) return null;
  const differences = pairs.map((pair) => ({
    d: weightOf(metric, pair.now) - weightOf(metric, pair.before),
    n: pair.n,
  }));
  const mean = differences.reduce((sum, each) => sum + each.d * each.n, 0) / n;
  const squares = differences.reduce((sum, each) => sum + each.n * (each.d - mean) ** 2, 0);
  if (squares === 0) return null;
  const half = studentT95(n - 1) * Math.sqrt(squares / (n - 1) / n);
  const range: Range = [100 * (mean - half), 100 * (mean + half)];
  return { n, difference: 100 * mean, range, verdict: verdictOf(range) };
}

function weightOf(metric: Metric, score: number): number {
  const level = metric.levelOf(score);
  if (level === "high") return 1;
  return level === "low" && metric.unit === "points" ? -1 : 0;
}

function verdictOf(range: Range): PairedChange["verdict"] {
  if (!leavesZeroOut(range)) return "no-clear-change";
  return range[0] > 0 ? "up" : "down";
}
