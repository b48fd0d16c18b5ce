/** How many still wait after which time, and how sure the median is. Pure, nothing is rounded. */
import { Z95 } from "./distributions.ts";
import { countOf, inOrder, type Wait } from "./waiting.ts";

/** From `lasted` on the share `waiting` of all waits had not ended. */
export interface CurveStep {
  readonly lasted: number;
  readonly waiting: number;
}

/** Kaplan and Meier's curve: one step for each time at which a wait ended; before the first all wait. */
export function waitingCurve(waits: readonly Wait[]): CurveStep[] {
  return stepsWithVariance(waits).map(({ lasted, waiting }) => ({ lasted, waiting }));
}

/** A 95 % range of the median; null for an end that cannot be known yet. */
export interface MedianRange {
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * All times that may be the median as far as the curve can tell: where it differs from one half by no
 * more than 1.96 of Greenwood's standard errors (R. Brookmeyer and J. Crowley, Biometrics 38, 1982).
 * Null where nothing has ended.
 */
export function medianRange(waits: readonly Wait[]): MedianRange | null {
  const steps = stepsWithVariance(waits);
  if (steps.length === 0) return null;
  const isPossible = ({ waiting, variance }: Step) =>
    waiting > 0 && (waiting - 1 / 2) ** 2 <= Z95 * Z95 * variance;
  // Whatever lies on the curve below one half without being possible ends the range.
  const low = steps.find((step) => isPossible(step) || step.waiting <= 1 / 2);
  const high = steps.find((step) => step.waiting < 1 / 2 && !isPossible(step));
  return { low: low?.lasted ?? null, high: high?.lasted ?? null };
}

interface Step extends CurveStep {
  /** Of `waiting`, by Greenwood's formula. */
  readonly variance: number;
}

function stepsWithVariance(waits: readonly Wait[]): Step[] {
  const steps: Step[] = [];
  let left = countOf(waits);
  let waiting = 1;
  let sum = 0;
  for (const { lasted, ended, times = 1 } of inOrder(waits)) {
    if (ended) {
      const last = steps.at(-1);
      // Waits that ended at one time are one step, however many entries they come in.
      if (last?.lasted === lasted) steps.pop();
      waiting = times === left ? 0 : waiting * (1 - times / left);
      sum += waiting === 0 ? 0 : times / (left * (left - times));
      steps.push({ lasted, waiting, variance: waiting * waiting * sum });
    }
    left -= times;
  }
  return steps;
}
