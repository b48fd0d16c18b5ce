/** Periods in people's own words: the forms that each language's file of words lists. Pure. */
import type { Temporal } from "temporal-polyfill";
import type { Language } from "../locales/index.ts";
import type { Span } from "./period.ts";
import {
  allTime,
  days,
  daysBetween,
  firstOfQuarter,
  isoWeek,
  lastDays,
  monday,
  months,
  monthsFrom,
  oneDay,
  type SpanOrProblem,
  sinceDay,
  wholeYear,
} from "./period-spans.ts";
import { languagesFrom, wordsOf } from "./words/index.ts";
import {
  type FormName,
  formNames,
  type PhraseName,
  phraseNames,
  type UnitName,
  unitNames,
  type Words,
} from "./words/words.ts";

type Day = Temporal.PlainDate;

/** Reads a period that stands within another one: "since Monday", "from March to May". */
export type ReadInner = (text: string) => SpanOrProblem | undefined;

/** Longer ones are a slip of the finger. */
const MOST_DAYS = 3660;

/** Undefined when no language has such words. `typed` is folded (words/index.ts). */
export function readWords(
  typed: string,
  { today, language, inner }: { today: Day; language: Language; inner: ReadInner },
): SpanOrProblem | undefined {
  const all = languagesFrom(language).map(readyOf);
  // A phrase of any language means more than what a form of another makes of its letters.
  for (const each of all) {
    const phrase = spellings(each, typed).find((text) => each.phrases.has(text));
    const name = phrase === undefined ? undefined : each.phrases.get(phrase);
    if (name !== undefined) return phraseSpan(name, today);
  }
  for (const each of all) {
    const found = readIn(each, typed, today, inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** With and without what may stand before a period and says nothing. */
function spellings({ words, lead }: Ready, typed: string): string[] {
  const text = words.joined ? typed.replaceAll(" ", "") : typed;
  const bare = text.replace(lead, "");
  return [...new Set([text, bare, bare.replace(lead, "")])];
}

/** The calendar's own periods, by what they are called in English. */
function phraseSpan(name: PhraseName, today: Day): SpanOrProblem {
  switch (name) {
    case "today":
      return oneDay(today);
    case "yesterday":
      return oneDay(today.subtract({ days: 1 }));
    case "day before yesterday":
      return oneDay(today.subtract({ days: 2 }));
    case "all":
      return allTime(today);
    case "future":
      return "future";
    default: {
      const unit = unitNames.find((each) => name.endsWith(each)) ?? "week";
      return unitBefore(unit, name.startsWith("last ") ? 1 : 0, today);
    }
  }
}

/** A calendar unit: this one, or so many before it. */
function unitBefore(unit: UnitName, back: number, today: Day): Span {
  switch (unit) {
    case "day":
      return days("day", today.subtract({ days: back }), 1);
    case "week":
      return days("week", monday(today).subtract({ weeks: back }), 7);
    case "month":
      return months("month", today.with({ day: 1 }).subtract({ months: back }), 1);
    case "quarter":
      return months("quarter", firstOfQuarter(today).subtract({ months: 3 * back }), 3);
    case "year":
      return months("year", today.with({ month: 1, day: 1 }).subtract({ years: back }), 12);
  }
}

/** So many units up to now, today among them. */
function rolling(n: number, unit: UnitName, today: Day): SpanOrProblem | undefined {
  const first =
    unit === "quarter" ? today.subtract({ months: 3 * n }) : today.subtract({ [`${unit}s`]: n });
  const count = unit === "month" || unit === "quarter" || unit === "year";
  const length = count
    ? first.until(today, { largestUnit: "days" }).days
    : n * (unit === "week" ? 7 : 1);
  return n < 1 || length > MOST_DAYS ? undefined : lastDays(today, length);
}

interface Ready {
  readonly words: Words;
  readonly lead: RegExp;
  readonly phrases: ReadonlyMap<string, PhraseName>;
  readonly forms: readonly (readonly [FormName, readonly RegExp[]])[];
}

const made = new Map<Language, Ready>();

/** Patterns are made once a language. */
function readyOf(language: Language): Ready {
  const known = made.get(language);
  if (known !== undefined) return known;
  const words = wordsOf[language];
  const ready: Ready = {
    words,
    lead: new RegExp(`^${words.lead}`, "u"),
    phrases: new Map(
      phraseNames.flatMap((name) => words.phrases[name].map((text) => [text, name] as const)),
    ),
    forms: formNames.map((name) => {
      return [name, words.forms[name].map((form) => patternOf(form, words))] as const;
    }),
  };
  made.set(language, ready);
  return ready;
}

function patternOf(form: string, { months: named, weekdays, units, numbers }: Words): RegExp {
  const oneOf = (texts: readonly string[]) =>
    texts.toSorted((a, b) => b.length - a.length).join("|");
  const number = oneOf(Object.keys(numbers));
  const slots: Readonly<Record<string, string>> = {
    n: `(?<n>\\d{1,4}|${number})`,
    q: `(?<q>[1-4]|${number})`,
    w: "(?<w>\\d{1,2})",
    year: "(?<year>\\d{4})",
    month: `(?<month>${oneOf(named.flat())})\\.?`,
    weekday: `(?<weekday>${oneOf(weekdays.flat())})`,
    unit: `(?<unit>${oneOf(unitNames.flatMap((unit) => units[unit]))})`,
    x: "(?<x>.+?)",
    y: "(?<y>.+)",
  };
  const source = form.replace(/\{(\w+)\}/g, (whole, slot: string) => slots[slot] ?? whole);
  return new RegExp(`^(?:${source})$`, "u");
}

function readIn(
  ready: Ready,
  typed: string,
  today: Day,
  inner: ReadInner,
): SpanOrProblem | undefined {
  for (const each of spellings(ready, typed)) {
    for (const [name, patterns] of ready.forms) {
      for (const pattern of patterns) {
        const found = pattern.exec(each)?.groups;
        const span = found && readForm(name, found, ready.words, { today, inner });
        if (span !== undefined) return span;
      }
    }
  }
  return undefined;
}

type Groups = Readonly<Record<string, string | undefined>>;

function readForm(
  name: FormName,
  found: Groups,
  words: Words,
  { today, inner }: { today: Day; inner: ReadInner },
): SpanOrProblem | undefined {
  const { n = "1", q = "", w = "", month = "", weekday = "", x = "", y = "" } = found;
  const year = found.year === undefined ? undefined : Number(found.year);
  const count = words.numbers[n] ?? Number(n);
  const unit = unitOf(found, words);
  switch (name) {
    case "year":
      return wholeYear(Number(year));
    case "quarter": {
      const quarter = words.numbers[q] ?? Number(q);
      return quarter > 4 ? undefined : monthsFrom(3 * quarter - 2, 3, today, year);
    }
    case "week":
      return isoWeek(Number(w), today, year);
    case "month":
      return monthsFrom(indexOf(words.months, month), 1, today, year);
    case "monthLastYear":
      return monthsFrom(indexOf(words.months, month), 1, today, today.year - 1);
    case "weekday":
    case "lastWeekday": {
      const day = monday(today).add({ days: indexOf(words.weekdays, weekday) - 1 });
      const newest = name === "weekday" ? today : today.subtract({ days: 1 });
      const late = newest.until(day, { largestUnit: "days" }).days > 0;
      return oneDay(late ? day.subtract({ days: 7 }) : day);
    }
    case "ago":
      return unit && count >= 1 && count <= MOST_DAYS ? unitBefore(unit, count, today) : undefined;
    case "rolling":
      return unit && rolling(count, unit, today);
    case "range":
      return between(inner(x), inner(y));
    case "since":
      return since(inner(x), today);
  }
}

function unitOf({ unit = "", n }: Groups, { units }: Words): UnitName | undefined {
  if (unit === "") return n === undefined ? undefined : "day";
  // A pattern that looks behind itself is compared without what it looks at.
  return unitNames.find((name) =>
    units[name].some((each) => each.replace(/^\(\?<=.*?\)/u, "") === unit),
  );
}

/** From 1. */
function indexOf(lists: readonly (readonly string[])[], word: string): number {
  return lists.findIndex((list) => list.includes(word)) + 1;
}

function between(
  from: SpanOrProblem | undefined,
  to: SpanOrProblem | undefined,
): SpanOrProblem | undefined {
  if (from === undefined || to === undefined) return undefined;
  if (typeof from === "string") return from;
  if (typeof to === "string") return to;
  if (from.kind === "all" || to.kind === "all") return undefined;
  return daysBetween(from.first, to.until.subtract({ days: 1 }));
}

function since(from: SpanOrProblem | undefined, today: Day): SpanOrProblem | undefined {
  if (from === undefined || typeof from === "string") return from;
  // Since a row of days is nothing that anybody says: «с 1 по 14» are the days themselves.
  return from.kind === "all" || from.kind === "days" ? undefined : sinceDay(from.first, today);
}
