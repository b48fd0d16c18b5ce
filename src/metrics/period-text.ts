/** From what a person types to a period. */
import { Temporal } from "temporal-polyfill";
import { nearest } from "../commands/nearest.ts";
import { cleanText } from "../surveys/words.ts";
import {
  dayOf,
  FIRST_YEAR,
  type Period,
  type PeriodContext,
  periodOf,
  type Span,
} from "./period.ts";

/** Later years are a slip of the finger. */
export const LAST_YEAR = 2999;

/** A word that is echoed back is cut after this many characters. */
const LONGEST_ECHO = 40;

/** Why a text is no period. */
type PeriodProblem =
  | "unknown" // no word or form of ours
  | "no-such-date" // 30 February, week 54, month 13
  | "reversed" // the range ends before it begins
  | "out-of-range"; // a year before 1970 or after 2999

/** A period, or what was wrong with `word`, which is a person's own text, cleaned and cut. */
export type ParsedPeriod =
  | { readonly ok: true; readonly period: Period }
  | {
      readonly ok: false;
      readonly problem: PeriodProblem;
      readonly word: string;
      readonly nearest?: string;
    };

type Word = (today: Temporal.PlainDate) => Span;

/** Every word for a period. Dates have the forms of {@link parseDates}. */
const words: ReadonlyMap<string, Word> = new Map<string, Word>([
  ["today", (today) => days("day", today, 1)],
  ["yesterday", (today) => days("day", today.subtract({ days: 1 }), 1)],
  ["week", (today) => days("week", monday(today), 7)],
  ["last week", (today) => days("week", monday(today).subtract({ weeks: 1 }), 7)],
  ["month", (today) => months("month", today.with({ day: 1 }), 1)],
  ["last month", (today) => months("month", today.with({ day: 1 }).subtract({ months: 1 }), 1)],
  ["quarter", (today) => months("quarter", firstOfQuarter(today), 3)],
  ["year", (today) => months("year", today.with({ month: 1, day: 1 }), 12)],
  ["7d", (today) => lastDays(today, 7)],
  ["30d", (today) => lastDays(today, 30)],
  ["90d", (today) => lastDays(today, 90)],
  ["all", allTime],
]);

/** Every word for a period, as help texts list them. */
export const periodWords: readonly string[] = [...words.keys()];

/** The forms with a date, shown for the present date so that they can be tried as they are. */
export function periodExamples({ now, timeZone }: PeriodContext): string[] {
  const today = dayOf(now, timeZone);
  const { year, month } = today.toPlainYearMonth();
  const week = `${today.yearOfWeek}-W${String(today.weekOfYear).padStart(2, "0")}`;
  const first = today.with({ day: 1 });
  return [
    week,
    `${year}-${String(month).padStart(2, "0")}`,
    `${first}..${first.add({ months: 1 }).subtract({ days: 1 })}`,
  ];
}

/** Reads a period; nothing typed means this week. Upper case and spaces more or less do not matter. */
export function parsePeriod(text: string, context: PeriodContext): ParsedPeriod {
  const typed = text.slice(0, 200).normalize("NFKC").trim().toLowerCase().replace(/\s+/g, " ");
  const span = words.get(typed || "week")?.(dayOf(context.now, context.timeZone));
  const found = span ?? parseDates(typed) ?? "unknown";
  if (typeof found !== "string") return { ok: true, period: periodOf(found, context) };
  const near = found === "unknown" ? nearestPeriod(typed, context) : undefined;
  return {
    ok: false,
    problem: found,
    word: echo(text),
    ...(near === undefined ? {} : { nearest: near }),
  };
}

/** `2026-W40`, `2026-10`, `2026-10-01..2026-10-31`; undefined when the text has none of these forms. */
function parseDates(typed: string): Span | PeriodProblem | undefined {
  const week = /^(\d{4})-w(\d{2})$/.exec(typed);
  if (week) return weekOf(Number(week[1]), Number(week[2]));
  const month = /^(\d{4})-(\d{2})$/.exec(typed);
  if (month) return monthOf(Number(month[1]), Number(month[2]));
  const range = /^(\d{4}-\d{2}-\d{2}) ?\.\. ?(\d{4}-\d{2}-\d{2})$/.exec(typed);
  if (range) return rangeOf(range[1] ?? "", range[2] ?? "");
  return undefined;
}

function weekOf(year: number, week: number): Span | PeriodProblem {
  if (!isYear(year)) return "out-of-range";
  // 4 January is in week 1 of every year (ISO 8601).
  const first = monday(Temporal.PlainDate.from({ year, month: 1, day: 4 })).add({
    weeks: week - 1,
  });
  if (first.yearOfWeek !== year || first.weekOfYear !== week) return "no-such-date";
  return days("week", first, 7);
}

function monthOf(year: number, month: number): Span | PeriodProblem {
  if (!isYear(year)) return "out-of-range";
  return month >= 1 && month <= 12
    ? months("month", Temporal.PlainDate.from({ year, month, day: 1 }), 1)
    : "no-such-date";
}

/** Both days are in the range as a person types it. */
function rangeOf(from: string, to: string): Span | PeriodProblem {
  const first = realDate(from);
  const last = realDate(to);
  if (first === undefined || last === undefined) return "no-such-date";
  if (!isYear(first.year) || !isYear(last.year)) return "out-of-range";
  if (Temporal.PlainDate.compare(last, first) < 0) return "reversed";
  return days("days", first, first.until(last, { largestUnit: "days" }).days + 1);
}

function realDate(text: string): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" });
  } catch {
    return undefined; // 30 February
  }
}

function isYear(year: number): boolean {
  return year >= FIRST_YEAR && year <= LAST_YEAR;
}

function days(kind: Span["kind"], first: Temporal.PlainDate, count: number): Span {
  return { kind, step: { days: count }, first, until: first.add({ days: count }) };
}

function months(kind: Span["kind"], first: Temporal.PlainDate, count: number): Span {
  return { kind, step: { months: count }, first, until: first.add({ months: count }) };
}

/** The last `count` days up to now; today is one of them. */
function lastDays(today: Temporal.PlainDate, count: number): Span {
  return { ...days("days", today.subtract({ days: count - 1 }), count), untilNow: true };
}

function allTime(today: Temporal.PlainDate): Span {
  const first = Temporal.PlainDate.from({ year: FIRST_YEAR, month: 1, day: 1 });
  return { kind: "all", step: null, first, until: today.add({ days: 1 }) };
}

function monday(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.subtract({ days: day.dayOfWeek - 1 });
}

function firstOfQuarter(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.with({ month: day.month - ((day.month - 1) % 3), day: 1 });
}

function nearestPeriod(typed: string, context: PeriodContext): string | undefined {
  // A single day has no form of its own, but a range of one day says the same.
  if (/^\d{4}-\d{2}-\d{2}$/.test(typed) && realDate(typed)) return `${typed}..${typed}`;
  return nearest(typed, [...periodWords, ...periodExamples(context)]);
}

/** A person's own text, cleaned and cut; a mark tells when it was longer. */
function echo(text: string): string {
  const clean = cleanText(text, LONGEST_ECHO + 1).replace(/\s+/g, " ");
  const short = cleanText(clean, LONGEST_ECHO);
  return short.length < clean.length ? `${short}…` : short;
}
