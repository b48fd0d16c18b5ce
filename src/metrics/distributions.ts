/**
 * The two distribution functions that the ranges and tests need. Own code because the alternatives
 * are whole statistics libraries for two formulas.
 */

/** The 97.5 % point of the standard normal distribution. */
export const Z95 = 1.96;

/** From here on 1 − Φ is below the smallest difference that a double can hold beside 1. */
const NORMAL_END = 8.3;

/**
 * Two-sided p of a standard normal z. Φ by its Taylor series (G. Marsaglia, "Evaluating the Normal
 * Distribution", Journal of Statistical Software 11(4), 2004), exact to about 1e-15.
 */
export function twoSidedP(z: number): number {
  const x = Math.abs(z);
  if (x > NORMAL_END) return 0;
  let sum = x;
  let term = x;
  for (let i = 3, last = Number.NaN; sum !== last; i += 2) {
    last = sum;
    term *= (x * x) / i;
    sum += term;
  }
  const halfArea = sum * Math.exp(-0.5 * x * x - 0.5 * Math.log(2 * Math.PI));
  return Math.min(1, Math.max(0, 1 - 2 * halfArea));
}

/**
 * The 97.5 % point of Student's t, by the expansion around the normal point (M. Abramowitz and
 * I. Stegun, Handbook of Mathematical Functions, 26.7.5). Within 1e-6 from 19 degrees of freedom on,
 * and not meant for fewer.
 */
export function studentT95(degreesOfFreedom: number): number {
  const x = 1.959963984540054;
  const v = degreesOfFreedom;
  const g1 = (x ** 3 + x) / 4;
  const g2 = (5 * x ** 5 + 16 * x ** 3 + 3 * x) / 96;
  const g3 = (3 * x ** 7 + 19 * x ** 5 + 17 * x ** 3 - 15 * x) / 384;
  const g4 = (79 * x ** 9 + 776 * x ** 7 + 1482 * x ** 5 - 1920 * x ** 3 - 945 * x) / 92160;
  return x + g1 / v + g2 / v ** 2 + g3 / v ** 3 + g4 / v ** 4;
}
