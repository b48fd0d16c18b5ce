/** Past moments and days as a reader says them. */
import type { Language } from "../locales/index.ts";

const styles = {
  moment: {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  },
  day: { day: "numeric", month: "short", year: "numeric" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** "Mon, Nov 16, 10:15" or "Nov 16, 2026" in the zone. */
export function sayMoment(
  at: Date,
  style: keyof typeof styles,
  language: Language,
  timeZone: string,
): string {
  const key = `${language}:${timeZone}:${style}`;
  const format =
    formats.get(key) ?? new Intl.DateTimeFormat(language, { timeZone, ...styles[style] });
  formats.set(key, format);
  return format.format(at);
}

/** Making a formatter takes longer than everything that it formats. */
const formats = new Map<string, Intl.DateTimeFormat>();
