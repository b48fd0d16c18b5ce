/**
 * The options of a choice as lines, one area for each language. Answers refer to an option by its key:
 * a line keeps the key of the option that it was, and where it is not plain which one that is, it is
 * asked and never guessed. Pure.
 */
import type { ChoiceOption } from "../../surveys/survey.ts";
import type { PendingOptions } from "./content.ts";

/** What Discord's select holds. */
export const MAX_OPTIONS = 25;
/** The label of a button on every platform. */
export const MAX_OPTION = 75;
const MIN_OPTIONS = 2;

export type Rows = PendingOptions["rows"];

/** Why lines cannot be the options, and of which language. */
export interface LinesProblem {
  readonly language: string;
  readonly problem:
    | { readonly code: "few" }
    | { readonly code: "many"; readonly n: number }
    | { readonly code: "count"; readonly n: number; readonly wanted: number }
    | { readonly code: "twice"; readonly line: number }
    | { readonly code: "long"; readonly line: number; readonly n: number }
    | { readonly code: "mixed"; readonly line: number };
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => !isBlank(line));
}

/** True for what nobody would see: spaces and characters without a shape. */
export function isBlank(text: string): boolean {
  return text.replace(/[\p{Z}\p{C}\s]/gu, "") === "";
}

/**
 * The lines of all languages as rows, each with the key of the option it was: by a line that is the same
 * as before in one language at least. null: it is none of them, as it stands. A language without lines
 * has no words.
 */
export function matchRows(
  before: readonly ChoiceOption[],
  texts: Readonly<Record<string, string>>,
): { readonly rows: Rows } | { readonly problems: readonly LinesProblem[] } {
  const lines = Object.entries(texts)
    .map(([language, text]) => [language, linesOf(text)] as const)
    .filter(([, each]) => each.length > 0);
  const wanted = lines[0]?.[1].length ?? 0;
  const problems = lines.flatMap(([language, each]) => linesProblem(language, each, wanted));
  const [first] = Object.keys(texts);
  if (lines.length === 0 && first !== undefined)
    return { problems: [{ language: first, problem: { code: "few" } }] };
  if (problems.length > 0) return { problems };
  const rows = Array.from({ length: wanted }, (_, i) =>
    Object.fromEntries(lines.map(([language, each]) => [language, each[i] ?? ""])),
  );
  return keyed(before, rows);
}

function linesProblem(language: string, lines: readonly string[], wanted: number): LinesProblem[] {
  const found = (problem: LinesProblem["problem"]) => [{ language, problem }];
  if (lines.length < MIN_OPTIONS) return found({ code: "few" });
  if (lines.length > MAX_OPTIONS) return found({ code: "many", n: lines.length });
  if (lines.length !== wanted) return found({ code: "count", n: lines.length, wanted });
  const long = lines.findIndex((line) => [...line].length > MAX_OPTION);
  if (long >= 0) return found({ code: "long", line: long + 1, n: [...(lines[long] ?? "")].length });
  const same = lines.map(plain);
  const twice = same.findIndex((line, i) => same.indexOf(line) < i);
  return twice < 0 ? [] : found({ code: "twice", line: twice + 1 });
}

function keyed(
  before: readonly ChoiceOption[],
  rows: readonly Readonly<Record<string, string>>[],
): { readonly rows: Rows } | { readonly problems: readonly LinesProblem[] } {
  const made: Rows = [];
  for (const [i, words] of rows.entries()) {
    const were = Object.entries(words).flatMap(([language, line]) => {
      const option = before.find(({ wording }) => plain(wording[language] ?? "") === plain(line));
      return option === undefined ? [] : [{ language, key: option.key }];
    });
    const [key, other] = [...new Set(were.map((each) => each.key))];
    const mixed = other === undefined ? undefined : were.find((each) => each.key === other);
    if (mixed !== undefined)
      return { problems: [{ language: mixed.language, problem: { code: "mixed", line: i + 1 } }] };
    const taken = made.some((row) => row.key !== null && row.key === key);
    made.push({ key: taken ? null : (key ?? null), words });
  }
  return { rows: made };
}

/** The same words, whatever the case, the spaces and the signs between them. */
export function plain(text: string): string {
  const bare = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\p{Z}\p{C}\p{P}\s]+/gu, " ")
    .trim();
  // Of signs and emoji alone they are what counts.
  return bare === "" ? text.trim() : bare;
}

/** Options that no row is any more: one of them may be what an unclear row says in other words. */
export function missingOptions(before: readonly ChoiceOption[], rows: Rows): ChoiceOption[] {
  return before.filter(({ key }) => !rows.some((row) => row.key === key));
}

/** The first row of which it is not clear what it is; `undefined`: all are. */
export function unclearRow(before: readonly ChoiceOption[], rows: Rows): Rows[number] | undefined {
  if (missingOptions(before, rows).length === 0) return undefined;
  return rows.find(({ key }) => key === null);
}

/** The first unclear row is this option in other words; null: a new answer, with a key of its own. */
export function settleRow(rows: Rows, key: string): Rows {
  const at = rows.findIndex((row) => row.key === null);
  return rows.map((row, i) => (i === at ? { ...row, key } : row));
}

/**
 * The options that the rows say. Words in languages that no area was shown for stay; `shown`: those of
 * the areas, in which a language without lines has no words any more.
 */
export function optionsOf(
  before: readonly ChoiceOption[],
  rows: Rows,
  shown: readonly string[],
  newKey: (words: Readonly<Record<string, string>>, taken: ReadonlySet<string>) => string,
): ChoiceOption[] {
  const taken = new Set([...before.map(({ key }) => key), ...rows.flatMap(({ key }) => key ?? [])]);
  return rows.map(({ key, words }) => {
    const was = before.find((option) => option.key === key);
    const others = Object.entries(was?.wording ?? {}).filter(([each]) => !shown.includes(each));
    const own = key ?? newKey(words, taken);
    taken.add(own);
    return { ...was, key: own, wording: { ...Object.fromEntries(others), ...words } };
  });
}

/** A key out of the words where they are Latin ones, else a number; never one that was used before. */
export function optionKey(
  words: Readonly<Record<string, string>>,
  taken: ReadonlySet<string>,
  longest: number,
): string {
  const said = words.en ?? Object.values(words)[0] ?? "";
  const slug = said
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, "-")
    .replace(/^[^a-z]+/u, "")
    .slice(0, Math.max(1, longest - 3))
    .replace(/-+$/u, "");
  const base = slug.length < 2 ? "o" : slug;
  if (base !== "o" && !taken.has(base)) return base;
  for (let n = 1; ; n += 1) {
    const key = base === "o" ? `o${n}` : `${base}-${n + 1}`;
    if (!taken.has(key)) return key;
  }
}
