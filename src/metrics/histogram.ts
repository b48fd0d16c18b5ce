import type { Histogram, Scale } from "./metric.ts";

/** A histogram of `scale` with the given scores counted. Scores outside of the scale are an error. */
export function histogramOf(scale: Scale, scores: Iterable<number>): Histogram {
  const counts = emptyCounts(scale);
  for (const score of scores) addTo(counts, scale, score, 1);
  return counts;
}

/** The same from scores that are already counted. */
export function histogramFromCounts(
  scale: Scale,
  counted: Iterable<readonly [score: number, count: number]>,
): Histogram {
  const counts = emptyCounts(scale);
  for (const [score, count] of counted) addTo(counts, scale, score, count);
  return counts;
}

/** How many answers a histogram holds: the n of every score. */
export function answersIn(histogram: Histogram): number {
  return histogram.reduce((sum, count) => sum + count, 0);
}

function emptyCounts(scale: Scale): number[] {
  return new Array<number>(scale.max - scale.min + 1).fill(0);
}

function addTo(counts: number[], scale: Scale, score: number, count: number): void {
  const index = score - scale.min;
  const before = counts[index];
  if (before === undefined) {
    throw new RangeError(`score ${score} is outside of ${scale.min}–${scale.max}`);
  }
  counts[index] = before + count;
}
