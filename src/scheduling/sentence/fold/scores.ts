/** Ranges of scores and of days. */
import type { Bound } from "../grammar.ts";
import type { Token } from "../token.ts";
import type { Asker } from "./draft.ts";
import { daysIn } from "./lengths.ts";

export interface Ends {
  readonly min?: number;
  readonly max?: number;
}

export function tokensOf(bound: readonly Bound[], ...names: readonly string[]): Token[] {
  return bound.flatMap(({ name, token }) =>
    token !== undefined && names.includes(name) ? [token] : [],
  );
}

export const kindOf = (bound: readonly Bound[], part: string): string | undefined =>
  bound.find(({ name }) => name === `<${part}>`)?.kind;

/** The scores that were said; undefined when that was asked about. */
export function scoresOf(asker: Asker, bound: readonly Bound[]): Ends | undefined {
  const numbers = tokensOf(bound, "NUM");
  const [first, last = first] = numbers;
  if (first?.n === undefined || last?.n === undefined) return undefined;
  if (!numbers.every(({ n }) => Number.isInteger(n))) {
    asker.ask("not-expressible", { start: first.start, end: last.end });
    return undefined;
  }
  switch (kindOf(bound, "score")) {
    case "min":
      return { min: first.n };
    case "max":
      return { max: first.n };
    case "above":
      return { min: first.n + 1 };
    case "below":
      return { max: first.n - 1 };
    case "either":
      // "0 or 10" are no range.
      if (Math.abs(first.n - last.n) > 1) {
        asker.ask("scores-not-together", { start: first.start, end: last.end });
        return undefined;
      }
  }
  return { min: Math.min(first.n, last.n), max: Math.max(first.n, last.n) };
}

/** How many days ago; undefined when that was asked about. */
export function daysAgo(asker: Asker, bound: readonly Bound[]): Ends | undefined {
  const kind = kindOf(bound, "ago");
  const lengths = tokensOf(bound, "DUR");
  const days = lengths.map((length) => daysIn(asker, length));
  const [one] = days;
  if (one === undefined || days.includes(undefined)) return undefined;
  switch (kind) {
    case "min":
      return { min: one };
    case "below":
      return { max: one - 1 };
    case "both": {
      const [number] = tokensOf(bound, "NUM");
      const perUnit = one / (lengths[0]?.n ?? 1);
      const other = number?.n === undefined ? days[1] : number.n * perUnit;
      if (other === undefined) return undefined;
      return { min: Math.min(one, other), max: Math.max(one, other) };
    }
    default:
      return { max: one };
  }
}
