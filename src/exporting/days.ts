/** Days as people type them → instants of a workspace's time zone. Pure. */
import { Temporal } from "temporal-polyfill";
import { dayOf, type Period, type PeriodContext, periodOf } from "../metrics/period.ts";

/** How figures are grouped in time. */
export const summarySteps = ["day", "week", "month"] as const;
export type SummaryStep = (typeof summarySteps)[number];

/** `YYYY-MM-DD`; both are in it, one that is absent does not end it. */
export interface Days {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** From the first moment of the first day to the first one behind the last day. */
export function instantsOf(
  { from, to }: Days,
  timeZone: string,
): { readonly from: Date | undefined; readonly until: Date | undefined } {
  const startOf = (day: Temporal.PlainDate) =>
    new Date(day.toZonedDateTime(timeZone).epochMilliseconds);
  return {
    from: from === undefined ? undefined : startOf(Temporal.PlainDate.from(from)),
    until: to === undefined ? undefined : startOf(Temporal.PlainDate.from(to).add({ days: 1 })),
  };
}

const spans = {
  day: { days: 1 },
  week: { days: 7 },
  month: { months: 1 },
} as const;

/** All days, weeks (from Monday) or months that have a part between two instants, the oldest first. */
export function periodsBetween(
  step: SummaryStep,
  { from, until }: { readonly from: Date; readonly until: Date },
  context: PeriodContext,
): Period[] {
  const day = dayOf(from, context.timeZone);
  const last = dayOf(new Date(until.getTime() - 1), context.timeZone);
  let first =
    step === "day"
      ? day
      : step === "week"
        ? day.subtract({ days: day.dayOfWeek - 1 })
        : day.with({ day: 1 });
  const periods: Period[] = [];
  while (Temporal.PlainDate.compare(first, last) <= 0) {
    const next = first.add(spans[step]);
    periods.push(periodOf({ kind: step, step: spans[step], first, until: next }, context));
    first = next;
  }
  return periods;
}
