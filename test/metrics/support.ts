/** Small helpers that only the tests of the metrics share. */
import fc from "fast-check";
import type { Histogram, Metric } from "../../src/metrics/metric.ts";
import { metrics } from "../../src/metrics/registry.ts";

export const everyMetric: readonly Metric[] = Object.values(metrics);

/** A histogram for three counts, each put on one score of its group. */
export function ofGroups(metric: Metric, high: number, middle: number, low: number): Histogram {
  const { groups, scale } = metric;
  const counts = new Array<number>(scale.max - scale.min + 1).fill(0);
  counts[groups.high.to - scale.min] = high;
  counts[groups.middle.from - scale.min] = middle;
  counts[groups.low.from - scale.min] = low;
  return counts;
}

/** Any list of raw answers to a metric. */
export function answersTo(
  metric: Metric,
  { minLength = 0, maxLength = 400 }: { minLength?: number; maxLength?: number } = {},
): fc.Arbitrary<number[]> {
  return fc.array(fc.integer(metric.scale), { minLength, maxLength, size: "max" });
}

/** Adds two histograms of one scale. */
export function merged(a: Histogram, b: Histogram): Histogram {
  return a.map((count, i) => count + (b[i] ?? 0));
}
