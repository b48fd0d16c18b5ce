/**
 * Reads one of several options out of a reply: its number in the order in which they are shown, or
 * its words in any of our languages. A clause counts only when it says nothing but that.
 */
import { canonical } from "../rights/canonical.ts";
import { consentAnswers, findChoice } from "./choice.ts";
import { type Clause, has, type Piece, type Span } from "./clauses.ts";
import type { Found } from "./comment.ts";
import { isCondition, isOrder, retracts } from "./doubt.ts";

/** An option and what it is called in all languages, in the order in which they are shown. */
export interface OptionWords {
  readonly key: string;
  readonly words: readonly string[];
}

/** The one option of a reply, and where it stands in the text. */
export interface OptionFound extends Found {
  readonly option: string;
}

type Reading =
  | { readonly kind: "option"; readonly key: string; readonly core: Span }
  /** A number of no option. */
  | { readonly kind: "bad" }
  | { readonly kind: "empty" }
  | { readonly kind: "other" };

/** Words that stand around the number of an option. */
const COUNTS = new Set(
  [
    ["option", "number", "answer", "choice", "no", "the"],
    ["вариант", "номер", "ответ", "пункт"],
    ["选", "选项", "第", "个", "项", "号", "答案"],
  ].flat(),
);

const DASH = /^[\p{Pd}−]$/u;

/** The option of a reply; "bad" when there is something like one that cannot be trusted. */
export function findOption(
  text: string,
  clauses: readonly Clause[],
  options: readonly OptionWords[],
): OptionFound | "bad" | undefined {
  const known = options.map(({ key, words }) => ({ key, words: new Set(words.map(canonical)) }));
  const whole = wholeOption(text, clauses, known);
  if (whole !== undefined) return whole;
  const readings = clauses.map((clause) => readClause(text, clause, known));
  if (readings.some(({ kind }) => kind === "bad")) return "bad";
  const found = readings.filter((reading) => reading.kind === "option");
  const [first] = found;
  if (first === undefined) return findPlain(clauses, options);
  const said = readings.map(({ kind }, i) => (kind === "empty" ? -1 : i)).filter((i) => i >= 0);
  const atEdge = [said.at(0), said.at(-1)].some((i) => readings[i ?? -1]?.kind === "option");
  const agree = found.every(({ key }) => key === first.key);
  const doubted = isOrder(clauses) || clauses.some((clause, i) => isDoubted(clause, readings[i]));
  if (!atEdge || !agree || doubted) return "bad";
  return {
    option: first.key,
    core: first.core,
    repeats: found.map(({ core }) => core),
    asides: clauses.filter((_, i) => readings[i]?.kind === "empty"),
  };
}

/** Its words may have a comma in them. */
function wholeOption(
  text: string,
  clauses: readonly Clause[],
  known: readonly Known[],
): OptionFound | undefined {
  const [only, another] = known.filter(({ words }) => words.has(canonical(text)));
  if (only === undefined || another !== undefined || clauses.some(({ asks }) => asks))
    return undefined;
  return { option: only.key, core: { start: 0, end: text.length }, repeats: [], asides: [] };
}

/** "Nope" and "да, конечно" where yes and no are among the options. */
function findPlain(
  clauses: readonly Clause[],
  options: readonly OptionWords[],
): OptionFound | "bad" | undefined {
  const yesOrNo = ["yes", "no"].every((wanted) => options.some(({ key }) => key === wanted));
  if (!yesOrNo) return undefined;
  const { yes, no } = consentAnswers;
  const found = findChoice(clauses, { yes: yes.slice(0, 1), partly: [], no: no.slice(0, 1) });
  return found === undefined || found === "bad" ? found : { ...found, option: found.score };
}

interface Known {
  readonly key: string;
  readonly words: ReadonlySet<string>;
}

function readClause(text: string, clause: Clause, known: readonly Known[]): Reading {
  const core = { start: clause.start, end: clause.end };
  const meant = (words: string) => known.filter((each) => each.words.has(words));
  const bare = withoutAsides(clause.pieces);
  const [first, last] = [bare.at(0), bare.at(-1)];
  if (first === undefined || last === undefined) {
    const [own] = meant(canonical(text.slice(core.start, core.end)));
    return own === undefined ? { kind: "empty" } : { kind: "option", key: own.key, core };
  }
  for (const [start, end] of [
    [core.start, core.end],
    [first.start, last.end],
  ] as const) {
    const [option, another] = meant(canonical(text.slice(start, end)));
    if (option !== undefined && another === undefined)
      return { kind: "option", key: option.key, core };
  }
  return readNumber(bare, known, core);
}

/** "2", "option 2", "第二个": the place in the order in which they are shown. */
function readNumber(pieces: readonly Piece[], known: readonly Known[], core: Span): Reading {
  // A sign that is neither "#" nor a quote makes another number of it: "-1".
  if (pieces.some(({ kind, text }) => kind === "mark" && DASH.test(text))) return { kind: "other" };
  const said = pieces.filter(({ kind, text }) => kind !== "mark" && !COUNTS.has(text));
  const [number, ...more] = said;
  if (number?.kind !== "number" || more.length > 0) return { kind: "other" };
  const option = known[number.value - 1];
  return option === undefined ? { kind: "bad" } : { kind: "option", key: option.key, core };
}

/** "It was just too expensive, sorry". */
function withoutAsides(pieces: readonly Piece[]): readonly Piece[] {
  const isAside = (piece: Piece) =>
    has(piece, "fill", "link", "feel", "give") && !has(piece, "doubt");
  const from = pieces.findIndex((piece) => !isAside(piece));
  return from === -1
    ? []
    : pieces.slice(from, pieces.findLastIndex((piece) => !isAside(piece)) + 1);
}

function isDoubted({ pieces, asks }: Clause, reading: Reading | undefined): boolean {
  if (reading?.kind === "option") return asks;
  return retracts(pieces) || isCondition(pieces);
}
