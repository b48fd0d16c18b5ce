/** Parts of a cut in the order in which they are shown, without what must not be told. Pure. */
import { hideComplement, isComparable } from "./ladder.ts";

/** A part of which something was counted. */
interface Part {
  readonly label: string;
  /** What the display ladder goes by. */
  readonly n: number;
}

export interface Arranged<T> {
  /** From 30 on, the best first. */
  readonly ranked: readonly T[];
  /** Fewer than 30: by name. */
  readonly early: readonly T[];
  /** Fewer than five, and what those could be told from. */
  readonly hidden: readonly T[];
}

/** `total` is the n of everything together, which is shown; `better` puts the best first. */
export function arrange<T extends Part>(
  parts: readonly T[],
  total: number,
  better: (one: T, other: T) => number,
): Arranged<T> {
  const some = parts.filter(({ n }) => n > 0);
  const hides = hideComplement(
    some.map(({ n }) => n),
    total,
  );
  const shown = some.filter((_, i) => !hides[i]);
  const byLabel = (one: T, other: T) => one.label.localeCompare(other.label);
  return {
    ranked: shown.filter(({ n }) => isComparable(n)).sort((a, b) => better(a, b) || byLabel(a, b)),
    early: shown.filter(({ n }) => !isComparable(n)).sort(byLabel),
    hidden: some.filter((_, i) => hides[i]).sort(byLabel),
  };
}

/** As many of a list as there is room for. */
export interface Folded<T> {
  readonly first: readonly T[];
  /** How many lie between the two, and are left out. */
  readonly between: number;
  readonly last: readonly T[];
}

/** All, or both ends of it: whoever looks for the best looks for the worst no less. */
export function bothEnds<T>(ranked: readonly T[], limit: number): Folded<T> {
  if (ranked.length <= limit) return { first: ranked, between: 0, last: [] };
  const half = Math.floor(limit / 2);
  return {
    first: ranked.slice(0, limit - half),
    between: ranked.length - limit,
    last: ranked.slice(ranked.length - half),
  };
}
