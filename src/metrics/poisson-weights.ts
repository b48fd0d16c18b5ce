/** Numbers drawn with a seed: how often answers that are alike are in a resample. Pure. */

/** From this count on the bell curve is as good. */
const BELL_FROM = 16;
const ALMOST_ALL = 1 - 1e-12;

/** Draws from the Poisson distribution with a mean of `count`. */
export type Draw = (count: number) => number;

/** The same seed draws the same numbers. */
export function poissonFrom(seed: number): Draw {
  const next = randomFrom(seed);
  const tables: Float64Array[] = Array.from({ length: BELL_FROM }, (_, count) => upTo(count));
  return (count) => {
    if (count >= BELL_FROM) return Math.max(0, Math.round(count + Math.sqrt(count) * bell(next)));
    const table = tables[count];
    const drawn = next();
    let times = 0;
    while (table !== undefined && drawn >= (table[times] ?? 1)) times += 1;
    return times;
  };
}

/** A whole number that follows from the values: another one for other values (FNV-1a). */
export function seedOf(values: Iterable<number>): number {
  let hash = 0x811c9dc5;
  for (const value of values) {
    hash = Math.imul(hash ^ Math.round(value * 1000), 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}

/** Numbers from 0 to below 1 (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** How likely it is to draw 0, 1 at most, 2 at most, and so on. */
function upTo(mean: number): Float64Array {
  const cumulated: number[] = [];
  let term = Math.exp(-mean);
  for (let sum = term, k = 1; ; k += 1) {
    cumulated.push(sum);
    if (sum > ALMOST_ALL) return Float64Array.from(cumulated);
    term *= mean / k;
    sum += term;
  }
}

/** A standard normal number (Box and Muller). */
function bell(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}
