/** Response rate and completion: of those who were reached, how many answered. Pure, unrounded. */
import { leavesZeroOut, type verdicts } from "./change.ts";
import { isComparable, isEarly, isShown } from "./ladder.ts";
import type { Range } from "./metric.ts";
import { newcombe, wilson } from "./range.ts";
import type { Asking } from "./summary.ts";

/** What became of those who were asked in a period, by the time asked. */
export interface ResponseCounts extends Asking {
  /** Who answered the first question, and of them whoever came to the end; without the forgotten. */
  readonly started: number;
  readonly finished: number;
  /** Nobody could be reached; some of them were never asked at all. */
  readonly undelivered: number;
  readonly declined: number;
  /** The time to answer passed without an answer. */
  readonly expired: number;
  /** They want to be asked later. */
  readonly snoozed: number;
}

/** Percent with its 95 % range (Wilson). */
export interface Share {
  readonly hits: number;
  readonly n: number;
  /** Null when there is nothing that it could be a share of. */
  readonly rate: number | null;
  readonly range: Range | null;
}

export function shareOf(hits: number, n: number): Share {
  return { hits, n, rate: n === 0 ? null : (100 * hits) / n, range: wilson({ hits, n }) };
}

export interface ResponseSummary {
  readonly counts: ResponseCounts;
  /** Answered the first question, of those who were reached and whose time to answer is over. */
  readonly response: Share;
  /** Finished, of those who answered the first question. */
  readonly completion: Share;
  /** The display ladder goes by those whose time to answer is over. */
  readonly shown: boolean;
  readonly early: boolean;
}

export function summariseResponse(counts: ResponseCounts): ResponseSummary {
  const { closedAnswered, closedReached, finished, started } = counts;
  return {
    counts,
    response: shareOf(closedAnswered, closedReached),
    completion: shareOf(finished, started),
    shown: isShown(closedReached),
    early: isEarly(closedReached),
  };
}

/** How a share differs from another one, in percentage points. */
export interface ShareChange {
  readonly difference: number;
  readonly range: Range;
  readonly verdict: (typeof verdicts)[number];
}

/** Newcombe's difference; null when either has nothing to be a share of. */
export function compareShares(now: Share, before: Share): ShareChange | null {
  const test = newcombe(now, before);
  if (test === null || now.rate === null || before.rate === null) return null;
  const { range } = test;
  const clear = leavesZeroOut(range) ? (range[0] > 0 ? "up" : "down") : "no-clear-change";
  return {
    difference: now.rate - before.rate,
    range,
    verdict: isComparable(now.n) && isComparable(before.n) ? clear : "too-few",
  };
}
