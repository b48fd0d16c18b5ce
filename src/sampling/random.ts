/**
 * Randomness that is the same for the same seed, for sample data only: Park and Miller's minimal
 * standard generator with the multiplier 48271 (Communications of the ACM 36(7), 1993, p. 108).
 */
import { v4, v7 } from "uuid";

const MODULUS = 2 ** 31 - 1;
const MULTIPLIER = 48_271;

/** All draws change the state, so that their order matters. */
export interface Random {
  /** At least 0, below 1. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly [T, ...T[]]): T;
  /** One of the values, as often as its weight says; weights need not add up to 1. */
  weighted<T>(from: readonly (readonly [value: T, weight: number])[]): T;
  /** Mostly around `median`, sometimes several times as much: like waiting times are. */
  skewed(median: number): number;
  uuid(): string;
  /** An id as one that was given at that moment. */
  uuidAt(at: Date): string;
}

export function createRandom(seed: number): Random {
  let state = (Math.abs(Math.trunc(seed)) % (MODULUS - 1)) + 1;
  const next = (): number => {
    state = (state * MULTIPLIER) % MODULUS;
    return (state - 1) / (MODULUS - 1);
  };
  const between = (low: number, high: number): number =>
    low + Math.floor(next() * (high - low + 1));
  const bytes = () => new Uint8Array(16).map(() => between(0, 255));
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick: (from) => from[between(0, from.length - 1)] ?? from[0],
    weighted: (from) => weighted(from, next()),
    skewed: (median) => median * Math.exp(next() + next() + next() - 1.5),
    uuid: () => v4({ random: bytes() }),
    uuidAt: (at) => v7({ msecs: at.getTime(), random: bytes() }),
  };
}

function weighted<T>(from: readonly (readonly [T, number])[], draw: number): T {
  const total = from.reduce((sum, [, weight]) => sum + weight, 0);
  let left = draw * total;
  for (const [value, weight] of from) {
    left -= weight;
    if (left < 0) return value;
  }
  throw new RangeError("there is nothing to choose from");
}
