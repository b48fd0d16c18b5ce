/** In which two time zones dates are told. Pure. */
import type { Language } from "../../locales/index.ts";

/** Where most readers of a language are, when nothing else is known. */
const usual: Readonly<Record<Language, string>> = {
  en: "America/New_York",
  ru: "Europe/Moscow",
  "zh-Hans": "Asia/Shanghai",
  "zh-Hant": "Asia/Taipei",
};

export interface ZonesKnown {
  readonly workspace: string;
  readonly reader: string | null;
  /** Those of the customers, the most frequent first. */
  readonly audience: readonly string[];
  readonly language: Language;
}

/** The workspace's, and another one: the reader's, else the most common one of those who are asked. */
export function twoZones({ workspace, reader, audience, language }: ZonesKnown): [string, string] {
  const others = [reader, ...audience, "UTC", usual[language]];
  const own = clockOf(workspace);
  const other = others.find((zone) => {
    const clock = zone === null ? undefined : clockOf(zone);
    return clock !== undefined && clock !== own;
  });
  return [workspace, other ?? "UTC"];
}

/** A day of winter and one of summer: zones of several names go by the same clock. */
const days = [new Date("2026-01-15T12:00:00Z"), new Date("2026-07-15T12:00:00Z")];

/** What the clocks of a zone show on both; `undefined` for what is no zone. */
function clockOf(timeZone: string): string | undefined {
  try {
    const format = new Intl.DateTimeFormat("en", {
      timeZone,
      dateStyle: "short",
      timeStyle: "short",
    });
    return days.map((day) => format.format(day)).join();
  } catch {
    return undefined;
  }
}

/** "Mon, 23 Nov, 09:00" in the reader's language; with the year when it is another one than now. */
export function sayMoment(at: Date, language: Language, timeZone: string, now: Date = at): string {
  const isOtherYear = at.getUTCFullYear() !== now.getUTCFullYear();
  return new Intl.DateTimeFormat(language, {
    ...{ weekday: "short", day: "numeric", month: "short" },
    ...(isOtherYear ? { year: "numeric" } : {}),
    ...{ hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone },
  }).format(at);
}

/** The day of a moment, to be compared: "11/23/2026". */
export function sayDay(at: Date, language: Language, timeZone: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "short", timeZone }).format(at);
}

/** "09:00". */
export function sayClock(at: Date, language: Language, timeZone: string): string {
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone } as const;
  return new Intl.DateTimeFormat(language, clock).format(at);
}

/** "America/New York"; UTC has several names. */
export function sayZone(timeZone: string): string {
  return timeZone.replace(/^Etc\/(UTC|GMT)$/u, "$1").replaceAll("_", " ");
}
