/** Which part of what a value can be is worth showing, in round numbers. Pure. */
import type { Range, Unit } from "../metrics/metric.ts";

/** An axis from `min` to `max` with a line at every `step`, all in the unit of the score. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

const STEPS = [5, 10, 20, 25, 50] as const;
const MOST_STEPS = 4;

/** Showing less than this share of the domain would make noise look like news. */
const LEAST_SHARE = 0.25;

/**
 * The smallest axis with round numbers that holds all values: within the domain, never less than a
 * quarter of it, and for points always with zero.
 */
export function scaleFor(values: readonly number[], unit: Unit, domain: Range): Scale {
  const [lowest, highest] = domain;
  const shown = unit === "points" || values.length === 0 ? [...values, 0] : values;
  const clip = (value: number) => Math.min(highest, Math.max(lowest, value));
  const low = clip(Math.min(...shown));
  const high = clip(Math.max(...shown));
  const missing = Math.max(0, (highest - lowest) * LEAST_SHARE - (high - low));
  const below = low === 0 ? 0 : high === 0 ? missing : missing / 2; // zero stays the edge it is
  const from = clip(Math.min(low - below, highest - (high - low) - missing));
  const to = clip(from + (high - low) + missing);
  return roundScale(from, to, STEPS.find((each) => stepsIn(from, to, each) <= MOST_STEPS) ?? 50);
}

/** The smallest axis with round numbers that holds zero and all values; `whole`: no fractions. */
export function niceScale(values: readonly number[], whole: boolean): Scale {
  const from = Math.min(0, ...values);
  const to = Math.max(0, ...values);
  if (from === to) return { min: 0, max: 1, step: 1 };
  const power = 10 ** Math.floor(Math.log10((to - from) / MOST_STEPS));
  const steps = [1, 2, 2.5, 5, 10, 20].map((each) => each * power);
  const step = steps.find(
    (each) => stepsIn(from, to, each) <= MOST_STEPS && (!whole || Number.isInteger(each)),
  );
  return roundScale(from, to, step ?? Math.ceil((to - from) / MOST_STEPS));
}

function roundScale(from: number, to: number, step: number): Scale {
  return {
    min: Math.floor(from / step) * step,
    max: Math.ceil(to / step) * step,
    step,
  };
}

function stepsIn(from: number, to: number, step: number): number {
  return Math.ceil(to / step) - Math.floor(from / step);
}
