/** Each step of a scale by itself: how often, how sure, and whether that changed. Pure. */
import { leavesZeroOut } from "./change.ts";
import { answersIn } from "./histogram.ts";
import { isComparable, isShown } from "./ladder.ts";
import type { Histogram, Metric, Range } from "./metric.ts";
import { newcombe, wilson } from "./range.ts";

/** How often one score was given. Shares in percent, unrounded. */
export interface ScoreStep {
  readonly score: number;
  readonly n: number;
  readonly share: number;
  readonly range: Range;
  /** Share now minus share before, in percentage points; null when there is nothing to compare. */
  readonly change: {
    readonly before: number;
    readonly difference: number;
    readonly range: Range;
    readonly verdict: "up" | "down" | "no-clear-change" | "too-few";
  } | null;
}

/** The steps in the order in which people see them; none while there are too few answers to show. */
export function scoreSteps(
  metric: Metric,
  now: Histogram,
  before: Histogram | null,
): readonly ScoreStep[] {
  const n = answersIn(now);
  if (!isShown(n)) return [];
  return metric.displayed.flatMap((score): ScoreStep[] => {
    const i = score - metric.scale.min;
    const hits = now[i] ?? 0;
    const range = wilson({ hits, n });
    if (range === null) return [];
    const change = before && changeOf({ hits, n }, { hits: before[i] ?? 0, n: answersIn(before) });
    return [{ score, n: hits, share: (100 * hits) / n, range, change }];
  });
}

interface Share {
  readonly hits: number;
  readonly n: number;
}

function changeOf(now: Share, before: Share): ScoreStep["change"] {
  const test = isShown(before.n) ? newcombe(now, before) : null;
  if (test === null) return null;
  const share = (100 * before.hits) / before.n;
  const enough = isComparable(now.n) && isComparable(before.n);
  const clear = leavesZeroOut(test.range) ? (test.range[0] > 0 ? "up" : "down") : "no-clear-change";
  return {
    before: share,
    difference: (100 * now.hits) / now.n - share,
    range: test.range,
    verdict: enough ? clear : "too-few",
  };
}
