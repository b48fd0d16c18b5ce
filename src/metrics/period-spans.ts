/** The days of periods, before they become instants. Pure. */
import { Temporal } from "temporal-polyfill";
import { FIRST_YEAR, type Span } from "./period.ts";

/** Later years are a slip of the finger. */
export const LAST_YEAR = 2999;

/** Why a text is no period. */
export type PeriodProblem =
  | "unknown" // no word or form of ours
  | "no-such-date" // 30 February, week 54, month 13
  | "reversed" // the range ends before it begins
  | "out-of-range" // a year before 1970 or after 2999
  | "future"; // it has not begun

export type SpanOrProblem = Span | PeriodProblem;

type Day = Temporal.PlainDate;

export function days(kind: Span["kind"], first: Day, count: number): Span {
  return { kind, step: { days: count }, first, until: first.add({ days: count }) };
}

export function months(kind: Span["kind"], first: Day, count: number): Span {
  return { kind, step: { months: count }, first, until: first.add({ months: count }) };
}

/** The last `count` days up to now; today is one of them. */
export function lastDays(today: Day, count: number): Span {
  return { ...days("days", today.subtract({ days: count - 1 }), count), untilNow: true };
}

/** From a day up to now. */
export function sinceDay(first: Day, today: Day): SpanOrProblem {
  const count = first.until(today, { largestUnit: "days" }).days + 1;
  if (count < 1) return "future";
  return isYear(first.year) ? lastDays(today, count) : "out-of-range";
}

export function allTime(today: Day): Span {
  const first = Temporal.PlainDate.from({ year: FIRST_YEAR, month: 1, day: 1 });
  return { kind: "all", step: null, first, until: today.add({ days: 1 }) };
}

export function monday(day: Day): Day {
  return day.subtract({ days: day.dayOfWeek - 1 });
}

export function firstOfQuarter(day: Day): Day {
  return day.with({ month: day.month - ((day.month - 1) % 3), day: 1 });
}

/** The ISO 8601 week; of the newest year in which it has begun when none is named. */
export function isoWeek(week: number, today: Day, year?: number): SpanOrProblem {
  if (year === undefined) {
    const own = today.yearOfWeek ?? today.year;
    const first = isoWeek(week, today, own);
    const begun = typeof first !== "string" && Temporal.PlainDate.compare(first.first, today) <= 0;
    return begun ? first : isoWeek(week, today, own - 1);
  }
  if (!isYear(year)) return "out-of-range";
  // 4 January is in week 1 of every year.
  const first = monday(Temporal.PlainDate.from({ year, month: 1, day: 4 })).add({
    weeks: week - 1,
  });
  if (first.yearOfWeek !== year || first.weekOfYear !== week) return "no-such-date";
  return days("week", first, 7);
}

/** `count` months from one on, a month or a quarter; of the newest year in which it has begun. */
export function monthsFrom(month: number, count: 1 | 3, today: Day, year?: number): SpanOrProblem {
  if (month < 1 || month > 12) return "no-such-date";
  const named = year ?? (month > today.month ? today.year - 1 : today.year);
  if (!isYear(named)) return "out-of-range";
  const first = Temporal.PlainDate.from({ year: named, month, day: 1 });
  return months(count === 1 ? "month" : "quarter", first, count);
}

export function wholeYear(year: number): SpanOrProblem {
  if (!isYear(year)) return "out-of-range";
  return months("year", Temporal.PlainDate.from({ year, month: 1, day: 1 }), 12);
}

/** Both days are in the range as a person types it. */
export function daysBetween(first: Day, last: Day): SpanOrProblem {
  if (!isYear(first.year) || !isYear(last.year)) return "out-of-range";
  if (Temporal.PlainDate.compare(last, first) < 0) return "reversed";
  return days("days", first, first.until(last, { largestUnit: "days" }).days + 1);
}

export function oneDay(day: Day): SpanOrProblem {
  return isYear(day.year) ? days("day", day, 1) : "out-of-range";
}

/** Undefined for 30 February. */
export function realDate(year: number, month: number, day: number): Day | undefined {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: "reject" });
  } catch {
    return undefined;
  }
}

function isYear(year: number): boolean {
  return year >= FIRST_YEAR && year <= LAST_YEAR;
}
