/** Figures of one metric, period and part, as cells. What is too few to be shown stays empty. Pure. */
import { answersIn } from "../metrics/histogram.ts";
import { isEarly } from "../metrics/ladder.ts";
import type { Metric } from "../metrics/metric.ts";
import { isoWithOffset } from "../metrics/period.ts";
import { roundHalfAway } from "../metrics/round.ts";
import type { Facts } from "../metrics/summary.ts";
import type { Cell, ExportRow } from "./format.ts";

/** Steps of the longest scale. */
const STEPS = 11;

/** Beyond them there is only noise of floating point. */
const DECIMALS = 6;

export const summaryColumns: readonly string[] = [
  ...["metric", "promise", "from", "until", "so_far", "cut", "group"],
  ...["n", "score", "low", "high", "mean", "early", "count_high", "count_middle", "count_low"],
  ...["asked", "reached", "answered", "response_rate", "wording_epoch", "other_wording"],
  ...["scale_min", ...Array.from({ length: STEPS }, (_, i) => `step_${i}`), "group_id"],
];

/** What a row is about. */
export interface SummaryPart {
  readonly metric: Metric;
  readonly promise: "named" | "totals";
  readonly facts: Facts;
  /** Empty: everything. */
  readonly cut: string;
  readonly group: string;
  readonly groupId: string;
  /** False where fewer than five answered, or where it would follow what fewer said. */
  readonly shown: boolean;
  /** Answers, each counted whole. */
  readonly answers: number;
}

/** A row in the order of {@link summaryColumns}. `until` is not in the period any more. */
export function summaryRow(part: SummaryPart): ExportRow {
  const { metric, facts, shown, answers } = part;
  const { period, histogram, asking } = facts;
  const figures = shown && answersIn(histogram) > 0;
  const counts = metric.count(histogram);
  const [low, high] = (figures && metric.range(histogram)) || [null, null];
  const number = (value: number | null): Cell =>
    figures && value !== null ? roundHalfAway(value, DECIMALS) : null;
  const rate =
    asking.closedReached === 0 ? null : (100 * asking.closedAnswered) / asking.closedReached;
  return [
    ...[metric.name, part.promise],
    ...[period.start, period.end].map((at) => isoWithOffset(at, period.timeZone)),
    // A period that is over is not final while somebody asked in it may still answer.
    ...[period.running || asking.open > 0 ? "yes" : null, part.cut, part.group],
    ...[answers, number(metric.score(histogram)), number(low), number(high)],
    ...[number(metric.mean(histogram)), figures && isEarly(answers) ? "yes" : null],
    ...[number(counts.high), number(counts.middle), number(counts.low)],
    ...[asking.asked, asking.reached, asking.answered],
    rate === null ? null : roundHalfAway(rate, DECIMALS),
    ...[facts.epoch, facts.otherWording, metric.scale.min],
    ...Array.from({ length: STEPS }, (_, i) => number(histogram[i] ?? null)),
    part.groupId,
  ];
}
