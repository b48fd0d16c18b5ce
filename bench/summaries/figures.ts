/** Figures in one spelling, so that designs can be compared. */
import { answersIn } from "../../src/metrics/histogram.ts";
import type { Histogram, Metric } from "../../src/metrics/metric.ts";
import type { Facts } from "../../src/metrics/summary.ts";

/** n and score of a histogram: "n=12 score=33.3333". */
export function figuresOf(metric: Metric, histogram: Histogram): string {
  return figures(answersIn(histogram), metric.score(histogram));
}

/** n with a score or a mean. */
export function figures(n: number, score: number | null): string {
  return `n=${n} score=${score === null ? "none" : score.toFixed(4)}`;
}

/** Those of each period. */
export function figuresOfFacts(metric: Metric, facts: readonly Facts[]): string {
  return facts.map(({ histogram }) => figuresOf(metric, histogram)).join(", ");
}

/** How often each score was given, of rows with a count a score. */
export function histogramOf(
  { scale }: Metric,
  rows: readonly { readonly score: number; readonly n: number }[],
): Histogram {
  return Array.from({ length: scale.max - scale.min + 1 }, (_, i) =>
    rows.reduce((sum, { score, n }) => (score === scale.min + i ? sum + n : sum), 0),
  );
}
