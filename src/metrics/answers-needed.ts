import { leavesZeroOut } from "./change.ts";
import { answersIn } from "./histogram.ts";
import { COMPARED_FROM, isComparable } from "./ladder.ts";
import type { Histogram, Metric } from "./metric.ts";

/** Beyond this no workspace waits for a verdict: the two periods count as equally good. */
const TOO_MANY = 100_000;

/**
 * How many answers a verdict on the difference seen would need, if the shares stay as they are.
 * About right, never a promise: the shares will move.
 */
export interface AnswersNeeded {
  /** More answers in the present period; null when no number of them would do. */
  readonly more: number | null;
  /** Answers in each of the two periods; null when the two are too close to tell apart. */
  readonly each: number | null;
}

/** Null when one of the periods has no answers: then there is nothing to tell apart. */
export function answersNeeded(
  metric: Metric,
  now: Histogram,
  before: Histogram,
): AnswersNeeded | null {
  const n = answersIn(now);
  const nBefore = answersIn(before);
  if (n === 0 || nBefore === 0) return null;
  const isClear = (first: Histogram, second: Histogram) => {
    const difference = metric.difference(first, second);
    return difference !== null && leavesZeroOut(difference.range);
  };
  const total = isComparable(nBefore)
    ? smallestSize(Math.max(n, COMPARED_FROM), (size) => isClear(scaled(now, size / n), before))
    : null;
  return {
    more: total === null ? null : total - n,
    each: smallestSize(COMPARED_FROM, (size) =>
      isClear(scaled(now, size / n), scaled(before, size / nBefore)),
    ),
  };
}

function scaled(histogram: Histogram, factor: number): Histogram {
  return histogram.map((count) => count * factor);
}

/** The smallest size from `from` on that `holds`, found by doubling and halving; null when too many. */
export function smallestSize(from: number, holds: (size: number) => boolean): number | null {
  if (holds(from)) return from;
  let fails = from;
  let size = from * 2;
  while (!holds(size)) {
    if (size > TOO_MANY) return null;
    fails = size;
    size *= 2;
  }
  while (size - fails > 1) {
    const middle = Math.floor((size + fails) / 2);
    if (holds(middle)) size = middle;
    else fails = middle;
  }
  return size;
}
