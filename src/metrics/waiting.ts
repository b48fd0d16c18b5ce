/**
 * How long something takes when some of it is still going on. What has not ended yet has lasted at
 * least so long and counts as such (Kaplan and Meier 1958): leaving it out makes every queue look
 * shorter than it is.
 */

/** One wait: how long it was, or has been so far. Any unit, the same for all; at least 0. */
export interface Wait {
  readonly lasted: number;
  /** False: it still goes on, or stopped being waited for. */
  readonly ended: boolean;
  /** How many waits of this kind there are: 1 without it. */
  readonly times?: number;
}

/** A quantile of waits; `at-least` when too many of them still go on to know it. */
export type WaitQuantile =
  | { readonly kind: "exactly"; readonly value: number }
  | { readonly kind: "at-least"; readonly value: number };

export interface WaitSummary {
  readonly n: number;
  /** How many of them have ended. */
  readonly ended: number;
  /** Null when there is none. */
  readonly median: WaitQuantile | null;
  readonly p90: WaitQuantile | null;
}

/** Median and 90th percentile of waits. Nothing is rounded. */
export function summariseWaits(waits: readonly Wait[]): WaitSummary {
  const sorted = inOrder(waits);
  return {
    n: countOf(waits),
    ended: countOf(waits.filter(({ ended }) => ended)),
    median: waitQuantile(sorted, 0.5),
    p90: waitQuantile(sorted, 0.9),
  };
}

/**
 * The time within which a share `q` (0 to 1) of all waits ends. Each ended wait has the weight of the
 * Kaplan–Meier estimate, and between two of them it is interpolated, so that it is SQL's
 * `percentile_cont` when everything has ended. When that many have not ended, the bound is the same
 * quantile of what all have lasted so far: it will be that or more, however they end.
 */
export function waitQuantile(waits: readonly Wait[], q: number): WaitQuantile | null {
  if (waits.length === 0) return null;
  const steps = stepsOf(waits);
  const after = steps.findIndex(({ to }) => q <= to + EXACT);
  const step = steps[after];
  if (step === undefined) {
    const lasted = waits.map((wait) => ({ ...wait, ended: true }));
    return { kind: "at-least", value: waitQuantile(lasted, q)?.value ?? 0 };
  }
  const before = steps[after - 1];
  if (before === undefined || q >= step.from - EXACT) return { kind: "exactly", value: step.value };
  const part = (q - before.to) / (step.from - before.to);
  return { kind: "exactly", value: before.value + part * (step.value - before.value) };
}

/**
 * The order of the shorter one first, for sorting. What is only known to be at least so long comes after
 * everything that is known: nobody is the fastest by not replying.
 */
export function shorterFirst(one: WaitQuantile | null, other: WaitQuantile | null): number {
  const rank = (quantile: WaitQuantile | null) =>
    quantile === null ? 2 : Number(quantile.kind === "at-least");
  return rank(one) - rank(other) || (one?.value ?? 0) - (other?.value ?? 0);
}

/** What the last digits of a double may differ by. */
const EXACT = 1e-12;

/** The part `from`–`to` of all waits (0 to 1) that an ended one stands for. */
interface Step {
  readonly value: number;
  readonly from: number;
  readonly to: number;
}

/**
 * The ended waits with their weights, shortest first. A wait that goes on leaves its weight to those
 * that lasted longer. A weight of 1/n is one point of the scale from 0 to 1, as in `percentile_cont`.
 */
function stepsOf(waits: readonly Wait[]): Step[] {
  const n = countOf(waits);
  const steps: Step[] = [];
  const whole = n > 1 ? 1 - 1 / n : 1;
  let left = n;
  let still = 1;
  for (const { lasted, ended, times = 1 } of inOrder(waits)) {
    if (ended) {
      const from = (1 - still) / whole;
      still = times === left ? 0 : still - (still * times) / left;
      const to = still === 0 ? 1 : (1 - still - 1 / n) / whole;
      steps.push({ value: lasted, from, to: Math.max(from, to) });
    }
    left -= times;
  }
  return steps;
}

/** Shortest first. At the same time an end comes first: what went on until then was still there. */
export function inOrder(waits: readonly Wait[]): Wait[] {
  return waits.toSorted((a, b) => a.lasted - b.lasted || Number(b.ended) - Number(a.ended));
}

/** How many waits these are. */
export function countOf(waits: readonly Wait[]): number {
  return waits.reduce((sum, { times = 1 }) => sum + times, 0);
}
