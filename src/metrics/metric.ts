/**
 * A metric is one pure file over a score histogram. This file has the words they share; the list of
 * all metrics is in registry.ts, which is where a new one gets its line.
 */

/** Every metric that can be asked. The order is the order in help texts. */
export const metricNames = ["nps", "ces", "csat", "resolution", "expectation", "emotion"] as const;
export type MetricName = (typeof metricNames)[number];

/**
 * The steps of a scale, lowest first, by the code that is stored. Raw answers are kept, never
 * categories (resolution: 0 no, 1 partly, 2 yes).
 */
export interface Scale {
  readonly min: number;
  readonly max: number;
}

/**
 * How often each score was given: `counts[i]` answers with score `scale.min + i`.
 * Always exactly `max - min + 1` entries, whole numbers ≥ 0.
 */
export type Histogram = readonly number[];

/** A 95 % range unless said otherwise, both ends in the unit of the score. */
export type Range = readonly [low: number, high: number];

/** Points run from −100 to +100 and carry a sign; percentages run from 0 to 100. */
export type Unit = "points" | "percent";

/** Which third of a scale a score belongs to. `low` is what makes a case. */
export const levels = ["high", "middle", "low"] as const;
export type Level = (typeof levels)[number];

/** How many answers are in each level. Fractions are allowed: planning scales counts up. */
export type Counts = Readonly<Record<Level, number>>;

/** A level as the field calls it: NPS's high ones are promoters. Both ends are in it. */
export interface Group {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** How two periods differ: range in the unit of the score, p where there is a test with one. */
export interface Difference {
  readonly range: Range;
  readonly p: number | null;
}

/** One metric: pure functions over a histogram of its scale. Nothing is rounded. */
export interface Metric {
  readonly name: MetricName;
  readonly scale: Scale;
  readonly unit: Unit;
  /** The smallest and the largest value that the score can have. */
  readonly domain: Range;
  readonly groups: Readonly<Record<Level, Group>>;
  /** True: only the latest answer of a person counts in a period. False: every answer counts. */
  readonly onePerPerson: boolean;
  /**
   * What the mean beside the score is counted from: 0 shows it as it is, 3 the distance from "as
   * expected". Null: no mean is shown beside this score.
   */
  readonly meanFrom: number | null;
  /** The scores in the order in which people see them. */
  readonly displayed: readonly number[];
  /** What the outside calls a stored score: its number, or a word such as "partly". */
  stepName(score: number): string;
  levelOf(score: number): Level;
  /** Name of the group that a score belongs to; it also chooses the follow-up question. */
  groupOf(score: number): string;
  count(histogram: Histogram): Counts;
  /** The headline score; null when nobody answered: zero is a real score. */
  score(histogram: Histogram): number | null;
  /** The 95 % range of the score; null when nobody answered. */
  range(histogram: Histogram): Range | null;
  /** The mean on the metric's own scale; null when nobody answered or the steps are no numbers. */
  mean(histogram: Histogram): number | null;
  /** The 95 % range of the mean; null below 20 answers or when there is no mean. */
  meanRange(histogram: Histogram): Range | null;
  /**
   * How `now` differs from `before`; null when either is empty. `z`: how many standard errors the
   * range reaches to each side; 1.96, which is 95 %, unless said.
   */
  difference(now: Histogram, before: Histogram, z?: number): Difference | null;
}
