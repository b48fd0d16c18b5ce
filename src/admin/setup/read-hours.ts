/** What somebody writes about hours: "9-17:30", "berlin", "25.12". Pure. */
import { nearest } from "../../commands/nearest.ts";

/** A stretch of a day as `HH:MM`; `undefined` for what is none. */
export function readHours(written: string): { from: string; to: string } | undefined {
  const text = written.normalize("NFKC").trim();
  const [, from = "", to = ""] =
    /^([\d:.hч]+)\s*(?:[-–—~〜至到]+|to|до)\s*([\d:.hч]+)$/iu.exec(text) ?? [];
  const [begin, end] = [readTime(from), readTime(to)];
  if (begin === undefined || end === undefined || begin >= end) return undefined;
  return { from: begin, to: end };
}

function readTime(text: string): string | undefined {
  const [, hour, minute = "00"] = /^(\d{1,2})(?:[:.hч](\d{2})?)?$/iu.exec(text) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined;
  return `${hour.padStart(2, "0")}:${minute}`;
}

/** A zone by its name or its city; `near`: what was perhaps meant by what is none. */
export function readZone(
  written: string,
): { readonly zone: string } | { readonly near: string | undefined } {
  const word = written.normalize("NFKC").trim().replace(/\s+/gu, "_");
  const all = ["UTC", ...Intl.supportedValuesOf("timeZone")];
  const same = all.find((each) => each.toLowerCase() === word.toLowerCase());
  if (same !== undefined) return { zone: same };
  const cities = all.filter((each) => cityOf(each) === word.toLowerCase());
  const [city] = cities;
  if (city !== undefined && cities.length === 1) return { zone: city };
  const older = olderName(word);
  if (older !== undefined) return { zone: older };
  const whole = nearest(word, all);
  const nearCity = nearest(word.toLowerCase(), all.map(cityOf));
  return { near: whole ?? all.find((each) => cityOf(each) === nearCity) };
}

function cityOf(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).toLowerCase();
}

/** Names that stand in no list any more and are still understood: `Asia/Calcutta`. */
function olderName(word: string): string | undefined {
  if (!/^[a-z]+\/[a-z_/+-]+$/iu.test(word)) return undefined;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: word }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** Days separated by commas or lines, as they were written; `undefined` when one is no day. */
export function readHolidays(written: string): string[] | undefined {
  const words = written
    .normalize("NFKC")
    .split(/[\s,;、，；]+/u)
    .filter((word) => word !== "");
  const days = [...new Set(words)].map(readDay);
  return days.every((day) => day !== undefined) ? days.sort() : undefined;
}

const LEAP_YEAR = 2024;

function readDay(word: string): string | undefined {
  const [, year, month, day] = /^(?:(\d{4})-)?(\d{1,2})-(\d{1,2})$/u.exec(word) ?? [];
  if (month === undefined || day === undefined) return undefined;
  const end = `${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const date = new Date(`${year ?? LEAP_YEAR}-${end}T00:00:00Z`);
  const isDay = !Number.isNaN(date.getTime()) && date.toISOString().slice(5, 10) === end;
  if (!isDay) return undefined;
  return year === undefined ? end : `${year}-${end}`;
}
