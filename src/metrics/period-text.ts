/** From what a person types to a period, in any of our languages. Pure. */
import type { Temporal } from "temporal-polyfill";
import { nearest } from "../commands/nearest.ts";
import { type Language, languages } from "../locales/index.ts";
import { cleanText } from "../surveys/words.ts";
import { dayOf, type Period, type PeriodContext, periodOf } from "./period.ts";
import { readDates } from "./period-dates.ts";
import { readWords } from "./period-forms.ts";
import {
  daysBetween,
  isoWeek,
  monthsFrom,
  oneDay,
  type PeriodProblem,
  realDate,
  type SpanOrProblem,
  sinceDay,
  wholeYear,
} from "./period-spans.ts";
import { folded, wordsOf } from "./words/index.ts";
import { phraseNames } from "./words/words.ts";

/** A word that is echoed back is cut after this many characters. */
const LONGEST_ECHO = 40;

/** Longer texts are no periods. */
const LONGEST = 60;

/** Longer than anything that has happened on a chat platform. */
const MOST_DAYS = 3660;

/** A period, or what was wrong with `word`, which is a person's own text, cleaned and cut. */
export type ParsedPeriod =
  | { readonly ok: true; readonly period: Period }
  | {
      readonly ok: false;
      readonly problem: PeriodProblem;
      readonly word: string;
      readonly nearest?: string;
    };

/** Where and when it is read, and whose words come first. */
export interface ReadingPeriod extends PeriodContext {
  readonly language?: Language;
}

/** The words for a period that help texts list: each can be typed as it is. */
export const periodWords: readonly string[] = [
  ..."today,yesterday,week,last week,month,last month,quarter,last quarter,year,last year".split(
    ",",
  ),
  ..."7d,30d,90d,all".split(","),
];

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
export function parsePeriod(text: string, context: ReadingPeriod): ParsedPeriod {
  const typed = folded(text.slice(0, 200));
  const today = dayOf(context.now, context.timeZone);
  const found = readSpan(typed || "week", { today, language: context.language ?? "en" });
  if (typeof found !== "string") {
    const period = periodOf(found, context);
    if (period.start <= context.now) return { ok: true, period };
  }
  const problem = typeof found === "string" ? found : "future";
  const near = problem === "unknown" ? nearestPeriod(typed, context) : undefined;
  return {
    ok: false,
    problem,
    word: echo(text),
    ...(near === undefined ? {} : { nearest: near }),
  };
}

interface Reading {
  readonly today: Temporal.PlainDate;
  readonly language: Language;
}

function readSpan(typed: string, reading: Reading, within = false): SpanOrProblem {
  if (typed.length > LONGEST) return "unknown";
  // What is within a period has none within itself.
  const inner = (text: string) => {
    const found = within ? "unknown" : readSpan(text.trim(), reading, true);
    return found === "unknown" ? undefined : found;
  };
  return (
    readExact(typed, reading.today) ??
    readWords(typed, { ...reading, inner }) ??
    readDates(typed, reading) ??
    "unknown"
  );
}

/** `7d`, `2026`, `2026-W40`, `2026-10`, `2026-10-01`, `2026-10-01..2026-10-31`; undefined for others. */
function readExact(typed: string, today: Temporal.PlainDate): SpanOrProblem | undefined {
  const number = (text: string | undefined) => Number(text);
  const rolling = /^(\d{1,4}) ?(d|w)$/.exec(typed);
  if (rolling) {
    const count = number(rolling[1]) * (rolling[2] === "w" ? 7 : 1);
    if (count < 1 || count > MOST_DAYS) return undefined;
    return sinceDay(today.subtract({ days: count - 1 }), today);
  }
  const year = /^(\d{4})$/.exec(typed);
  if (year) return wholeYear(number(year[1]));
  const week = /^(\d{4})-w(\d{2})$/.exec(typed);
  if (week) return isoWeek(number(week[2]), today, number(week[1]));
  const month = /^(\d{4})-(\d{2})$/.exec(typed);
  if (month) return monthsFrom(number(month[2]), 1, today, number(month[1]));
  const [from, to, ...more] = typed.split("..");
  if (from === undefined || more.length > 0 || typed.includes("...")) return undefined;
  const first = readDay(from.trim());
  const last = to === undefined ? undefined : readDay(to.trim());
  if (first === undefined || (to !== undefined && last === undefined)) return undefined;
  if (first === "no-such-date" || last === "no-such-date") return "no-such-date";
  return last === undefined ? oneDay(first) : daysBetween(first, last);
}

/** `2026-10-01`, `2026/10/1`, `1.10.2026`: forms that everybody reads alike. */
function readDay(text: string): Temporal.PlainDate | "no-such-date" | undefined {
  const [, year, , month, day] = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(text) ?? [];
  if (year !== undefined)
    return realDate(Number(year), Number(month), Number(day)) ?? "no-such-date";
  const [, date, of, inYear] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text) ?? [];
  if (date === undefined) return undefined;
  return realDate(Number(inYear), Number(of), Number(date)) ?? "no-such-date";
}

/** One word that was mistyped is put right; else the nearest of all periods with a name. */
function nearestPeriod(typed: string, context: ReadingPeriod): string | undefined {
  const corrected = withOneWordRight(typed, context);
  if (corrected !== undefined) return corrected;
  const near = nearest(typed, [...periodWords, ...periodExamples(context)]);
  return near ?? nearest(typed, namedPeriods(context.language ?? "en"));
}

function namedPeriods(language: Language): string[] {
  const { phrases } = wordsOf[language];
  return phraseNames.filter((name) => name !== "future").flatMap((name) => phrases[name]);
}

/** "last 3 moths" → "last 3 months": only what is a period then. */
function withOneWordRight(typed: string, context: ReadingPeriod): string | undefined {
  const today = dayOf(context.now, context.timeZone);
  const words = typed.split(" ");
  if (words.length > MOST_WORDS) return undefined;
  for (const language of new Set([context.language ?? "en", "en"] as const)) {
    const known = vocabulary.get(language) ?? [];
    for (const [i, word] of words.entries()) {
      const near = known.includes(word) ? undefined : nearest(word, known);
      if (near === undefined) continue;
      const text = words.with(i, near).join(" ");
      if (typeof readSpan(text, { today, language }) !== "string") return text;
    }
  }
  return undefined;
}

/** More words than any period has. */
const MOST_WORDS = 8;

/** The words of which periods are made. */
function vocabularyOf(language: Language): string[] {
  const { joined, months, weekdays, units } = wordsOf[language];
  if (joined) return [];
  const named = namedPeriods(language).flatMap((name) => name.split(" "));
  const all = [...named, ...Object.values(units).flat(), ...months.flat(), ...weekdays.flat()];
  // Of three letters and fewer everything is near.
  return [...new Set(all)].filter((word) => word.length > 2);
}

const vocabulary = new Map(languages.map((language) => [language, vocabularyOf(language)]));

/** A person's own text, cleaned and cut; a mark tells when it was longer. */
function echo(text: string): string {
  const clean = cleanText(text, LONGEST_ECHO + 1).replace(/\s+/g, " ");
  const short = cleanText(clean, LONGEST_ECHO);
  return short.length < clean.length ? `${short}…` : short;
}
