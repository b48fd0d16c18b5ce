/**
 * What is left of a command's words without its filters and its cut: a period, what it is compared
 * with, the command's own words, and what is searched for. Pure.
 */
import { type Language, languages } from "../../locales/index.ts";
import type { Period } from "../../metrics/period.ts";
import { previousPeriod, sameLastYear } from "../../metrics/period-steps.ts";
import { type ParsedPeriod, parsePeriod, type ReadingPeriod } from "../../metrics/period-text.ts";
import { folded, wordsOf } from "../../metrics/words/index.ts";
import type { Grammar, View } from "../view.ts";
import { anyOf, BEGINS, ENDS, segmentsOf } from "./filter-text.ts";
import { takeFlags } from "./flags.ts";

/** Where and when it is read, and in whose language first. */
export type Reading = ReadingPeriod & { readonly language: Language };

/** What the words say. */
export interface ReadWords extends Pick<View, "period" | "before" | "versus" | "flags" | "search"> {
  readonly ok: true;
}

/** What is wrong with them; `word` is a person's own text. */
export type WrongWords =
  | { readonly ok: false; readonly problem: "period"; readonly period: WrongPeriod }
  | {
      readonly ok: false;
      readonly problem: "no-versus" | "twice" | "versus-what";
      readonly word: string;
    };

/** What is wrong with a period. */
export type WrongPeriod = Extract<ParsedPeriod, { ok: false }>;

/** Reads what is left of the words of a command that searches for nothing. */
export function readRest(rest: string, grammar: Grammar, reading: Reading): ReadWords | WrongWords {
  const { flags, rest: others } = takeFlags(rest, grammar);
  const segments = segmentsOf(others);
  const compared = segments.map(splitVersus).filter((split) => split !== undefined);
  const words = segments.filter((each) => splitVersus(each) === undefined);
  const [first, ...more] = compared;
  if (first !== undefined && grammar.versus !== true)
    return { ok: false, problem: "no-versus", word: first.behind };
  if (first !== undefined && (more.length > 0 || splitVersus(first.behind) !== undefined))
    return { ok: false, problem: "twice", word: others };
  const before = first === undefined || first.before === "" ? words : [...words, first.before];
  const typed = before.join(" ").replaceAll(MARKS, "");
  const view =
    first === undefined ? plainPeriod(typed, reading) : versus(typed, first.behind, reading);
  return view.ok ? { ...view, flags, search: "" } : view;
}

/** What ends a sentence, or a part of one. */
const MARKS = /[,;!?，；！？。]+(?=\s|$)/gu;

type Periods = Pick<ReadWords, "ok" | "period" | "before" | "versus"> | WrongWords;

function plainPeriod(typed: string, reading: Reading): Periods {
  const parsed = parsePeriod(typed, reading);
  if (!parsed.ok) return { ok: false, problem: "period", period: parsed };
  const { period } = parsed;
  return { ok: true, period, before: previousPeriod(period, reading.now), versus: "before" };
}

const comparing = new RegExp(
  `${BEGINS}(?:${anyOf(({ versus: words }) => words)})(?:${ENDS}|(?<=\\.))\\s*[:：]?`,
  "iu",
);
const around = languages.flatMap((language) =>
  wordsOf[language].around.map(([before, after]) => new RegExp(`${before}(.+?)${after}`, "u")),
);

/** What stands before "vs" and behind it; undefined when it is not there. */
function splitVersus(text: string): { before: string; behind: string } | undefined {
  const [both] = around
    .map((pattern) => pattern.exec(text))
    .filter((match) => match !== null)
    .toSorted((a, b) => a.index - b.index);
  if (both !== undefined) {
    const rest = `${text.slice(0, both.index)} ${text.slice(both.index + both[0].length)}`;
    return { before: rest.trim(), behind: both[1]?.trim() ?? "" };
  }
  const found = comparing.exec(text);
  if (found === null) return undefined;
  const behind = text.slice(found.index + found[0].length).trim();
  return { before: text.slice(0, found.index).trim(), behind };
}

/**
 * The period may stand on either side: "week vs last", "vs last week", "vs last month this week".
 * Without one of its own "vs last month" compares this month with the one before.
 */
function versus(typed: string, behind: string, reading: Reading): Periods {
  const cuts = splitsOf(behind, MOST_WORDS);
  if (typed !== "") {
    const own = plainPeriod(typed, reading);
    return own.ok ? (compare(own.period, behind, reading) ?? notThere(behind, reading)) : own;
  }
  // "last" with a period behind it, before a period that begins with "last".
  for (const [target, rest] of cuts.filter(([target]) => isWordFor(target, "before"))) {
    const own = rest === "" ? undefined : plainPeriod(rest, reading);
    const found = own?.ok ? compare(own.period, target, reading) : undefined;
    if (found !== undefined) return found;
  }
  for (const [target, rest] of cuts) {
    const own = plainPeriod(rest, reading);
    const found = own.ok ? compare(own.period, target, reading) : undefined;
    if (found !== undefined) return found;
  }
  return notThere(behind, reading);
}

/** So many words are two periods at most; a page of them would be tried at each of its words. */
const MOST_WORDS = 20;

/** All ways to cut a text in two between its words, the longest first part first; none of a longer one. */
function splitsOf(text: string, most: number): [first: string, second: string][] {
  const spaces = [...text.matchAll(/\s+/gu)].map(({ index }) => index);
  if (spaces.length >= most) return [];
  return [text.length, ...spaces.toReversed()].map((at) => {
    return [text.slice(0, at).trim(), text.slice(at).trim()];
  });
}

function isWordFor(text: string, what: "before" | "sameLastYear"): boolean {
  const typed = folded(text);
  return languages.some((language) => wordsOf[language][what].includes(typed));
}

/** Undefined when the text says nothing that can be compared with. */
function compare(period: Period, target: string, reading: Reading): Periods | undefined {
  const { now } = reading;
  const before = previousPeriod(period, now);
  const yearBefore = sameLastYear(period, now);
  const asBefore = { ok: true, period, before, versus: "before" } as const;
  const asYearBefore = { ok: true, period, before: yearBefore, versus: "same-last-year" } as const;
  if (isWordFor(target, "before")) return asBefore;
  if (isWordFor(target, "sameLastYear")) return asYearBefore;
  const named = target === "" ? undefined : parsePeriod(target, reading);
  if (!named?.ok) return undefined;
  if (before !== null && isSame(named.period, before)) return asBefore;
  // Nobody compares a week with a whole year: "vs last year" is the same week of it.
  const lastYear = parsePeriod("last year", reading);
  const isLastYear = lastYear.ok && isSame(named.period, lastYear.period);
  if (isLastYear && period.kind !== "year" && period.kind !== "all" && !/\d/u.test(target))
    return asYearBefore;
  return { ok: true, period, before: named.period, versus: "period" };
}

function isSame(one: Period, other: Period): boolean {
  return one.start.getTime() === other.start.getTime() && one.end.getTime() === other.end.getTime();
}

function notThere(behind: string, reading: Reading): WrongWords {
  const parsed = behind === "" ? undefined : parsePeriod(behind, reading);
  if (parsed?.ok === false && parsed.problem !== "unknown")
    return { ok: false, problem: "period", period: parsed };
  return { ok: false, problem: "versus-what", word: behind };
}
