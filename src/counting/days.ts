/** Which days are counted at once: those of one month at the most. Days are `YYYY-MM-DD`. */
import { Temporal } from "temporal-polyfill";

/** The days from `from` to before `until`, of the month of the first one. */
export function daysOfMonth(from: string, until: string): string[] {
  const first = Temporal.PlainDate.from(from);
  const end = earlier(Temporal.PlainDate.from(until), first.with({ day: 1 }).add({ months: 1 }));
  const length = Math.max(0, first.until(end).days);
  return Array.from({ length }, (_, i) => first.add({ days: i }).toString());
}

/** The day after one. */
export function dayAfter(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString();
}

function earlier(one: Temporal.PlainDate, other: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(one, other) < 0 ? one : other;
}
