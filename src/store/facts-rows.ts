/** The rows of the statements that facts are read by, and what is made of them. */
import { histogramFromCounts } from "../metrics/histogram.ts";
import type { Metric } from "../metrics/metric.ts";
import type { Period } from "../metrics/period.ts";
import type { Asking, Facts } from "../metrics/summary.ts";

/** One row: of which period (from 0), value of the cut, epoch; its numbers by what it is. */
export interface FactsRow {
  /**
   * scores: answers by step, lowest first. asking: asked, reached, answered, closedReached,
   * closedAnswered, open. epoch: nothing.
   */
  readonly what: "scores" | "asking" | "epoch";
  readonly bucket: number;
  readonly value: string;
  readonly epoch: number;
  readonly numbers: readonly number[];
  /** Of scores: how many, each of them whole where they are shared. */
  readonly answers: number;
}

const nobodyAsked: Asking = {
  asked: 0,
  reached: 0,
  answered: 0,
  closedReached: 0,
  closedAnswered: 0,
  open: 0,
};

/** The facts of each period from the rows of one value; those of another epoch are only counted. */
export function factsFrom(
  metric: Metric,
  periods: readonly Period[],
  rows: readonly FactsRow[],
  epochs: readonly number[],
): Facts[] {
  return periods.map((period, bucket) => {
    const own = rows.filter((row) => row.bucket === bucket);
    const scores = own.filter(({ what }) => what === "scores");
    const epoch = epochs[bucket] ?? 0;
    const counted = scores.filter((row) => row.epoch === epoch);
    const others = scores.filter((row) => row.epoch !== epoch);
    return {
      period,
      histogram: histogramFromCounts(metric.scale, counted.flatMap(stepsIn(metric))),
      asking: own.filter(({ what }) => what === "asking").reduce(addAsking, nobodyAsked),
      epoch,
      otherWording: sumOf(others.map(({ answers }) => answers)),
    };
  });
}

/** The epoch of each period. */
export function epochsFrom(periods: readonly Period[], rows: readonly FactsRow[]): number[] {
  return periods.map(
    (_, bucket) => rows.find((row) => row.what === "epoch" && row.bucket === bucket)?.epoch ?? 0,
  );
}

/** Answers in each period, each counted whole. */
export function answersFrom(
  periods: readonly Period[],
  rows: readonly FactsRow[],
  epochs: readonly number[],
): number[] {
  return periods.map((_, bucket) =>
    sumOf(
      rows
        .filter((row) => row.bucket === bucket && row.epoch === epochs[bucket])
        .map(({ answers }) => answers),
    ),
  );
}

function stepsIn({ scale }: Metric): (row: FactsRow) => (readonly [number, number])[] {
  return ({ numbers }) => numbers.map((n, step) => [scale.min + step, n] as const);
}

function addAsking(sum: Asking, { numbers }: FactsRow): Asking {
  const [asked = 0, reached = 0, answered = 0, closedReached = 0, closedAnswered = 0, open = 0] =
    numbers;
  return {
    asked: sum.asked + asked,
    reached: sum.reached + reached,
    answered: sum.answered + answered,
    closedReached: sum.closedReached + closedReached,
    closedAnswered: sum.closedAnswered + closedAnswered,
    open: sum.open + open,
  };
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, n) => sum + n, 0);
}
