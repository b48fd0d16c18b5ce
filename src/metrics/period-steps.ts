/** Periods beside a period: the one before, and the row that a trend shows. */
import type { Temporal } from "temporal-polyfill";
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

/**
 * The same period a year before: of a week (and a day of it would be another weekday) the same ISO
 * week, of everything else the same dates. Week 53 of a year with 52 of the other is its last one;
 * 29 February is the 28th. All time has none.
 */
export function sameLastYear(period: Period, now: Date): Period | null {
  const { kind, step, timeZone } = period;
  if (step === null) return null;
  const first = dayOf(period.start, timeZone);
  const context = { now, timeZone };
  if (kind === "week") {
    const monday = weekOfYearBefore(first);
    return periodOf({ kind, step, first: monday, until: monday.add({ days: 7 }) }, context);
  }
  const last = dayOf(
    new Date(Math.max(period.start.getTime(), period.end.getTime() - 1)),
    timeZone,
  );
  const start = first.subtract({ years: 1 });
  const until = last.subtract({ years: 1 }).add({ days: 1 });
  const days = start.until(until, { largestUnit: "days" }).days;
  return periodOf({ kind, step: "days" in step ? { days } : step, first: start, until }, context);
}

/** The Monday of the ISO week with the same number in the year before. */
function weekOfYearBefore(monday: Temporal.PlainDate): Temporal.PlainDate {
  const { yearOfWeek: year = monday.year, weekOfYear: week = 1 } = monday;
  // 4 January is in week 1 of every year, 28 December in the last one (ISO 8601).
  const early = monday.with({ year: year - 1, month: 1, day: 4 });
  const late = monday.with({ year: year - 1, month: 12, day: 28 });
  const weeks = Math.min(week, late.weekOfYear ?? 52) - 1;
  return early.subtract({ days: early.dayOfWeek - 1 }).add({ weeks });
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
