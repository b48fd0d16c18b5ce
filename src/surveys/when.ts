/** Points in time as a person would say them. */
import type { Language } from "../locales/index.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * "in 10 seconds", "in 15 minutes", then the day and the time in the person's zone: "Monday, 3
 * November at 09:00".
 */
export function sayWhen(at: Date, now: Date, language: Language, timeZone: string): string {
  const wait = at.getTime() - now.getTime();
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "always" });
  if (wait < MINUTE_MS) return relative.format(Math.max(1, Math.ceil(wait / 1000)), "second");
  if (wait < HOUR_MS) return relative.format(Math.ceil(wait / MINUTE_MS), "minute");
  return new Intl.DateTimeFormat(language, {
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  }).format(at);
}
