/** Points of a workspace's own: fitted on its older snapshots, judged on the newer ones only. */
import { type Backtest, backtest, type ChurnSnapshot, LEAST_LOST } from "./churn-backtest.ts";
import {
  type ChurnPoints,
  type ChurnReasonName,
  eachReason,
  MOST_CHURN_POINTS,
} from "./churn-reasons.ts";

/** What a reason has to do with being lost, among some snapshots. */
export interface ReasonEvidence {
  /** How often it held, and how many of those were lost. */
  readonly n: number;
  readonly lost: number;
  /** Of being lost with it against without it; half a person is added to each cell when one is empty. */
  readonly oddsRatio: number;
  /** round(ln OR / ln 2): how often the odds double; none for what makes it less likely. */
  readonly points: number;
}

export interface DerivedPoints {
  readonly evidence: Readonly<Record<ChurnReasonName, ReasonEvidence>>;
  readonly points: ChurnPoints;
  /** The dates that they were fitted on. */
  readonly fittedOn: readonly number[];
  /** The newer snapshots, with these points and with those that hold now. */
  readonly judged: Backtest;
  readonly present: Backtest;
  /** True when there were enough lost to fit on, and lost ones to judge by. */
  readonly enough: boolean;
}

/** `undefined` with fewer than two dates: nothing would be left to judge by. */
export function derivePoints(
  snapshots: readonly ChurnSnapshot[],
  present: ChurnPoints,
): DerivedPoints | undefined {
  const dates = [...new Set(snapshots.map(({ at }) => at))].toSorted((a, b) => a - b);
  if (dates.length < 2) return undefined;
  const fittedOn = dates.slice(0, Math.ceil(dates.length / 2));
  const last = fittedOn.at(-1) ?? 0;
  const older = snapshots.filter(({ at }) => at <= last);
  const newer = snapshots.filter(({ at }) => at > last);
  const { evidence, points } = fitPoints(older);
  const judged = backtest(newer, points);
  return {
    ...{ evidence, points, fittedOn, judged, present: backtest(newer, present) },
    enough: older.filter(({ lost }) => lost).length >= LEAST_LOST && judged.all.lost > 0,
  };
}

/** The points that some snapshots give. */
export function fitPoints(
  snapshots: readonly ChurnSnapshot[],
): Pick<DerivedPoints, "evidence" | "points"> {
  const evidence = eachReason((reason) => evidenceOf(snapshots, reason));
  return { evidence, points: eachReason((reason) => evidence[reason].points) };
}

function evidenceOf(snapshots: readonly ChurnSnapshot[], reason: ChurnReasonName): ReasonEvidence {
  const cells = { with: { lost: 0, stayed: 0 }, without: { lost: 0, stayed: 0 } };
  for (const { reasons, lost } of snapshots) {
    cells[reasons.includes(reason) ? "with" : "without"][lost ? "lost" : "stayed"] += 1;
  }
  const { with: held, without } = cells;
  const n = held.lost + held.stayed;
  const counts = [held.lost, held.stayed, without.lost, without.stayed];
  const add = counts.includes(0) ? 0.5 : 0;
  const odds = ({ lost, stayed }: typeof held) => (lost + add) / (stayed + add);
  // What never held, or always, tells nothing.
  const oddsRatio = n === 0 || n === snapshots.length ? 1 : odds(held) / odds(without);
  const points = Math.round(Math.log2(oddsRatio));
  return {
    ...{ n, lost: held.lost, oddsRatio },
    points: Math.min(MOST_CHURN_POINTS, Math.max(0, points)),
  };
}
