/** The words of a command that searches: what else was typed stands at their beginning or end. Pure. */
import type { Period } from "../../metrics/period.ts";
import { previousPeriod } from "../../metrics/period-steps.ts";
import { parsePeriod } from "../../metrics/period-text.ts";
import { folded } from "../../metrics/words/index.ts";
import type { Grammar } from "../view.ts";
import { GAP, segmentsOf } from "./filter-text.ts";
import { flagsOf, inOrder } from "./flags.ts";
import type { Reading, ReadWords, WrongWords } from "./text.ts";

/** Nothing in quotes is anything else than searched for. */
const QUOTES = /["“”„«「『]([^"“”„»」』\n]+)["“”»」』]/gu;

/**
 * Words that are periods by themselves but far more often are not when somebody searches. Those for
 * all time are periods when nothing else is there.
 */
const AMBIGUOUS = new Set(
  [
    "may",
    "march",
    "mar",
    "sun",
    "jan",
    "dec",
    "all",
    "ever",
    "always",
    "everything",
    "forever",
  ].concat([
    "все",
    "год",
    "года",
    "месяц",
    "месяца",
    "день",
    "неделя",
    "мая",
    "всего",
    "所有",
    "全部",
  ]),
);

/**
 * The command's own words and a period are at the beginning or the end of what was typed; what stands
 * between them is searched for. Without a period it is this week.
 */
export function readSearch(
  rest: string,
  grammar: Grammar,
  reading: Reading,
): ReadWords | WrongWords {
  const read = readSearched(rest, grammar, reading);
  if (!read.ok) return read;
  const period = read.period ?? weekOf(reading);
  return { ...read, period, before: previousPeriod(period, reading.now), versus: "before" };
}

/** The words as they are: no period where none was typed. */
export function readSearched(
  rest: string,
  grammar: Grammar,
  reading: Reading,
): SearchedWords | WrongWords {
  const quotes: string[] = [];
  const bare = rest.replace(QUOTES, (_, inside: string) => {
    quotes.push(inside.trim());
    return GAP;
  });
  const known = flagsOf(grammar);
  const flags = new Set<string>();
  let period: Period | undefined;
  const segments = segmentsOf(bare);
  const isAlone = segments.length === 1 && quotes.length === 0;
  const searched = segments.map((segment) => {
    let words = segment.split(/\s+/u);
    for (;;) {
      const taken: Taken | undefined =
        takeFlag(words, known) ??
        (period === undefined ? takePeriod(words, reading, isAlone) : undefined);
      if (taken === undefined) return words.join(" ");
      if ("flag" in taken) flags.add(taken.flag);
      else period = taken.period;
      words = taken.words;
    }
  });
  const wrong = period ?? wrongAlone(searched, quotes, reading);
  if (wrong !== undefined && "ok" in wrong) return wrong;
  const phrases = quotes.map((each) => (/\s/u.test(each) ? `"${each}"` : each));
  const search = [...searched, ...phrases].filter((each) => each !== "").join(" ");
  return { ok: true, period, flags: inOrder(flags, grammar), search };
}

/** What was typed to be searched for. */
export interface SearchedWords extends Pick<ReadWords, "ok" | "flags" | "search"> {
  readonly period: Period | undefined;
}

type Taken =
  | { readonly words: string[]; readonly flag: string }
  | { readonly words: string[]; readonly period: Period };

function takeFlag(words: readonly string[], known: ReadonlyMap<string, string>): Taken | undefined {
  const first = known.get(folded(words[0] ?? ""));
  if (first !== undefined) return { flag: first, words: words.slice(1) };
  const last = known.get(folded(words.at(-1) ?? ""));
  return last === undefined ? undefined : { flag: last, words: words.slice(0, -1) };
}

/** So many words are a period at most: "from October 1st to October 14th". */
const LONGEST = 6;

function takePeriod(
  words: readonly string[],
  reading: Reading,
  isAlone: boolean,
): Taken | undefined {
  for (let n = Math.min(LONGEST, words.length); n > 0; n--) {
    for (const [from, to] of [
      [0, n],
      [words.length - n, words.length],
    ] as const) {
      const text = words.slice(from, to).join(" ");
      const parsed = parsePeriod(text, reading);
      const isAll = parsed.ok && parsed.period.kind === "all" && isAlone && n === words.length;
      if (AMBIGUOUS.has(folded(text)) && !isAll) continue;
      if (parsed.ok) {
        return { period: parsed.period, words: [...words.slice(0, from), ...words.slice(to)] };
      }
    }
  }
  return undefined;
}

/** A date that there is not, or a week to come, is told rather than searched for. */
function wrongAlone(
  searched: readonly string[],
  quotes: readonly string[],
  reading: Reading,
): WrongWords | undefined {
  const text = searched.join(" ").trim();
  if (text === "" || quotes.length > 0) return undefined;
  const parsed = parsePeriod(text, reading);
  if (parsed.ok || parsed.problem === "unknown") return undefined;
  return { ok: false, problem: "period", period: parsed };
}

function weekOf(reading: Reading): Period {
  const week = parsePeriod("week", reading);
  if (!week.ok) throw new Error("there is no week any more");
  return week.period;
}
