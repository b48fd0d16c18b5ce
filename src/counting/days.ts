/** Which days are counted at once. Days are `YYYY-MM-DD`. */
import { Temporal } from "temporal-polyfill";

/** Nobody's history is longer; a date that somebody mistyped is not looked for day by day. */
const MOST_DAYS = 3660;

/**
 * The days from `from` to before `until`: whole months as long as no more than can be counted at once
 * lies before `busy`, or all of them when that is null; in any case the rest of the first month.
 */
export function daysAtOnce(from: string, until: string, busy: string | null): string[] {
  const first = Temporal.PlainDate.from(from);
  const nextMonth = first.with({ day: 1 }).add({ months: 1 });
  const quiet = busy === null ? undefined : Temporal.PlainDate.from(busy).with({ day: 1 });
  const wanted = quiet === undefined ? Temporal.PlainDate.from(until) : later(quiet, nextMonth);
  const end = earlier(
    earlier(Temporal.PlainDate.from(until), wanted),
    first.add({ days: MOST_DAYS }),
  );
  const length = Math.max(0, first.until(end).days);
  return Array.from({ length }, (_, i) => first.add({ days: i }).toString());
}

function later(one: Temporal.PlainDate, other: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(one, other) < 0 ? other : one;
}

/** The day after one. */
export function dayAfter(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString();
}

function earlier(one: Temporal.PlainDate, other: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(one, other) < 0 ? one : other;
}
