/** From the facts of two periods to the summary that is shown. Pure; nothing is rounded. */
import { compare } from "./change.ts";
import { answersIn } from "./histogram.ts";
import { isEarly, isShown } from "./ladder.ts";
import { type Histogram, levels, type Metric } from "./metric.ts";
import { isoWithOffset, type Period } from "./period.ts";
import type { PeriodSummary, Summary } from "./summary-contract.ts";

/**
 * How many were asked in a period, by the time asked: people for a metric that takes one answer of
 * each, invitations for the others. Answers without a time asked are in none of them.
 */
export interface Asking {
  readonly asked: number;
  readonly reached: number;
  readonly answered: number;
  /** Of `reached`: those whose time to answer is over. Only they are in the response rate. */
  readonly closedReached: number;
  readonly closedAnswered: number;
  /** Asked ones that have not answered and still may. */
  readonly open: number;
}

/** What happened in a period: answers by the time answered, asking by the time asked. */
export interface Facts {
  readonly period: Period;
  readonly histogram: Histogram;
  readonly asking: Asking;
  /**
   * The series of the metric that is counted: the newest that had begun when the period ended, 0 the
   * first. Two periods of different series are never compared.
   */
  readonly epoch: number;
  /** Answers of the period that belong to another series: they are in no figure. */
  readonly otherWording: number;
}

/** Which answers a summary is made of, and how many of its period it leaves out. */
export interface Series {
  /** What people were told about who reads the answer. */
  readonly promise: "named" | "totals";
  /** Answers of the period under the other promise. */
  readonly underOtherPromise: number;
}

/** What holds where nothing else was ever promised. */
const namedOnly: Series = { promise: "named", underOtherPromise: 0 };

/** The summary of a period; `before` is null when no period precedes it. */
export function summarise(
  metric: Metric,
  now: Facts,
  before: Facts | null,
  series: Series = namedOnly,
): Summary {
  return {
    ...summarisePeriod(metric, now),
    ...series,
    previous: before && summarisePeriod(metric, before),
    change: before && mutable(compare(metric, now.histogram, before.histogram)),
  };
}

function summarisePeriod(metric: Metric, { period, histogram, asking }: Facts): PeriodSummary {
  const n = answersIn(histogram);
  const range = metric.range(histogram);
  const { timeZone, running } = period;
  return {
    metric: metric.name,
    period: {
      start: isoWithOffset(period.start, timeZone),
      end: isoWithOffset(period.end, timeZone),
      timeZone,
      running,
    },
    n,
    score: metric.score(histogram),
    range: range && [...range],
    mean: metric.mean(histogram),
    distribution: distributionOf(metric, histogram),
    groups: groupsOf(metric, histogram),
    asked: asking.asked,
    reached: asking.reached,
    answered: asking.answered,
    responseRate:
      asking.closedReached === 0 ? null : (100 * asking.closedAnswered) / asking.closedReached,
    shown: isShown(n),
    early: isEarly(n),
  };
}

function distributionOf(metric: Metric, histogram: Histogram): Record<string, number> {
  return Object.fromEntries(
    histogram.map((count, i) => [metric.stepName(metric.scale.min + i), count]),
  );
}

function groupsOf(metric: Metric, histogram: Histogram): Record<string, number> {
  const counts = metric.count(histogram);
  return Object.fromEntries(levels.map((level) => [metric.groups[level].name, counts[level]]));
}

/** The contract's tuples are plain ones, ours are read-only. */
function mutable(change: ReturnType<typeof compare>): Summary["change"] {
  return change && { ...change, range: [...change.range] };
}
