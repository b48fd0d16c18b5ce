import { answersIn } from "./histogram.ts";
import { isComparable } from "./ladder.ts";
import type { Difference, Histogram, Metric, Range } from "./metric.ts";

/** "No clear change" is what a test can say; that nothing changed it cannot. */
export const verdicts = ["up", "down", "no-clear-change", "too-few"] as const;
type Verdict = (typeof verdicts)[number];

/** How a period differs from the one before, in the unit of the score, unrounded. */
export interface Change extends Difference {
  /** Score now minus score before. The range belongs to the test and is not centred on it. */
  readonly difference: number;
  readonly verdict: Verdict;
}

/** Compares two periods; null when one of them has no answers. */
export function compare(metric: Metric, now: Histogram, before: Histogram): Change | null {
  const test = metric.difference(now, before);
  const scoreNow = metric.score(now);
  const scoreBefore = metric.score(before);
  if (test === null || scoreNow === null || scoreBefore === null) return null;
  const enough = isComparable(answersIn(now)) && isComparable(answersIn(before));
  return {
    difference: scoreNow - scoreBefore,
    range: test.range,
    p: test.p,
    verdict: enough ? verdictOf(test.range) : "too-few",
  };
}

function verdictOf(range: Range): Verdict {
  if (!leavesZeroOut(range)) return "no-clear-change";
  return range[0] > 0 ? "up" : "down";
}

/** A change is clear when the range of the difference leaves zero out. */
export function leavesZeroOut([low, high]: Range): boolean {
  return low > 0 || high < 0;
}
