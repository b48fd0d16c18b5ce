/**
 * Exact ranges and tests of counts of rare events. Own code because the alternatives are whole
 * statistics libraries for two incomplete integrals.
 */
import type { Range } from "./metric.ts";

/** What each end of a 95 % range leaves out. */
const TAIL = 0.025;

/** Halvings until two doubles are neighbours, whatever they were. */
const HALVINGS = 200;
const SMALLEST = 1e-300;
const EXACT = 1e-16;

/**
 * The exact 95 % range of the mean of a count of events (F. Garwood, "Fiducial limits for the Poisson
 * distribution", Biometrika 28, 1936): the ends are quantiles of the gamma distribution.
 */
export function garwood(events: number): Range {
  return [events === 0 ? 0 : gammaQuantile(TAIL, events), gammaQuantile(1 - TAIL, events + 1)];
}

/** The exact 95 % range of a share, 0 to 1 (C. Clopper and E. Pearson, Biometrika 26, 1934). */
export function clopperPearson(hits: number, n: number): Range {
  const low = hits === 0 ? 0 : betaQuantile(TAIL, hits, n - hits + 1);
  return [low, hits === n ? 1 : betaQuantile(1 - TAIL, hits + 1, n - hits)];
}

/**
 * How probable `hits` of `n` or what is further from `share` (0 to 1, neither) is: twice the smaller
 * tail, so that it is below 0.05 exactly when the range of Clopper and Pearson leaves `share` out.
 */
export function binomialP(hits: number, n: number, share: number): number {
  const atLeast = hits === 0 ? 1 : incompleteBeta(share, hits, n - hits + 1);
  const atMost = hits === n ? 1 : 1 - incompleteBeta(share, hits + 1, n - hits);
  return Math.min(1, 2 * Math.min(atLeast, atMost));
}

/** Where the gamma distribution of this shape and scale 1 has the share `p` below it. */
export function gammaQuantile(p: number, shape: number): number {
  // Chernoff: no quantile that is asked for here lies beyond.
  const beyond = 2 * shape + 20 * Math.sqrt(shape) + 100;
  return halve((x) => incompleteGamma(x, shape) < p, beyond);
}

function betaQuantile(p: number, a: number, b: number): number {
  return halve((x) => incompleteBeta(x, a, b) < p, 1);
}

/** The place between 0 and `beyond` up to which `isBelow` holds. */
function halve(isBelow: (x: number) => boolean, beyond: number): number {
  let low = 0;
  let high = beyond;
  for (let i = 0; i < HALVINGS; i += 1) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (isBelow(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * The regularized lower incomplete gamma function: its series below the shape, a continued fraction by
 * Lentz's method above (NIST Digital Library of Mathematical Functions, 8.11.4 and 8.9.2).
 */
function incompleteGamma(x: number, shape: number): number {
  if (x <= 0) return 0;
  const front = Math.exp(shape * Math.log(x) - x - logGamma(shape));
  if (x < shape + 1) {
    let term = 1 / shape;
    let sum = term;
    for (let k = shape + 1; term > sum * EXACT; k += 1) {
      term *= x / k;
      sum += term;
    }
    return front * sum;
  }
  const fraction = lentz(
    x + 1 - shape,
    (k) => -k * (k - shape),
    (k) => x + 2 * k + 1 - shape,
  );
  return 1 - front / fraction;
}

/** The regularized incomplete beta function, by its continued fraction (DLMF 8.17.22). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction goes fast only on this side of the mean.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front =
    Math.exp(a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b)) /
    a;
  const numerator = (k: number) => {
    const m = Math.floor(k / 2);
    return k % 2 === 0
      ? (m * (b - m) * x) / ((a + k - 1) * (a + k))
      : (-(a + m) * (a + b + m) * x) / ((a + k - 1) * (a + k));
  };
  return front / lentz(1, numerator, () => 1);
}

/** first + numerator(1) / (denominator(1) + numerator(2) / (denominator(2) + …)). */
function lentz(
  first: number,
  numerator: (k: number) => number,
  denominator: (k: number) => number,
): number {
  const nonzero = (value: number) => (Math.abs(value) < SMALLEST ? SMALLEST : value);
  let value = nonzero(first);
  let c = value;
  let d = 0;
  for (let k = 1, step = 0; Math.abs(step - 1) > EXACT * 8; k += 1) {
    const top = numerator(k);
    const bottom = denominator(k);
    d = 1 / nonzero(bottom + top * d);
    c = nonzero(bottom + top / c);
    step = c * d;
    value *= step;
    if (top === 0) break;
  }
  return value;
}

/** The gamma function's logarithm by Stirling's series (DLMF 5.11.1), exact to some 1e-15 of itself. */
function logGamma(x: number): number {
  let shifted = x;
  let product = 1;
  for (; shifted < 10; shifted += 1) product *= shifted;
  const square = 1 / (shifted * shifted);
  const series =
    1 / 12 -
    square *
      (1 / 360 -
        square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - (square * 691) / 360360))));
  return (
    (shifted - 0.5) * Math.log(shifted) -
    shifted +
    0.5 * Math.log(2 * Math.PI) +
    series / shifted -
    Math.log(product)
  );
}
