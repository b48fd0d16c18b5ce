/**
 * A funnel of shares: which unit of many is further from all the others than chance explains, by its
 * own number (D. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in
 * Medicine 24, 2005). Pure.
 */
import { isComparable } from "./ladder.ts";
import { binomialP } from "./poisson.ts";

/** Two-sided p of three standard errors. */
const BEYOND_CHANCE = 0.0027;

/** A part of a whole. */
export interface Part {
  readonly hits: number;
  readonly n: number;
}

export type Side = "low" | "high";

/**
 * For each unit on which side of the funnel it is out, by the exact binomial limits around the share
 * of all other units; undefined inside it, and where the unit or the others have fewer than 30. The
 * others' share is known no better than their number allows: half a hit and half a miss are added, so
 * that none of them missing does not make one miss impossible.
 */
export function outsideFunnel(units: readonly Part[]): (Side | undefined)[] {
  const all = units.reduce((sum, { hits, n }) => ({ hits: sum.hits + hits, n: sum.n + n }), {
    hits: 0,
    n: 0,
  });
  return units.map(({ hits, n }) => {
    const others = { hits: all.hits - hits, n: all.n - n };
    if (!isComparable(n) || !isComparable(others.n)) return undefined;
    const share = (others.hits + 0.5) / (others.n + 1);
    if (binomialP(hits, n, share) >= BEYOND_CHANCE) return undefined;
    return hits < n * share ? "low" : "high";
  });
}
