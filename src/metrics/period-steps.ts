/** Periods beside a period: the one before, and the row that a trend shows. */
import { dayOf, type Period, type PeriodStep, periodOf } from "./period.ts";

/**
 * The period before: the calendar unit before for days, weeks, months, quarters and years; for a
 * number of days the same number of days before it. All time has none.
 */
export function previousPeriod(period: Period, now: Date): Period | null {
  return period.step === null ? null : earlier(period, period.step, 1, now);
}

/**
 * `count` periods of the same kind, oldest first; the last one is `period` itself. All time is shown
 * by its last months.
 */
export function trendPeriods(period: Period, count: number, now: Date): Period[] {
  const last = period.step === null ? monthOf(now, period.timeZone) : period;
  const { step } = last;
  if (step === null) return [last];
  return Array.from({ length: count }, (_, i) =>
    i === count - 1 ? last : earlier(last, step, count - 1 - i, now),
  );
}

function earlier(period: Period, step: PeriodStep, times: number, now: Date): Period {
  const first = dayOf(period.start, period.timeZone);
  const back = (by: number) =>
    "days" in step
      ? first.subtract({ days: step.days * by })
      : first.subtract({ months: step.months * by });
  const span = { kind: period.kind, step, first: back(times), until: back(times - 1) };
  return periodOf(span, { now, timeZone: period.timeZone });
}

function monthOf(now: Date, timeZone: string): Period {
  const first = dayOf(now, timeZone).with({ day: 1 });
  const span = {
    kind: "month",
    step: { months: 1 },
    first,
    until: first.add({ months: 1 }),
  } as const;
  return periodOf(span, { now, timeZone });
}
