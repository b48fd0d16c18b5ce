/** From the facts of two periods to the summary that is shown. Pure; nothing is rounded. */
import { answersNeeded } from "./answers-needed.ts";
import { compare } from "./change.ts";
import { answersIn } from "./histogram.ts";
import { isEarly, isShown } from "./ladder.ts";
import { type Histogram, levels, type Metric, type Range } from "./metric.ts";
import type { PairedChange } from "./paired.ts";
import { isoWithOffset, type Period } from "./period.ts";
import { adjustedWald } from "./range.ts";
import type { PeriodSummary, Summary } from "./summary-contract.ts";
import { targetState } from "./target.ts";

/**
 * How many invitations were asked in a period, by the time asked. Answers without a time asked are in
 * none of them.
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

/** What a summary says besides the facts of its periods. */
export interface Beside {
  /** What people were told about who reads the answer. */
  readonly promise: "named" | "totals";
  /** Answers of the period under the other promise: it leaves them out. */
  readonly underOtherPromise: number;
  readonly versus: Summary["versus"];
  /** Where the score should be, in its unit. */
  readonly target: number | null;
  readonly coverage: { readonly asked: number; readonly eligible: number } | null;
  /** How many customers there are, when each of them was asked in the period. */
  readonly population: number | null;
  readonly paired: PairedChange | null;
}

/** What holds where nothing is known of the rest. */
const nothingBeside: Beside = {
  promise: "named",
  underOtherPromise: 0,
  versus: "before",
  target: null,
  coverage: null,
  population: null,
  paired: null,
};

/** The summary of a period; `before` is null when it is compared with none. */
export function summarise(
  metric: Metric,
  now: Facts,
  before: Facts | null,
  given: Partial<Beside> = {},
): Summary {
  const { target, population, paired, ...beside } = { ...nothingBeside, ...given };
  const { histogram } = now;
  const range = rangeOf(metric, histogram, population);
  const isSameWording = before === null || before.epoch === now.epoch;
  const change = before && isSameWording ? compare(metric, histogram, before.histogram) : null;
  const isOpen = change?.verdict === "no-clear-change" || change?.verdict === "too-few";
  return {
    ...summarisePeriod(metric, now),
    range: range && [...range],
    ...beside,
    previous: before && summarisePeriod(metric, before),
    change: change && mutable(change),
    notCompared: isSameWording ? null : "wording",
    needed: before && isOpen ? answersNeeded(metric, histogram, before.histogram) : null,
    paired: paired && isSameWording ? mutable(paired) : null,
    target: target === null ? null : targetOf(metric, histogram, { population, target }),
    population,
    cut: null,
  };
}

/** With a known base of which everybody was asked the range shrinks with the part that answered. */
function rangeOf(metric: Metric, histogram: Histogram, population: number | null): Range | null {
  return population === null || metric.unit !== "points"
    ? metric.range(histogram)
    : adjustedWald(metric.count(histogram), population);
}

function targetOf(
  metric: Metric,
  histogram: Histogram,
  { population, target }: { readonly population: number | null; readonly target: number },
): Summary["target"] {
  const { verdict, more } = targetState(metric, histogram, target, {
    rangeOf: (counted) => rangeOf(metric, counted, population),
    most: population ?? Number.POSITIVE_INFINITY,
  });
  return { value: target, verdict, more };
}

function summarisePeriod(metric: Metric, facts: Facts): PeriodSummary {
  const { period, histogram, asking } = facts;
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
    open: asking.open,
    responseRate:
      asking.closedReached === 0 ? null : (100 * asking.closedAnswered) / asking.closedReached,
    shown: isShown(n),
    early: isEarly(n),
    epoch: facts.epoch,
    otherWording: facts.otherWording,
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
export function mutable<T extends { readonly range: Range }>(
  given: T,
): Omit<T, "range"> & { range: [number, number] } {
  return { ...given, range: [...given.range] };
}
