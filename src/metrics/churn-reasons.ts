/** What may be a sign that somebody leaves, how much each weighs, and what the sum is called. */
import type { MetricName } from "./metric.ts";

/** In the order in which they are told. `unanswered` is only recorded: nothing shows that it predicts. */
export const churnReasons = [
  "follow-up-late",
  "many-contacts",
  "silent",
  "low-score",
  "nps-fell",
  "new-customer",
  "unanswered",
] as const;
export type ChurnReasonName = (typeof churnReasons)[number];

/** Points of each reason: whole numbers from 0 to 10. */
export type ChurnPoints = Readonly<Record<ChurnReasonName, number>>;

/** The usual points, until a back-test of the workspace's own gives others. */
export const usualChurnPoints: ChurnPoints = {
  "follow-up-late": 3,
  "many-contacts": 3,
  silent: 2,
  "low-score": 2,
  "nps-fell": 1,
  "new-customer": 1,
  unanswered: 0,
};

/** More points than this say nothing more. */
export const MOST_CHURN_POINTS = 10;

/** From the calmest on. */
export const churnTiers = ["low", "watch", "high"] as const;
export type ChurnTier = (typeof churnTiers)[number];

const WATCH_FROM = 3;
const HIGH_FROM = 5;

/** 0–2 low, 3–4 watch, 5 and more high. */
export function churnTier(points: number): ChurnTier {
  if (points >= HIGH_FROM) return "high";
  return points >= WATCH_FROM ? "watch" : "low";
}

/**
 * A reason that holds, with the numbers that it stands on: what its text (`signal.reason.*`) is given.
 * Never a name, never words.
 */
export type ChurnReason = { readonly points: number } & (
  | { readonly reason: "follow-up-late"; readonly params: { readonly n: number } }
  /** `days`: within how many. With 7 it was one issue. */
  | {
      readonly reason: "many-contacts";
      readonly params: { readonly n: number; readonly days: 7 | 30 };
    }
  /** `usual`: days between two days on which they are heard of; 0: not known. */
  | {
      readonly reason: "silent";
      readonly params: { readonly days: number; readonly usual: number };
    }
  | {
      readonly reason: "low-score";
      readonly params: { readonly metric: MetricName; readonly score: number };
    }
  | {
      readonly reason: "nps-fell";
      readonly params: { readonly from: number; readonly to: number };
    }
  | { readonly reason: "new-customer"; readonly params: { readonly days: number } }
  | { readonly reason: "unanswered"; readonly params: Readonly<Record<string, never>> }
);

/** Something for each reason. */
export function eachReason<T>(value: (reason: ChurnReasonName) => T): Record<ChurnReasonName, T> {
  return {
    "follow-up-late": value("follow-up-late"),
    "many-contacts": value("many-contacts"),
    silent: value("silent"),
    "low-score": value("low-score"),
    "nps-fell": value("nps-fell"),
    "new-customer": value("new-customer"),
    unanswered: value("unanswered"),
  };
}

/** The points that a workspace has set, filled up with the usual ones. */
export function churnPointsOf(set: Readonly<Record<string, number>> | null): ChurnPoints {
  return set === null
    ? usualChurnPoints
    : eachReason((reason) => set[reason] ?? usualChurnPoints[reason]);
}
