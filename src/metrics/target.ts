/** Whether a score is where it should be, as far as its range can tell. Pure. */
import { smallestSize } from "./answers-needed.ts";
import { answersIn } from "./histogram.ts";
import { COMPARED_FROM, isComparable } from "./ladder.ts";
import type { Histogram, Metric, Range } from "./metric.ts";

export const targetVerdicts = ["reached", "not-reached", "unknown"] as const;
export type TargetVerdict = (typeof targetVerdicts)[number];

/**
 * Reached when the whole range is at or above the target, not reached when all of it is below: a score
 * alone above or below it can be chance. `target` in the unit of the score.
 */
export function targetVerdict(range: Range | null, target: number): TargetVerdict {
  if (range === null) return "unknown";
  if (range[0] >= target) return "reached";
  return range[1] < target ? "not-reached" : "unknown";
}

/** A target and what can be said of it. */
export interface TargetState {
  readonly target: number;
  /** Unknown below 30 answers, like every comparison. */
  readonly verdict: TargetVerdict;
  /** Answers until it can be told if the shares stay as they are; null: no number would do, or unknown. */
  readonly more: number | null;
}

/**
 * How a score stands to its target. `rangeOf` gives the range that is shown beside a score; `most`: no
 * more answers than that can come.
 */
export function targetState(
  metric: Metric,
  histogram: Histogram,
  target: number,
  {
    rangeOf = metric.range,
    most = Number.POSITIVE_INFINITY,
  }: { readonly rangeOf?: (histogram: Histogram) => Range | null; readonly most?: number } = {},
): TargetState {
  const n = answersIn(histogram);
  const range = rangeOf(histogram);
  const verdict = isComparable(n) ? targetVerdict(range, target) : "unknown";
  if (verdict !== "unknown") return { target, verdict, more: 0 };
  if (n === 0) return { target, verdict, more: null };
  const isTold = (size: number) => {
    const scaled = histogram.map((count) => (count * size) / n);
    return targetVerdict(rangeOf(scaled), target) !== "unknown";
  };
  const needed = smallestSize(Math.max(n, COMPARED_FROM), isTold);
  return { target, verdict, more: needed === null || needed > most ? null : needed - n };
}
