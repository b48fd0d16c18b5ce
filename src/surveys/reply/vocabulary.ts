/** The words we know, by what they do in a reply, and how they are found in one. */
import type { Language } from "../../locales/index.ts";
import type { MetricName } from "../../metrics/metric.ts";
import { en } from "./languages/en.ts";
import { ru } from "./languages/ru.ts";
import { zh } from "./languages/zh.ts";
import { type Token, tokensOf } from "./tokens.ts";

/** What a word or phrase can do. One may do several things; which one counts, its place decides. */
export type Role =
  /** Says nothing of its own: politeness, hesitation, "I think". */
  | "fill"
  /** Stands around a number: "I'd give it a …", "my score is …". */
  | "give"
  /** The same, politely or against the facts, as a "but" behind it tells: "I would give a …". */
  | "would"
  /** What is scored: "support 9" is an answer, "0 support" is none. */
  | "subject"
  /** Stands around a label: "I am …", "… with the support". */
  | "feel"
  /** Behind a number: "8 points", "4 stars". */
  | "points"
  | "star"
  /** "8 out of 10"; "10分制", "10分满分": the number before it is the scale's end. */
  | "outOf"
  | "ofScale"
  /** A school mark, not a number: a Russian "пятёрка" is the best of five, whatever the scale. */
  | "grade"
  /** "Full marks" and "the lowest score". */
  | "best"
  | "worst"
  /** "On a scale from 0 to 10". */
  | "onScale"
  | "to"
  /** Words about how it was, before or behind a score: "great service", "slow reply". */
  | "praise"
  /** Opens a comment right behind a bare number: "9 thanks for …". */
  | "remark"
  /** Opens one right behind "9/10" or "9 points" only, where nothing can be counted any more. */
  | "tail"
  /** Opens a new clause: "because", "but". */
  | "link"
  /** Those that only add: "fix it and I'll give you a 10" is a bargain. */
  | "and"
  /** Those that object: "I would give a 10, but …" gives none. */
  | "but"
  /** "9, but only if …": not an answer yet. `only` may stand before the condition. */
  | "condition"
  | "only"
  /** Takes a score back or blurs it, wherever it stands: "no wait", "and a half". */
  | "spoil"
  /** Neither answer nor comment: "not", "almost", "don't know". */
  | "doubt"
  /** Looks like a number, a yes or a no and is none: "no one", "one of". */
  | "idle"
  /** Its point ends no sentence, and the number behind it is no score: "no. 9". */
  | "abbreviation"
  /** Answers to every yes-or-no question … */
  | "yes"
  | "no"
  | "partly"
  /** … to "was your issue solved?" … */
  | "solved"
  | "unsolved"
  | "halfSolved"
  /** What stands around them: "my problem is …". */
  | "matter"
  /** … and to "may somebody get back to you?". */
  | "welcome"
  | "unwelcome"
  /** The empty answer to an open question: "nothing". */
  | "none"
  /** Wishes in one word; */
  | "later"
  | "pause"
  | "decline"
  | "stop"
  /** why not now; */
  | "busy"
  | "now"
  /** and what else wishes are made of: "don't" + "ask" + "me" + "again". */
  | "ask"
  /** "I'll answer": later with a time, nothing at all with a "don't". */
  | "promise"
  | "thing"
  | "dont"
  | "ever"
  /** Times: "in" two "hours", "half" an hour, "tomorrow"; `part` of a day: "on" "the morning". */
  | "before"
  | "within"
  | "unit"
  | "day"
  | "part"
  | "amount"
  /** Together an attempt to command us: "ignore" … "instructions". */
  | "override"
  | "orders";

/**
 * Phrases by role, separated by ";". Case, accents, apostrophes and Traditional characters make no
 * difference, so each phrase is written once.
 */
export type Phrases = Readonly<Partial<Record<Role, string>>>;

/** Labels of the fully labelled scales, by step, in the same notation. */
export type Labels = Readonly<Partial<Record<MetricName, Readonly<Record<number, string>>>>>;

/** The words of one language. */
export interface Vocabulary {
  readonly phrases: Phrases;
  readonly labels: Labels;
  /** Words for 0, 1, 2 … in this order. */
  readonly numbers: readonly string[];
  /** Words for numbers that are on no scale of ours. */
  readonly otherNumbers: string;
}

const vocabularies: Readonly<Record<Language, Vocabulary>> = {
  en,
  ru,
  "zh-Hans": zh,
  "zh-Hant": zh,
};

/** What is known of one phrase. */
export interface Meaning {
  readonly roles: Set<Role>;
  number?: number;
  readonly labels: Map<MetricName, number>;
}

interface Node {
  readonly next: Map<string, Node>;
  meaning?: Meaning;
}

/** A tree of phrases, token by token. */
export type Lexicon = Node;

const lexicons = new Map<Vocabulary, Lexicon>();

/**
 * All words of all languages; where two languages share a word, the given one decides what it
 * means. Built once per language.
 */
export function lexiconFor(language: Language): Lexicon {
  const own = vocabularies[language];
  const known = lexicons.get(own);
  if (known !== undefined) return known;
  const root: Node = { next: new Map() };
  for (const vocabulary of new Set([own, ...Object.values(vocabularies)])) {
    for (const [phrase, meaning] of meaningsOf(vocabulary)) plant(root, phrase, meaning);
  }
  lexicons.set(own, root);
  return root;
}

/** The longest known phrase that starts at `tokens[from]`: what it means and where it ends. */
export function longestPhrase(
  lexicon: Lexicon,
  tokens: readonly Token[],
  from: number,
): { readonly meaning: Meaning; readonly end: number } | undefined {
  let node: Node | undefined = lexicon;
  let found: { meaning: Meaning; end: number } | undefined;
  for (let i = from; i < tokens.length; i += 1) {
    const token = tokens[i];
    node = token === undefined ? undefined : node.next.get(keyOf(token));
    if (node === undefined) break;
    if (node.meaning !== undefined) found = { meaning: node.meaning, end: i + 1 };
  }
  return found;
}

function meaningsOf({ phrases, numbers, otherNumbers, labels }: Vocabulary): Map<string, Meaning> {
  const meanings = new Map<string, Meaning>();
  const add = (list: string, put: (meaning: Meaning) => void) => {
    for (const phrase of list.split(";")) {
      const key = phrase.trim();
      const meaning = meanings.get(key) ?? { roles: new Set(), labels: new Map() };
      put(meaning);
      meanings.set(key, meaning);
    }
  };
  for (const [role, list] of Object.entries(phrases) as [Role, string][]) {
    add(list, (meaning) => meaning.roles.add(role));
  }
  numbers.forEach((list, value) => {
    add(list, (meaning) => {
      meaning.number = value;
    });
  });
  add(otherNumbers, (meaning) => {
    meaning.number = Number.NaN;
  });
  for (const [metric, steps] of Object.entries(labels) as [MetricName, Record<number, string>][]) {
    for (const [step, list] of Object.entries(steps)) {
      add(list, (meaning) => meaning.labels.set(metric, Number(step)));
    }
  }
  return meanings;
}

function plant(root: Node, phrase: string, meaning: Meaning): void {
  let node = root;
  for (const token of tokensOf(phrase)) {
    const key = keyOf(token);
    const next = node.next.get(key) ?? { next: new Map() };
    node.next.set(key, next);
    node = next;
  }
  if (node !== root) node.meaning ??= meaning;
}

function keyOf(token: Token): string {
  switch (token.kind) {
    case "number":
      return `#${token.value}`;
    case "star":
      return "⭐";
    default:
      return token.text;
  }
}
