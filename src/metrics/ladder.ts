/** The display ladder: what a number of answers allows to be shown. */

/** Fewer answers show no score at all. */
export const SHOWN_FROM = 5;

/** Fewer answers are an early signal: no arrow, no ranking, no verdict on a change. */
export const COMPARED_FROM = 30;

/** True when a score of `n` answers may be shown. */
export function isShown(n: number): boolean {
  return n >= SHOWN_FROM;
}

/** True when a score of `n` answers is shown, but only as an early signal. */
export function isEarly(n: number): boolean {
  return isShown(n) && n < COMPARED_FROM;
}

/** True when `n` answers may be compared with another period. */
export function isComparable(n: number): boolean {
  return n >= COMPARED_FROM;
}
