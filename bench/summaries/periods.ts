/** The periods that are asked for, and the ones before them. */
import { Temporal } from "temporal-polyfill";
import { dayOf, FIRST_YEAR, type Period, periodOf } from "../../src/metrics/period.ts";
import type { Span } from "./timing.ts";

const TIME_ZONE = "Europe/Paris";

/** A period, and the one before it where there is one. */
export interface Asked {
  readonly now: Period;
  readonly both: readonly Period[];
}

/** Seven days, ninety days and everything, each until now: in the middle of a day. */
export function periodsAt(now: Date): Readonly<Record<Span, Asked>> {
  const context = { now, timeZone: TIME_ZONE };
  const today = dayOf(now, TIME_ZONE);
  const until = today.add({ days: 1 });
  const rolling = (days: number): Asked => {
    const first = until.subtract({ days });
    const kind = { kind: "days", step: { days } } as const;
    const period = periodOf({ ...kind, first, until, untilNow: true }, context);
    const before = periodOf({ ...kind, first: first.subtract({ days }), until: first }, context);
    return { now: period, both: [period, before] };
  };
  const first = new Temporal.PlainDate(FIRST_YEAR, 1, 1);
  const all = periodOf({ kind: "all", step: null, first, until, untilNow: true }, context);
  return { week: rolling(7), "90 days": rolling(90), all: { now: all, both: [all] } };
}
