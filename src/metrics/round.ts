/** Rounding for display: once, from the unrounded number, half away from zero. */
import type { Unit } from "./metric.ts";

/** Percentages get one decimal from this many answers on. */
const PERCENT_DECIMAL_FROM = 200;

/** Means get a second decimal from this many answers on. */
const MEAN_DECIMALS_FROM = 100;

/** Decimals that a score of `n` answers is shown with: points never have any. */
export function scoreDecimals(unit: Unit, n: number): number {
  return unit === "percent" && n >= PERCENT_DECIMAL_FROM ? 1 : 0;
}

/** Decimals that a mean of `n` answers is shown with. */
export function meanDecimals(n: number): number {
  return n >= MEAN_DECIMALS_FROM ? 2 : 1;
}

/** Digits behind the last shown one that are kept before rounding: what comes after is noise of doubles. */
const EXACT_DIGITS = 8;

/**
 * Rounds half away from zero, where Math.round goes up: −18.5 becomes −19. A number counts as a half
 * when it is one but for the last digits of a double: 1.005 does, and so does 3.05 − 3.
 */
export function roundHalfAway(value: number, decimals: number): number {
  const exact = Number(Math.abs(value).toFixed(decimals + EXACT_DIGITS));
  const rounded = Number(shifted(Math.round(Number(shifted(exact, decimals))), -decimals));
  return value < 0 && rounded !== 0 ? -rounded : rounded;
}

/** Moves the decimal point without arithmetic, so that no binary error creeps in. */
function shifted(value: number, places: number): string {
  const [digits, exponent = "0"] = String(value).split("e");
  return `${digits}e${Number(exponent) + places}`;
}
