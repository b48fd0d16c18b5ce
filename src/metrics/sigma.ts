/**
 * What is looked at by itself, each week, has to be beyond chance by more than what somebody asked
 * for: a look a week at 95 % cries wolf in nine of ten years, at three standard errors in one of
 * eight. Pure.
 */
import { answersIn } from "./histogram.ts";
import { isComparable } from "./ladder.ts";
import type { Histogram, Metric, Range } from "./metric.ts";

/** How many standard errors a change has to be away from none. */
export const ALERT_Z = 3;

/** A change that chance does not explain. */
export interface Shift {
  readonly direction: "up" | "down";
  /** Score now minus score before, in the unit of the score. */
  readonly difference: number;
  /** Three standard errors to each side. */
  readonly range: Range;
}

/** Undefined where chance explains it, or either has fewer than 30 answers. */
export function shiftOf(metric: Metric, now: Histogram, before: Histogram): Shift | undefined {
  if (!isComparable(answersIn(now)) || !isComparable(answersIn(before))) return undefined;
  const test = metric.difference(now, before, ALERT_Z);
  const scores = [metric.score(now), metric.score(before)] as const;
  if (test === null || scores[0] === null || scores[1] === null) return undefined;
  const [low, high] = test.range;
  if (low <= 0 && high >= 0) return undefined;
  const difference = scores[0] - scores[1];
  return { direction: low > 0 ? "up" : "down", difference, range: test.range };
}
