/** Customer churn: how many of those who were customers when a period began were lost in it. */
import type { Range } from "./metric.ts";
import { wilson } from "./range.ts";

/** A customer, counted as one: an account, or a person who belongs to none. Epoch milliseconds. */
export interface CustomerLife {
  readonly joinedAt: number;
  /** When they left, by the rule that declares it; null: they have not. */
  readonly leftAt: number | null;
}

/** Nothing is rounded. */
export interface ChurnRate {
  /** Customers when the period began. */
  readonly start: number;
  /** Of them: lost in the period. */
  readonly lost: number;
  /** Customers when it ended, those who came in it among them; no part of the rate. */
  readonly end: number;
  /** Percent of `start`; null when there was nobody. */
  readonly rate: number | null;
  /** 95 % range (Wilson). */
  readonly range: Range | null;
}

/**
 * The churn of a period, half-open. Who came in it is in neither part, whether they stayed or not:
 * (begin − end) / begin would let new customers hide the lost ones.
 */
export function churnRate(
  customers: readonly CustomerLife[],
  period: { readonly start: number; readonly end: number },
): ChurnRate {
  const activeAt = (at: number) => (each: CustomerLife) =>
    each.joinedAt < at && (each.leftAt === null || each.leftAt >= at);
  const cohort = customers.filter(activeAt(period.start));
  const lost = cohort.filter(({ leftAt }) => leftAt !== null && leftAt < period.end).length;
  const start = cohort.length;
  return {
    ...{ start, lost, end: customers.filter(activeAt(period.end)).length },
    rate: start === 0 ? null : (100 * lost) / start,
    range: wilson({ hits: lost, n: start }),
  };
}

/** The share, in percent, that a year of months like this one loses: 1 − (1 − m)^12. */
export function yearlyChurn(monthly: number): number {
  return 100 * (1 - (1 - monthly / 100) ** 12);
}
