/** The recovered-detractor rate: for how many of those who were asked again it is right now. */
import { isEarly, isShown } from "./ladder.ts";
import type { MetricName, Range } from "./metric.ts";
import { wilson } from "./range.ts";
import { metrics } from "./registry.ts";
import { resolution } from "./resolution.ts";

/** What somebody answered to a recovery check so far. */
export interface RecoveryAnswers {
  /** "Is it right now?", as resolution is stored; null as long as it was not answered. */
  readonly right: number | null;
  /** The metric of the case again; null when it was not answered. */
  readonly metric: MetricName;
  readonly score: number | null;
}

/**
 * Recovered is who says that it is right now and does not give a low score beside it; null as long as
 * nobody knows. "Partly" is not recovered.
 */
export function recoveredBy({ right, metric, score }: RecoveryAnswers): boolean | null {
  if (right === null) return null;
  if (resolution.levelOf(right) !== "high") return false;
  return score === null || metrics[metric].levelOf(score) !== "low";
}

/** Figures of the recovery checks that were answered in a period. Nothing is rounded. */
export interface Recovery {
  /** Cases whose check was answered: the latest answer of each counts. */
  readonly n: number;
  readonly recovered: number;
  /** Percent; null when nobody answered. */
  readonly rate: number | null;
  /** 95 % range (Wilson). */
  readonly range: Range | null;
  /** As everywhere: no rate below 5, an early signal below 30. */
  readonly shown: boolean;
  readonly early: boolean;
}

export function summariseRecovery(recovered: number, n: number): Recovery {
  return {
    n,
    recovered,
    rate: n === 0 ? null : (100 * recovered) / n,
    range: wilson({ hits: recovered, n }),
    shown: isShown(n),
    early: isEarly(n),
  };
}
