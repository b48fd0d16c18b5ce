/**
 * Every figure once more, from its definition and by other means than the program's: exact rationals,
 * ends of ranges found by halving, areas by adding up. Nothing of src is used here.
 */

/** A score that was given, counted exactly: numerators and denominators, never rounded. */
export interface Exact {
  readonly over: bigint;
  readonly under: bigint;
}

function toNumber({ over, under }: Exact): number {
  const whole = over / under;
  return Number(whole) + Number(over % under) / Number(under);
}

const Z = 1.96;

/** What is asked and how it is scored, by metrics.md. */
export const scales = {
  nps: { min: 0, max: 10, high: [9, 10], low: [0, 6], net: true },
  ces: { min: 1, max: 7, high: [5, 7], low: [1, 3], net: false },
  csat: { min: 1, max: 5, high: [4, 5], low: [1, 2], net: false },
  resolution: { min: 0, max: 2, high: [2, 2], low: [0, 0], net: false },
  expectation: { min: 1, max: 5, high: [4, 5], low: [1, 2], net: true },
  emotion: { min: 1, max: 5, high: [4, 5], low: [1, 2], net: false },
} as const;
export type Name = keyof typeof scales;

export interface Shares {
  readonly high: number;
  readonly low: number;
  readonly n: number;
}

export function sharesOf(name: Name, scores: readonly number[]): Shares {
  const { high, low } = scales[name];
  const inside = ([from, to]: readonly [number, number]) =>
    scores.filter((score) => score >= from && score <= to).length;
  return { high: inside(high), low: inside(low), n: scores.length };
}

/** Points or percent; null when nobody answered. */
export function scoreOf(name: Name, scores: readonly number[]): number | null {
  const { high, low, n } = sharesOf(name, scores);
  if (n === 0) return null;
  const over = scales[name].net ? high - low : high;
  return toNumber({ over: 100n * BigInt(over), under: BigInt(n) });
}

export function rangeOf(name: Name, scores: readonly number[]): readonly [number, number] | null {
  const shares = sharesOf(name, scores);
  if (shares.n === 0) return null;
  if (!scales[name].net) return wilsonByHalving(shares.high, shares.n);
  const { mean, error } = padded(shares);
  return [Math.max(-100, 100 * (mean - Z * error)), Math.min(100, 100 * (mean + Z * error))];
}

/** Three pseudo-answers: ¾ high, 1½ between, ¾ low; the spread from the squares of +1, 0, −1. */
function padded({ high, low, n }: Shares): { mean: number; error: number } {
  const values = [
    [1, high + 0.75],
    [0, n - high - low + 1.5],
    [-1, low + 0.75],
  ] as const;
  const total = values.reduce((sum, [, weight]) => sum + weight, 0);
  const mean = values.reduce((sum, [value, weight]) => sum + value * weight, 0) / total;
  const spread =
    values.reduce((sum, [value, weight]) => sum + weight * (value - mean) ** 2, 0) / total;
  return { mean, error: Math.sqrt(spread / total) };
}

/** All shares p that the test |p̂ − p| ≤ z·√(p(1−p)/n) does not reject, in percent. */
function wilsonByHalving(hits: number, n: number): readonly [number, number] {
  const seen = hits / n;
  const rejected = (p: number) => Math.abs(seen - p) > Z * Math.sqrt((p * (1 - p)) / n);
  const low = hits === 0 ? 0 : halve(0, seen, rejected);
  const high = hits === n ? 1 : halve(1, seen, rejected);
  return [100 * low, 100 * high];
}

/** The place between `outside` (where `beyond` holds) and `inside` (where it does not) at which it ends. */
function halve(outside: number, inside: number, beyond: (x: number) => boolean): number {
  let [out, into] = [outside, inside];
  for (let i = 0; i < 200; i += 1) {
    const middle = (out + into) / 2;
    if (beyond(middle)) out = middle;
    else into = middle;
  }
  return (out + into) / 2;
}

export interface Changed {
  readonly difference: number;
  readonly range: readonly [number, number];
  readonly p: number | null;
}

export function changeOf(
  name: Name,
  now: readonly number[],
  before: readonly number[],
): Changed | null {
  const scoreNow = scoreOf(name, now);
  const scoreBefore = scoreOf(name, before);
  if (scoreNow === null || scoreBefore === null) return null;
  const difference = scoreNow - scoreBefore;
  const [a, b] = [sharesOf(name, now), sharesOf(name, before)];
  if (scales[name].net) {
    const [one, two] = [padded(a), padded(b)];
    const error = Math.sqrt(one.error ** 2 + two.error ** 2);
    const mean = one.mean - two.mean;
    const range = [100 * (mean - Z * error), 100 * (mean + Z * error)] as const;
    return { difference, range, p: 2 * upperTail(Math.abs(mean / error)) };
  }
  const [lowA, highA] = wilsonByHalving(a.high, a.n);
  const [lowB, highB] = wilsonByHalving(b.high, b.n);
  const down = Math.sqrt((scoreNow - lowA) ** 2 + (highB - scoreBefore) ** 2);
  const up = Math.sqrt((highA - scoreNow) ** 2 + (scoreBefore - lowB) ** 2);
  return { difference, range: [difference - down, difference + up], p: null };
}

/** Area of the standard normal beyond z, by Simpson's rule. */
function upperTail(z: number): number {
  const density = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  return simpson(density, z, z + 12, 20_000);
}

function simpson(f: (x: number) => number, from: number, to: number, parts: number): number {
  const step = (to - from) / parts;
  let sum = f(from) + f(to);
  for (let i = 1; i < parts; i += 1) sum += f(from + i * step) * (i % 2 === 0 ? 2 : 4);
  return (sum * step) / 3;
}

/** Mean of a metric whose steps are numbers. */
export function meanOf(name: Name, scores: readonly number[]): number | null {
  if (name === "resolution" || scores.length === 0) return null;
  return toNumber({
    over: scores.reduce((sum, score) => sum + BigInt(score), 0n),
    under: BigInt(scores.length),
  });
}

/** Exact 95 % range of a count of rare events (Garwood), by adding up the Poisson probabilities. */
export function poissonRange(count: number): readonly [number, number] {
  const atMost = (k: number, mean: number) => {
    let term = Math.exp(-mean);
    let sum = term;
    for (let i = 1; i <= k; i += 1) {
      term *= mean / i;
      sum += term;
    }
    return sum;
  };
  const far = 10 * (count + 10);
  const low = count === 0 ? 0 : halve(0, count, (mean) => 1 - atMost(count - 1, mean) < 0.025);
  const high = halve(far, count, (mean) => atMost(count, mean) < 0.025);
  return [low, high];
}

/** A wait in any unit; one that has not ended lasted at least so long. */
export interface Waited {
  readonly lasted: number;
  readonly ended: boolean;
}

/** Share of waits that go on longer than `time`: the product of Kaplan and Meier, term by term. */
export function stillWaiting(waits: readonly Waited[], time: number): number {
  const ends = [...new Set(waits.filter(({ ended }) => ended).map(({ lasted }) => lasted))];
  return ends
    .filter((end) => end <= time)
    .reduce((share, end) => {
      const atRisk = waits.filter(({ lasted }) => lasted >= end).length;
      const ending = waits.filter(({ lasted, ended }) => ended && lasted === end).length;
      return share * (1 - ending / atRisk);
    }, 1);
}

/** Correlation of the ranks (equal values share the mean of theirs). */
export function spearmanOf(pairs: readonly (readonly [number, number])[]): number {
  const rank = (values: readonly number[]) =>
    values.map((value) => {
      const below = values.filter((other) => other < value).length;
      const equal = values.filter((other) => other === value).length;
      return below + (equal + 1) / 2;
    });
  const x = rank(pairs.map(([first]) => first));
  const y = rank(pairs.map(([, second]) => second));
  const mean = (pairs.length + 1) / 2;
  const sum = (f: (i: number) => number) => pairs.reduce((total, _, i) => total + f(i), 0);
  const dx = (i: number) => (x[i] ?? 0) - mean;
  const dy = (i: number) => (y[i] ?? 0) - mean;
  return sum((i) => dx(i) * dy(i)) / Math.sqrt(sum((i) => dx(i) ** 2) * sum((i) => dy(i) ** 2));
}

/** (the rating furthest from the middle, of two the lower, + the last) / 2. */
export function peakEnd(ratings: readonly number[], middle: number): number {
  const furthest = Math.max(...ratings.map((rating) => Math.abs(rating - middle)));
  const peak = Math.min(...ratings.filter((rating) => Math.abs(rating - middle) === furthest));
  return (peak + (ratings.at(-1) ?? Number.NaN)) / 2;
}
