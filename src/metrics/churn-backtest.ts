/**
 * The back-test of churn signals: what they said on past dates, by what was recorded then, against
 * what became of the people. Until it passes they are called signals, not risk.
 */
import { areaUnderCurve } from "./churn-auc.ts";
import { type ChurnHistory, churnFactsAt } from "./churn-facts.ts";
import {
  type ChurnPoints,
  type ChurnReasonName,
  type ChurnTier,
  churnTier,
  churnTiers,
  MOST_CHURN_POINTS,
} from "./churn-reasons.ts";
import { type ChurnFacts, churnSignals, DAY_MS } from "./churn-signals.ts";
import type { Range } from "./metric.ts";
import { wilson } from "./range.ts";

/** Whoever leaves sooner than this could not have been kept. */
const GAP_MS = 7 * DAY_MS;
/** Lost in (T + 7 days, T + 97 days]. */
const WINDOW_MS = 90 * DAY_MS;
const HORIZON_MS = GAP_MS + WINDOW_MS;
/** With fewer nothing can be told. */
export const LEAST_LOST = 30;

/** Somebody on a past date, and what became of them. */
export interface ChurnSnapshot {
  /** The date, in epoch milliseconds. */
  readonly at: number;
  readonly reasons: readonly ChurnReasonName[];
  /** Days since they were heard of last, else since we know of them. */
  readonly inactiveDays: number;
  readonly lost: boolean;
}

/**
 * What was known of somebody on a date, and what became of them; `undefined` for whoever was no
 * customer then, had left, or left within the week after: too soon for any signal.
 */
export function churnSnapshot(
  history: ChurnHistory,
  at: number,
  calendar: Parameters<typeof churnFactsAt>[2],
): ChurnSnapshot | undefined {
  const { leftAt } = history;
  const metAt = knownSince(history);
  if (metAt > at || (history.joinedAt ?? at) > at) return undefined;
  if (leftAt !== null && leftAt <= at + GAP_MS) return undefined;
  const facts = churnFactsAt(history, at, calendar);
  return {
    at,
    reasons: churnSignals(facts, at).reasons.map(({ reason }) => reason),
    inactiveDays: inactiveDays(facts, metAt, at),
    lost: leftAt !== null && leftAt <= at + HORIZON_MS,
  };
}

/** A file may tell today what somebody did long ago. */
function knownSince({ metAt, activeDays }: ChurnHistory): number {
  const [first] = activeDays;
  return first === undefined ? metAt : Math.min(metAt, first * DAY_MS);
}

function inactiveDays({ activeDays, utcOffsetMs }: ChurnFacts, metAt: number, at: number): number {
  const day = (time: number) => Math.floor((time + utcOffsetMs) / DAY_MS);
  return day(at) - (activeDays.at(-1) ?? day(metAt));
}

/**
 * Dates for snapshots whose outcome is known by `now`, the oldest first, not more than so many months
 * ago. Their windows do not overlap: nobody is counted as lost twice.
 */
export function snapshotDates(now: number, months: number): number[] {
  const first = now - months * (365.25 / 12) * DAY_MS;
  const dates: number[] = [];
  for (let at = now - HORIZON_MS; at >= first; at -= WINDOW_MS) dates.unshift(at);
  return dates;
}

/** The points of a snapshot, with any weights. */
function pointsOf({ reasons }: Pick<ChurnSnapshot, "reasons">, points: ChurnPoints): number {
  const sum = reasons.reduce((total, reason) => total + points[reason], 0);
  return Math.min(MOST_CHURN_POINTS, sum);
}

/** How many of a group were lost. */
export interface LostShare {
  readonly n: number;
  readonly lost: number;
  /** Percent; null when the group is empty. */
  readonly rate: number | null;
  /** 95 % range (Wilson). */
  readonly range: Range | null;
}

/** What raising a flag over a group would have been worth. */
export interface FlagQuality {
  /** Percent of those who were lost that were flagged; null when nobody was lost. */
  readonly recall: number | null;
  /** Percent of those who were flagged that were lost; null when nobody was flagged. */
  readonly precision: number | null;
  /** How many times as often the flagged were lost as everybody; null without either. */
  readonly lift: number | null;
}

export interface Backtest {
  readonly all: LostShare;
  readonly tiers: Readonly<Record<ChurnTier, LostShare>>;
  /** Flagging the high tier, and flagging watch and high. */
  readonly high: FlagQuality;
  readonly watch: FlagQuality;
  /** Flagging as many of those who were silent longest instead. */
  readonly highByInactivity: FlagQuality;
  readonly watchByInactivity: FlagQuality;
  /** Of the points, and of inactivity alone; chance is 0.5. */
  readonly auc: number | null;
  readonly aucOfInactivity: number | null;
  readonly gate: BacktestGate;
}

/** Each part of the gate, and all of them together. */
export interface BacktestGate {
  readonly enoughLost: boolean;
  /** Low < watch < high. */
  readonly tiersInOrder: boolean;
  /** The lower end of the high tier's range is above the rate of everybody. */
  readonly highAboveBase: boolean;
  readonly passed: boolean;
}

/** The tables and the gate. Nothing is rounded. */
export function backtest(snapshots: readonly ChurnSnapshot[], points: ChurnPoints): Backtest {
  const rows = snapshots.map((each) => {
    const value = pointsOf(each, points);
    return { value, tier: churnTier(value), inactive: each.inactiveDays, lost: each.lost };
  });
  const of = (tier: ChurnTier) => share(rows.filter((row) => row.tier === tier));
  const tiers = { low: of("low"), watch: of("watch"), high: of("high") };
  const all = share(rows);
  const silentFirst = rows.toSorted((a, b) => b.inactive - a.inactive);
  const flagged = { high: tiers.high.n, watch: tiers.high.n + tiers.watch.n };
  const byInactivity = (n: number) => quality(share(silentFirst.slice(0, n)), all);
  return {
    ...{ all, tiers },
    high: quality(tiers.high, all),
    watch: quality(share(rows.filter(({ tier }) => tier !== "low")), all),
    highByInactivity: byInactivity(flagged.high),
    watchByInactivity: byInactivity(flagged.watch),
    auc: areaUnderCurve(rows),
    aucOfInactivity: areaUnderCurve(rows.map(({ inactive, lost }) => ({ value: inactive, lost }))),
    gate: gateOf(tiers, all),
  };
}

function share(rows: readonly { readonly lost: boolean }[]): LostShare {
  const n = rows.length;
  const lost = rows.filter((row) => row.lost).length;
  return { n, lost, rate: n === 0 ? null : (100 * lost) / n, range: wilson({ hits: lost, n }) };
}

function quality(flagged: LostShare, all: LostShare): FlagQuality {
  const recall = all.lost === 0 ? null : (100 * flagged.lost) / all.lost;
  const base = all.rate;
  const lift = flagged.rate === null || base === null || base === 0 ? null : flagged.rate / base;
  return { recall, precision: flagged.rate, lift };
}

function gateOf(tiers: Backtest["tiers"], all: LostShare): BacktestGate {
  const rates = churnTiers.map((tier) => tiers[tier].rate);
  const tiersInOrder = rates.every((rate, i) => {
    const before = rates[i - 1];
    return rate !== null && (i === 0 || (before !== null && before !== undefined && before < rate));
  });
  const enoughLost = all.lost >= LEAST_LOST;
  const lower = tiers.high.range?.[0] ?? 0;
  const highAboveBase = all.rate !== null && lower > all.rate;
  return {
    ...{ enoughLost, tiersInOrder, highAboveBase },
    passed: enoughLost && tiersInOrder && highAboveBase,
  };
}
