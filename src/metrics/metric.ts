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
