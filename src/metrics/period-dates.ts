/** Dates as people write them that no form of ours says: "October 3rd", «с 1 по 14 октября». Pure. */
import { strict as english, type ParsedResult } from "chrono-node/en";
import { strict as russian } from "chrono-node/ru";
import { hans, hant } from "chrono-node/zh";
import { Temporal } from "temporal-polyfill";
import type { Language } from "../locales/index.ts";
import { daysBetween, oneDay, realDate, type SpanOrProblem } from "./period-spans.ts";
import { languagesFrom } from "./words/index.ts";

/** Strict ones guess nothing: "may" is a verb to them, and "sat" was a seat. */
const parsers: Readonly<Record<Language, Pick<typeof english, "parse">>> = {
  en: english,
  ru: russian,
  "zh-Hans": hans.strict,
  "zh-Hant": hant.strict,
};

/** A day, or the days between two; undefined unless the whole text says so and names no hour. */
export function readDates(
  typed: string,
  { today, language }: { readonly today: Temporal.PlainDate; readonly language: Language },
): SpanOrProblem | undefined {
  // Numbers alone are read by forms of ours: 1/2 is a day in January to some, in February to others.
  if (!/\p{L}/u.test(typed)) return undefined;
  for (const each of languagesFrom(language)) {
    const found = readIn(each, typed, today);
    if (found !== undefined) return found;
  }
  return undefined;
}

function readIn(
  language: Language,
  typed: string,
  today: Temporal.PlainDate,
): SpanOrProblem | undefined {
  // Chrono reckons in the machine's own zone, so the workspace's day is given as if it were its day.
  const reference = new Date(today.year, today.month - 1, today.day, 12);
  const [result, ...more] = parsers[language].parse(typed, reference);
  if (result === undefined || more.length > 0 || !isAllOf(typed, result.text)) return undefined;
  const first = dayOf(result.start);
  if (result.end === null || result.end === undefined) {
    return first && oneDay(notLater(first, result.start, today));
  }
  const last = dayOf(result.end);
  if (first === undefined || last === undefined) return undefined;
  const end = notLater(last, result.end, today);
  const start = notLater(first, result.start, today);
  return daysBetween(start, end);
}

const LEAD = /^(?:on|in|from|the|в|во|за) /u;

function isAllOf(typed: string, read: string): boolean {
  const bare = (text: string) => text.replace(LEAD, "").replace(LEAD, "").replaceAll(" ", "");
  return bare(typed) === bare(read);
}

type Components = ParsedResult["start"];

/** Undefined when only an hour was said, or no day. */
function dayOf(said: Components): Temporal.PlainDate | undefined {
  if (said.isCertain("hour") || !said.isCertain("day") || !said.isCertain("month"))
    return undefined;
  const [year, month, day] = [said.get("year"), said.get("month"), said.get("day")];
  if (year === null || month === null || day === null) return undefined;
  return realDate(year, month, day);
}

/** A date without a year is the newest one. */
function notLater(
  day: Temporal.PlainDate,
  said: Components,
  today: Temporal.PlainDate,
): Temporal.PlainDate {
  const late = !said.isCertain("year") && Temporal.PlainDate.compare(day, today) > 0;
  return late ? day.subtract({ years: 1 }) : day;
}
