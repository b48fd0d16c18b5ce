/** The answers to words that ask for nothing that there is: what is wrong, the nearest, an example. */
import { type Language, textsFor } from "../../locales/index.ts";
import { type Cut, cuts, type FilterName, filterNames } from "../../metrics/filter.ts";
import { periodWords } from "../../metrics/period-text.ts";
import { languagesFrom, wordsOf } from "../../metrics/words/index.ts";
import type { Message, Part } from "../../platform.ts";
import { nearest } from "../nearest.ts";
import type { Grammar } from "../view.ts";
import { quoted } from "./filter.ts";
import type { NearestFilter } from "./parts.ts";
import { periodRefusal } from "./period.ts";
import type { WrongWords } from "./text.ts";

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

/** What a cut or a filter is called in the reader's language, as it can be typed. */
function cutName(cut: Cut, language: Language): string {
  return wordsOf[language].cuts[cut][0] ?? cut;
}

/** A cut that this command does not have. */
export function cutRefusal(cut: Cut, about: Refusing): Message {
  const texts = textsFor(about.language);
  return said(about, texts.text("view.no-cut", { cut: cutName(cut, about.language) }), {});
}

/** A filter that this command does not have. */
export function filterKindRefusal(name: FilterName, about: Refusing): Message {
  const texts = textsFor(about.language);
  const filter = `${cutName(name, about.language)}:`;
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
  const { problem, word, nearest: near } = wrong.period;
  const only = Object.keys(about.grammar).length === 0;
  if (problem !== "unknown" || only || near !== undefined)
    return periodRefusal(wrong.period, about);
  const meant = nearestWord(word, about);
  return said(about, texts.text("view.no-such-word"), { word, meant });
}

/** "by taem" → "by team", "teem:" → "team:Billing", "verus" → "vs last". */
function nearestWord(text: string, { grammar, language, team }: Refusing): string | undefined {
  const by = /^(?:by|per|по|按照?|依照?)\s*(\S+)/iu.exec(text)?.[1];
  if (by !== undefined && grammar.cuts !== undefined)
    return within(by, grammar.cuts, language, (cut) => `by ${cut}`);
  const shown = (name: Cut, value: string) => {
    return `${name}:${value || (name === "team" && team !== undefined ? quoted(team) : "…")}`;
  };
  const [, kind, value = ""] = /^(?:for |для )?(\S+?)\s*[:：]\s*(\S*)/iu.exec(text) ?? [];
  if (kind !== undefined && grammar.filters !== undefined)
    return within(kind, grammar.filters, language, (name) => shown(name, value));
  const [word = ""] = text.split(/\s+/u);
  const near = nearest(word, [...periodWords, ...(grammar.flags ?? [])]);
  if (near !== undefined) return near;
  if (grammar.versus === true && nearest(word, ["versus", "против"]) !== undefined)
    return "vs last";
  return within(word, grammar.filters ?? [], language, (name) => shown(name, ""));
}

/** The nearest of what a command takes, by any language's word for it. */
function within(
  word: string,
  known: readonly Cut[],
  language: Language,
  shown: (cut: Cut) => string,
): string | undefined {
  const words = languagesFrom(language).flatMap((each) =>
    known.flatMap((cut) => wordsOf[each].cuts[cut].map((called) => [called, cut] as const)),
  );
  const near = nearest(
    word,
    words.map(([called]) => called),
  );
  const found = words.find(([called]) => called === near)?.[1];
  return found && shown(found);
}

/** Words of a command's own grammar that it can be asked with, an example among them. */
function takes({ grammar, language, team }: Omit<Refusing, "now" | "timeZone">): string[] {
  const texts = textsFor(language);
  const listed = (all: readonly string[]) => ({ words: all.join(" · ") });
  const { cuts: by = [], filters = [], flags = [] } = grammar;
  const cutWords = cuts.filter((cut) => by.includes(cut)).map((cut) => `by ${cut}`);
  const filterWords = filterNames
    .filter((name) => filters.includes(name))
    .map((name) => `${name}:…`);
  return [
    ...(by.length === 0 ? [] : [texts.text("view.takes.cuts", listed(cutWords))]),
    ...(filters.length === 0 ? [] : [texts.text("view.takes.filters", listed(filterWords))]),
    ...(flags.length === 0 ? [] : [texts.text("view.takes.flags", listed(flags))]),
    texts.text("view.example", { example: exampleOf(grammar, team) }),
  ];
}

/** Words that a command takes as they are. */
function exampleOf(
  { cuts: by = [], filters = [], flags = [], versus }: Grammar,
  team?: string,
): string {
  const cut = by.find((each) => each !== "team") ?? by[0];
  const named = team !== undefined && filters.includes("team") ? `team:${quoted(team)}` : undefined;
  const words = [
    flags[0],
    "last month",
    cut && `by ${cut}`,
    named,
    versus === true ? "vs same last year" : undefined,
  ];
  return words.filter((word) => word !== undefined).join(" ");
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
