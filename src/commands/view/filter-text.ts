/**
 * The words by which a view is narrowed down and cut, as they are typed in any of our languages:
 * `for team:Billing tag:"late delivery" by channel`, «по командам», 按团队. Pure.
 */
import { type Language, languages } from "../../locales/index.ts";
import { type Cut, cuts, type FilterName, filterNames } from "../../metrics/filter.ts";
import { wordsOf } from "../../metrics/words/index.ts";
import type { Words } from "../../metrics/words/words.ts";

/** Stands where something was taken out, so that what was apart does not come together. */
export const GAP = "\n";

/** The parts of a text between what was taken out of it. */
export function segmentsOf(text: string): string[] {
  return text.split(GAP).flatMap((each) => each.trim() || []);
}

/** In quotes of any language; a name with spaces needs none when it is known. */
const QUOTED = /^["'“”„«‘‚「『](.*?)["'”“»’‘」』](?=\s|$)/su;

/** A filter as it was typed. */
export interface TypedFilter {
  readonly name: FilterName;
  readonly value: string;
}

/** One of each language's words, the longest that fits first, as the source of a pattern. */
export function anyOf(of: (words: Words) => readonly string[]): string {
  const all = languages.flatMap((language: Language) => of(wordsOf[language]));
  return [...new Set(all)]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.]/g, "\\.").replace(/ /g, "\\s+"))
    .join("|");
}

/** Letters of a language with spaces may not touch a word; Chinese ones may. */
export const BEGINS = "(?<![\\p{Script=Latin}\\p{Script=Cyrillic}\\p{N}_-])";
export const ENDS = "(?![\\p{Script=Latin}\\p{Script=Cyrillic}\\p{N}_-])";

const byName = new Map<FilterName, RegExp>(
  filterNames.map((name) => {
    const only = anyOf(({ only: words }) => words);
    const called = anyOf(({ cuts: words }) => words[name]);
    return [
      name,
      new RegExp(`${BEGINS}(?:(?:${only})\\s*)?${BEGINS}(?:${called})\\s*[:：]\\s*`, "iu"),
    ];
  }),
);

/** The filters that are in a text, with what stands behind the colon of the first of each. */
export function filtersIn(text: string): Map<FilterName, string> {
  return new Map(
    [...byName].flatMap(([name, begins]) => {
      const found = begins.exec(text);
      return found === null ? [] : [[name, text.slice(found.index + found[0].length)] as const];
    }),
  );
}

/** True when the text has a filter in it. */
export function hasFilter(text: string): boolean {
  return filtersIn(text).size > 0;
}

/** The names that each filter may have. */
export type KnownNames = { readonly [Name in FilterName]?: readonly string[] };

/**
 * Takes all filters out of a text. Of the names that one may have the longest that stands there is
 * meant, else one word.
 */
export function takeFilters(
  text: string,
  known: KnownNames,
): { readonly filters: readonly TypedFilter[]; readonly rest: string } {
  const filters: TypedFilter[] = [];
  let rest = text;
  for (;;) {
    const first = firstOf(rest);
    if (first === undefined) return { filters, rest };
    const behind = rest.slice(first.end);
    const { value, length } = readValue(behind, known[first.name] ?? []);
    filters.push({ name: first.name, value });
    rest = `${rest.slice(0, first.index)}${GAP}${behind.slice(length)}`;
  }
}

/** The first filter in the text. */
function firstOf(text: string): { name: FilterName; index: number; end: number } | undefined {
  const found = [...byName].flatMap(([name, begins]) => {
    const match = begins.exec(text);
    return match === null ? [] : [{ name, index: match.index, end: match.index + match[0].length }];
  });
  return found.toSorted((a, b) => a.index - b.index)[0];
}

function readValue(behind: string, known: readonly string[]): { value: string; length: number } {
  const [quoted, inside] = QUOTED.exec(behind) ?? [];
  if (quoted !== undefined && inside !== undefined)
    return { value: inside.trim(), length: quoted.length };
  // #help and help are one channel, @Anna and Anna one agent.
  const [sign = ""] = /^[#@]/u.exec(behind) ?? [];
  const bare = behind.slice(sign.length);
  const there = known
    .map((each) => each.replace(/^[#@]/u, ""))
    .filter((each) => {
      const typed = bare.slice(0, each.length).toLowerCase();
      return typed === each.toLowerCase() && endsThere(each, bare.slice(each.length));
    });
  const longest = there.reduce((best, each) => (each.length > best.length ? each : best), "");
  if (longest !== "") return { value: longest, length: sign.length + longest.length };
  const [word = ""] = /^[^\s]*/u.exec(behind) ?? [];
  return { value: word, length: word.length };
}

/** A name in Chinese letters needs no space behind it. */
function endsThere(name: string, behind: string): boolean {
  return (
    /^(?:\s|$)/u.test(behind) || (/\p{Script=Han}$/u.test(name) && /^\p{Script=Han}/u.test(behind))
  );
}

const cutPatterns: readonly (readonly [Cut, RegExp])[] = cuts.map((cut) => {
  const by = anyOf(({ by: words }) => words);
  const called = anyOf(({ cuts: words }) => words[cut]);
  return [cut, new RegExp(`${BEGINS}(?:${by})\\s*[:：]?\\s*(?:${called})${ENDS}`, "iu")];
});

/** Takes all cuts out of a text. */
export function takeCuts(text: string): { readonly cuts: readonly Cut[]; readonly rest: string } {
  const found: Cut[] = [];
  let rest = text;
  for (const [cut, pattern] of cutPatterns) {
    for (let match = pattern.exec(rest); match !== null; match = pattern.exec(rest)) {
      found.push(cut);
      rest = `${rest.slice(0, match.index)}${GAP}${rest.slice(match.index + match[0].length)}`;
    }
  }
  return { cuts: found, rest };
}
