/** The answers to words that ask for nothing that there is: what is wrong, the nearest, an example. */
import { type Language, textsFor } from "../../locales/index.ts";
import type { Cut, FilterName } from "../../metrics/filter.ts";
import { parsePeriod, periodWords } from "../../metrics/period-text.ts";
import { languagesFrom, wordsOf } from "../../metrics/words/index.ts";
import type { Message, Part } from "../../platform.ts";
import { nearest } from "../nearest.ts";
import type { Grammar } from "../view.ts";
import { apart, elsewhere } from "./elsewhere.ts";
import { quoted } from "./filter.ts";
import { cutWords, filterWord, takes } from "./grammar-words.ts";
import type { NearestFilter } from "./parts.ts";
import { periodRefusal } from "./period.ts";
import type { WrongPeriod, WrongWords } from "./text.ts";

/** How many names a refusal lists. */
const LISTED = 20;

/** What a refusal is written for. */
export interface Refusing {
  readonly language: Language;
  readonly now: Date;
  readonly timeZone: string;
  readonly grammar: Grammar;
  /** A team of this workspace, for an example that works as it stands. */
  readonly team: string | undefined;
}

/** A cut that this command does not have. */
export function cutRefusal(cut: Cut, about: Refusing): Message {
  const texts = textsFor(about.language);
  const called = wordsOf[about.language].cuts[cut][0] ?? cut;
  return said(about, texts.text("view.no-cut", { cut: called }), {});
}

/** A filter that this command does not have. */
export function filterKindRefusal(name: FilterName, about: Refusing): Message {
  const texts = textsFor(about.language);
  const filter = filterWord(name, about.language);
  return said(about, texts.text("view.no-filter", { filter }), {});
}

/** A name that nothing has, with the nearest and those that there are. */
export function nameRefusal(
  { problem, name, word, nearest: near, known }: NearestFilter,
  about: Refusing,
): Message {
  const texts = textsFor(about.language);
  const several = problem === "several-names";
  const unknown = known.length === 0 ? "filter.none" : "filter.unknown";
  const text = several ? texts.text("filter.several") : texts.text(unknown, { kind: name });
  const names = known.slice(0, LISTED).map(({ label }) => quoted(label));
  const list =
    names.length === 0 ? undefined : texts.text("filter.list", { names: names.join(" · ") });
  const meant = near === undefined ? undefined : `${name}:${quoted(near)}`;
  return message(about.language, text, { word, meant, notes: list === undefined ? [] : [list] });
}

/** What is left of the words and says nothing. */
export function wordsRefusal(wrong: WrongWords, about: Refusing): Message {
  const { language } = about;
  const texts = textsFor(language);
  if (wrong.problem !== "period") {
    const text = texts.text(`view.${wrong.problem}`);
    if (wrong.problem === "no-versus") return said(about, text, {});
    const near = nearest(wrong.word, ["last", "same last year", ...periodWords]);
    const meant = wrong.problem === "twice" || near === undefined ? undefined : `vs ${near}`;
    return said(about, text, { word: wrong.word.replace(/\s+/gu, " ").trim(), meant });
  }
  const { problem } = wrong.period;
  if (problem !== "unknown") return periodRefusal(wrong.period, about);
  const { period, word } = withoutPeriod(apart(wrong.period.word), about);
  const other = elsewhere(word, about.grammar);
  if (other !== undefined) {
    const meant = [other.command, period].filter((each) => each !== "").join(" ");
    const text = texts.text("view.elsewhere", { command: other.name });
    return message(language, text, { word: other.word, meant, notes: [] });
  }
  if (period !== "" && parsePeriod(word, about).ok)
    return said(about, texts.text("view.twice"), { word: `${period} ${word}` });
  // That "week" is near "week asdf" says nothing.
  const near = wrong.period.nearest === period ? undefined : wrong.period.nearest;
  if (near !== undefined || /\d/u.test(word) || Object.keys(about.grammar).length === 0)
    return periodRefusal({ ...problemOf(wrong.period), ...(near && { nearest: near }) }, about);
  return said(about, texts.text("view.no-such-word"), { word, meant: nearestWord(word, about) });
}

function problemOf({ nearest: _, ...problem }: WrongPeriod): Omit<WrongPeriod, "nearest"> {
  return problem;
}

/** What stands before or behind the longest period in a text: "week hihg" → "hihg". */
function withoutPeriod(text: string, about: Refusing): { period: string; word: string } {
  const words = text.split(/\s+/u);
  for (let n = words.length - 1; n > 0; n--) {
    for (const from of [0, words.length - n]) {
      const period = words.slice(from, from + n).join(" ");
      if (!parsePeriod(period, about).ok) continue;
      return { period, word: [...words.slice(0, from), ...words.slice(from + n)].join(" ") };
    }
  }
  return { period: "", word: text };
}

/** "by taem" → "by team", "teem:" → "team:Billing", "verus" → "vs last"; in the language of the word. */
function nearestWord(text: string, { grammar, language, team }: Refusing): string | undefined {
  const by = /^(?:by|per|по|按照?|依照?)\s*(\S+)/iu.exec(text)?.[1];
  if (by !== undefined && grammar.cuts !== undefined)
    return within(by, grammar.cuts, language, cutWords);
  const shown = (name: FilterName, of: Language, value: string) => {
    const some = name === "team" && team !== undefined ? quoted(team) : "…";
    return `${filterWord(name, of)}${value || some}`;
  };
  const [, kind, value = ""] = /^(?:for |для )?(\S+?)\s*[:：]\s*(\S*)/iu.exec(text) ?? [];
  if (kind !== undefined && grammar.filters !== undefined)
    return within(kind, grammar.filters, language, (name, of) => shown(name, of, value));
  const [word = ""] = text.split(/\s+/u);
  const near = nearest(word, [...periodWords, ...(grammar.flags ?? [])]);
  if (near !== undefined) return near;
  if (grammar.versus === true && nearest(word, ["versus", "против"]) !== undefined)
    return textsFor(language).text("view.versus.last");
  return within(word, grammar.filters ?? [], language, (name, of) => shown(name, of, ""));
}

/** The nearest of what a command takes, by any language's word for it. */
function within<Known extends Cut>(
  word: string,
  known: readonly Known[],
  language: Language,
  shown: (cut: Known, language: Language) => string,
): string | undefined {
  const words = languagesFrom(language).flatMap((of) =>
    known.flatMap((cut) => wordsOf[of].cuts[cut].map((called) => ({ called, cut, of }))),
  );
  const near = nearest(
    word,
    words.map(({ called }) => called),
  );
  const found = words.find(({ called }) => called === near);
  return found && shown(found.cut, found.of);
}

interface Wrong {
  readonly word?: string;
  readonly meant?: string | undefined;
}

function said(about: Refusing, text: string, wrong: Wrong): Message {
  return message(about.language, text, { ...wrong, notes: takes(about) });
}

function message(
  language: Language,
  text: string,
  { word = "", meant, notes }: Wrong & { readonly notes: readonly string[] },
): Message {
  const near = meant && textsFor(language).text("period.nearest", { nearest: meant });
  const parts: (Part | undefined | "")[] = [
    { kind: "text", text },
    word && { kind: "quote", text: word },
    near && { kind: "text", text: near },
    ...notes.map((note) => ({ kind: "note", text: note }) as const),
  ];
  return { summary: near ?? text, parts: parts.flatMap((part) => part || []), locale: language };
}
