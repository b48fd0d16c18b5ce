/**
 * Spearman's rank correlation, ties averaged, and its range by resampling. Pure: chance comes from a
 * seed of the data itself, so that the same answers have the same range.
 */
import type { Range } from "./metric.ts";
import { poissonFrom } from "./poisson-weights.ts";

/** How many resamples a range is made of. */
const RESAMPLES = 1000;

/** Of more different values than this the neighbours share a rank in the resamples. */
const MOST_VALUES = 100;

/** Answers with the same two values, counted once for each pair of values that there is. */
interface Cells {
  /** Places of the values among the different ones of their side, 0 the lowest. */
  readonly x: Int32Array;
  readonly y: Int32Array;
  /** How many answers. */
  readonly n: Float64Array;
  readonly different: readonly [xs: number, ys: number];
}

/** Correlation of the ranks, −1 to +1; null when either side has only one value. */
export function spearman(xs: ArrayLike<number>, ys: ArrayLike<number>): number | null {
  const cells = cellsOf(placesOf(xs), placesOf(ys));
  return correlation(cells, cells.n);
}

/**
 * The 95 % range of {@link spearman}: percentiles of 1000 resamples, each ranked anew. Each answer is
 * in a resample as often as a Poisson number says (J. Hanley and B. MacGibbon, Computer Methods and
 * Programs in Biomedicine 83, 2006), so that answers that are alike are drawn at once; what takes
 * thousands of values, such as seconds, is put into a hundred steps for it. Null when hardly any
 * resample has a correlation.
 */
export function spearmanRange(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  seed: number,
): Range | null {
  const cells = cellsOf(inSteps(placesOf(xs)), inSteps(placesOf(ys)));
  const draw = poissonFrom(seed);
  const drawn = new Float64Array(cells.n.length);
  const found: number[] = [];
  for (let i = 0; i < RESAMPLES; i += 1) {
    for (let cell = 0; cell < drawn.length; cell += 1) drawn[cell] = draw(cells.n[cell] ?? 0);
    const one = correlation(cells, drawn);
    if (one !== null) found.push(one);
  }
  if (found.length < RESAMPLES / 2) return null;
  const sorted = Float64Array.from(found).sort();
  return [quantile(sorted, 0.025), quantile(sorted, 0.975)];
}

function cellsOf(x: Places, y: Places): Cells {
  const counts = new Map<number, number>();
  x.place.forEach((place, i) => {
    const cell = place * y.different + (y.place[i] ?? 0);
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  });
  const cells = [...counts.keys()];
  return {
    x: Int32Array.from(cells, (cell) => Math.floor(cell / y.different)),
    y: Int32Array.from(cells, (cell) => cell % y.different),
    n: Float64Array.from(counts.values()),
    different: [x.different, y.different],
  };
}

interface Places {
  readonly place: Int32Array;
  readonly different: number;
}

/** Each value's place among the different ones. */
function placesOf(values: ArrayLike<number>): Places {
  const sorted = [...new Set(Array.from(values))].sort((a, b) => a - b);
  const places = new Map(sorted.map((value, i) => [value, i]));
  return {
    place: Int32Array.from(values, (value) => places.get(value) ?? 0),
    different: sorted.length,
  };
}

/** At most {@link MOST_VALUES} places, with about as many answers each. */
function inSteps({ place, different }: Places): Places {
  if (different <= MOST_VALUES) return { place, different };
  const step = new Int32Array(different);
  for (const at of place) step[at] = (step[at] ?? 0) + 1;
  let before = 0;
  step.forEach((here, at) => {
    step[at] = Math.floor((before * MOST_VALUES) / place.length);
    before += here;
  });
  return { place: place.map((at) => step[at] ?? 0), different: MOST_VALUES };
}

/** Pearson's correlation of the average ranks, each cell counted by its weight. */
function correlation({ x, y, different }: Cells, weights: Float64Array): number | null {
  const ranksX = ranksOf(x, weights, different[0]);
  const ranksY = ranksOf(y, weights, different[1]);
  let product = 0;
  for (let i = 0; i < weights.length; i += 1) {
    product += (weights[i] ?? 0) * (ranksX.of[x[i] ?? 0] ?? 0) * (ranksY.of[y[i] ?? 0] ?? 0);
  }
  const spread = Math.sqrt(ranksX.squares * ranksY.squares);
  return spread === 0 ? null : Math.min(1, Math.max(-1, product / spread));
}

/** For each place its average rank less the mean of all ranks, with the sum of their squares. */
function ranksOf(places: Int32Array, weights: Float64Array, different: number) {
  const of = new Float64Array(different);
  let n = 0;
  for (let i = 0; i < weights.length; i += 1) {
    const at = places[i] ?? 0;
    const weight = weights[i] ?? 0;
    of[at] = (of[at] ?? 0) + weight;
    n += weight;
  }
  let before = 0;
  let squares = 0;
  for (let at = 0; at < different; at += 1) {
    const here = of[at] ?? 0;
    const rank = before + (here - n) / 2;
    squares += here * rank * rank;
    of[at] = rank;
    before += here;
  }
  return { of, squares };
}

function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? 0;
  const high = sorted[Math.ceil(at)] ?? 0;
  return low + (high - low) * (at - Math.floor(at));
}
