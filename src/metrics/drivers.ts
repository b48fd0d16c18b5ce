/** What goes together with a score: correlations with their ranges, corrected for how many. Pure. */
import { twoSidedP } from "./distributions.ts";
import { COMPARED_FROM } from "./ladder.ts";
import type { Range } from "./metric.ts";
import { seedOf } from "./poisson-weights.ts";
import { spearman, spearmanRange } from "./spearman.ts";

/** Of those that are marked, on average at most this share goes together by chance alone. */
const FALSE_SHARE = 0.05;

/** Something that was recorded beside each answer. */
export interface Beside<Name> {
  readonly name: Name;
  /** One an answer, in their order; null where it is not known. */
  readonly values: readonly (number | null)[];
  /** True for what is either there or not (1 or 0): then 30 answers are needed of each. */
  readonly either: boolean;
}

/** How something goes together with the score. */
export interface Driver<Name> {
  readonly name: Name;
  /** Answers of which it is known. */
  readonly n: number;
  /** −1 to +1; above 0: the more of it, the higher the score. */
  readonly correlation: number;
  /** 95 %, by resampling. */
  readonly range: Range;
  /** True: it stays after the correction for how many were looked at. */
  readonly beyondChance: boolean;
}

export interface Drivers<Name> {
  /** The strongest first. */
  readonly drivers: readonly Driver<Name>[];
  /** What has too few answers, or is the same for all of them. */
  readonly unknown: readonly Name[];
}

/** Everything of `besides` that there are enough answers to tell of. */
export function driversOf<Name>(
  scores: readonly number[],
  besides: readonly Beside<Name>[],
): Drivers<Name> {
  const known = besides.map((beside) => ({ beside, pairs: pairsOf(scores, beside) }));
  const enough = known.filter(({ beside, pairs }) => isEnough(beside, pairs.xs));
  const found = enough.flatMap(({ beside: { name }, pairs: { xs, ys } }) => {
    const correlation = spearman(xs, ys);
    if (correlation === null) return [];
    const range = spearmanRange(xs, ys, seedOf([...xs, ...ys]));
    // Ranks that have nothing to do with one another: variance 1 / (n − 1), ties or not.
    const p = twoSidedP(correlation * Math.sqrt(xs.length - 1));
    return range === null ? [] : [{ name, n: xs.length, correlation, range, p }];
  });
  const limit = benjaminiHochberg(found.map(({ p }) => p));
  const drivers = found
    .map(({ p, ...driver }): Driver<Name> => ({ ...driver, beyondChance: p <= limit }))
    .sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation));
  const shown = new Set(drivers.map(({ name }) => name));
  const unknown = besides.flatMap(({ name }) => (shown.has(name) ? [] : [name]));
  return { drivers, unknown };
}

/**
 * The largest p that stays when many were looked at (Y. Benjamini and Y. Hochberg, Journal of the
 * Royal Statistical Society B 57, 1995); −1 when none does.
 */
export function benjaminiHochberg(ps: readonly number[]): number {
  const sorted = ps.toSorted((a, b) => a - b);
  const last = sorted.findLastIndex((p, i) => p <= (FALSE_SHARE * (i + 1)) / sorted.length);
  return sorted[last] ?? -1;
}

interface Pairs {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
}

function pairsOf<Name>(scores: readonly number[], { values }: Beside<Name>): Pairs {
  const only = scores.flatMap((_, i) => ((values[i] ?? null) === null ? [] : [i]));
  return {
    xs: Float64Array.from(only, (i) => values[i] ?? 0),
    ys: Float64Array.from(only, (i) => scores[i] ?? 0),
  };
}

function isEnough<Name>({ either }: Beside<Name>, xs: Float64Array): boolean {
  if (!either) return xs.length >= COMPARED_FROM;
  const there = xs.filter((value) => value > 0).length;
  return there >= COMPARED_FROM && xs.length - there >= COMPARED_FROM;
}
