/** Days of a time zone as `YYYY-MM-DD`, for what is asked of the same few days again and again. */
import { Temporal } from "temporal-polyfill";

const DAY_MS = 86_400_000;

/** So many beginnings of days are remembered. */
const MOST = 20_000;
const starts = new Map<string, number>();

/** When a day begins: its first midnight where the clock goes back over it. */
export function startOfDay(day: string, timeZone: string): Date {
  const key = `${day} ${timeZone}`;
  let start = starts.get(key);
  if (start === undefined) {
    start = Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds;
    if (starts.size >= MOST) starts.clear();
    starts.set(key, start);
  }
  return new Date(start);
}

/** The latest day that has begun at an instant. */
export function dayAt(instant: Date, timeZone: string): string {
  // No zone is a whole day before or behind UTC, and one has once left out a day.
  let day = nameOf(instant.getTime() + DAY_MS);
  while (startOfDay(day, timeZone) > instant) day = dayBefore(day);
  return day;
}

/** The first day that begins at an instant or later. */
export function dayFrom(instant: Date, timeZone: string): string {
  const day = dayAt(instant, timeZone);
  return startOfDay(day, timeZone) < instant ? dayAfter(day) : day;
}

/** The day after one. */
export function dayAfter(day: string): string {
  return nameOf(Date.parse(day) + DAY_MS);
}

function dayBefore(day: string): string {
  return nameOf(Date.parse(day) - DAY_MS);
}

/** The first of a month that is this day or later. */
export function monthFrom(day: string): string {
  if (day.endsWith("-01")) return day;
  const first = new Date(`${day.slice(0, -2)}01`);
  return nameOf(first.setUTCMonth(first.getUTCMonth() + 1));
}

function nameOf(utc: number): string {
  return new Date(utc).toISOString().slice(0, 10);
}
