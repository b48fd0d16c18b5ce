/** Contact rate: how many contacts there are for ten thousand orders. Pure, nothing is rounded. */
import { leavesZeroOut, type verdicts } from "./change.ts";
import { isComparable, isEarly, isShown } from "./ladder.ts";
import type { Range } from "./metric.ts";
import { binomialP, clopperPearson, garwood } from "./poisson.ts";

/** It is a rate and no percentage: there may be more contacts than orders. */
export const PER_ORDERS = 10_000;

/** Contacts and the orders of the same days. */
export interface Contacted {
  readonly contacts: number;
  readonly orders: number;
}

export interface ContactRate extends Contacted {
  /** Per ten thousand orders; null when there were none. */
  readonly rate: number | null;
  /** Exact 95 % range (Garwood). */
  readonly range: Range | null;
  /** The display ladder goes by orders: no contact at all on many orders is a figure. */
  readonly shown: boolean;
  readonly early: boolean;
}

export function contactRate({ contacts, orders }: Contacted): ContactRate {
  const per = (events: number) => (PER_ORDERS * events) / orders;
  const [low, high] = garwood(contacts);
  return {
    contacts,
    orders,
    rate: orders === 0 ? null : per(contacts),
    range: orders === 0 ? null : [per(low), per(high)],
    shown: isShown(orders),
    early: isEarly(orders),
  };
}

/** How a rate differs from another one, in percent of the other. */
export interface RateChange {
  /** Null when the other is zero: nothing is so many percent of it. */
  readonly difference: number | null;
  /** 95 %; its end is infinite where the other rate may be zero. */
  readonly range: Range;
  readonly p: number;
  readonly verdict: (typeof verdicts)[number];
}

/**
 * The conditional binomial test (J. Przyborowski and H. Wilenski, Biometrika 31, 1940): of all
 * contacts of two periods, those of one are binomial with its share of the orders when the rates are
 * the same. Null when one of them had no orders, or nobody got in touch in either.
 */
export function compareRates(now: Contacted, before: Contacted): RateChange | null {
  const n = now.contacts + before.contacts;
  if (now.orders === 0 || before.orders === 0 || n === 0) return null;
  const ratio = (share: number) => (share / (1 - share)) * (before.orders / now.orders);
  const [low, high] = clopperPearson(now.contacts, n);
  const range: Range = [percentMore(ratio(low)), percentMore(ratio(high))];
  const enough = isComparable(now.orders) && isComparable(before.orders);
  return {
    difference: before.contacts === 0 ? null : percentMore(ratio(now.contacts / n)),
    range,
    p: binomialP(now.contacts, n, now.orders / (now.orders + before.orders)),
    verdict: enough ? verdictOf(range) : "too-few",
  };
}

function verdictOf(range: Range): RateChange["verdict"] {
  if (!leavesZeroOut(range)) return "no-clear-change";
  return range[0] > 0 ? "up" : "down";
}

function percentMore(ratio: number): number {
  return 100 * (ratio - 1);
}
