/** The words of all languages and the names of a workspace, by how they are typed. Pure. */
import { metricNames } from "../../metrics/metric.ts";
import { atomsOf } from "./atoms.ts";
import { phrasesOf } from "./expand.ts";
import type { KnownToSentences } from "./reading.ts";
import type { NameTag, Tag } from "./token.ts";
import { sentenceWords } from "./words/index.ts";
import { concepts, type SentenceWords, units } from "./words/words.ts";

/** What a phrase may be. */
export interface Entry {
  readonly tag: Tag;
  readonly n?: number;
  readonly unit?: (typeof units)[number];
  readonly name?: string;
}

export interface Lexicon {
  readonly entries: ReadonlyMap<string, readonly Entry[]>;
  /** The most atoms that a phrase has. */
  readonly longest: number;
}

const SPACE = " ";

/** The key of a phrase: its atoms. */
export const keyOf = (atoms: readonly { readonly folded: string }[]): string =>
  atoms.map(({ folded }) => folded).join(SPACE);

class Collector implements Lexicon {
  readonly entries = new Map<string, Entry[]>();
  longest = 0;

  add(phrase: string, entry: Entry): void {
    const atoms = atomsOf(phrase);
    if (atoms.length === 0) return;
    const key = keyOf(atoms);
    const there = this.entries.get(key) ?? [];
    if (!there.some(({ tag, name }) => tag === entry.tag && name === entry.name)) {
      this.entries.set(key, [...there, entry]);
    }
    this.longest = Math.max(this.longest, atoms.length);
  }

  addAll(written: string | undefined, entry: Entry): void {
    for (const phrase of phrasesOf(written ?? "")) this.add(phrase, entry);
  }
}

function addLanguage(to: Collector, words: SentenceWords): void {
  for (const concept of concepts) to.addAll(words.concepts[concept], { tag: concept });
  for (const unit of units) to.addAll(words.units[unit], { tag: "UNIT", unit });
  for (const [index, days] of words.weekdays.entries()) {
    to.addAll(days, { tag: "WEEKDAY", n: index + 1 });
  }
  for (const [index, days] of words.everyWeekday.entries()) {
    to.addAll(days, { tag: "EVERY_WEEKDAY", n: index + 1 });
  }
  for (const [tag, list] of [
    ["NUM", words.numbers],
    ["ORD", words.ordinals],
    ["SHARE", words.shares],
  ] as const) {
    for (const [phrase, n] of Object.entries(list)) to.add(phrase, { tag, n });
  }
  for (const [phrase, length] of Object.entries(words.lengths)) {
    const unit = units.find((each) => length.endsWith(each));
    if (unit !== undefined) to.add(phrase, { tag: "DUR", n: Number.parseInt(length, 10), unit });
  }
  for (const [tag, list] of [
    ["LANG", words.languages],
    ["SPEAKERS", words.speakers],
    ["ZONE", words.zones],
  ] as const) {
    for (const [name, phrases] of Object.entries(list)) to.addAll(phrases, { tag, name });
  }
}

const ofLanguages = new Collector();
for (const words of Object.values(sentenceWords)) addLanguage(ofLanguages, words);
for (const name of metricNames) ofLanguages.add(name, { tag: "METRIC", name });

/** The words alone. */
export const words: Lexicon = ofLanguages;

/** The names that a workspace has, which may be words as well. */
export function namesOf(known: KnownToSentences): Lexicon {
  const names = new Collector();
  const add = (tag: NameTag, phrases: readonly string[]) => {
    for (const phrase of phrases) names.add(phrase, { tag, name: phrase });
  };
  for (const { key, names: others } of known.surveys) {
    for (const phrase of [...spellings(key), ...others]) {
      names.add(phrase, { tag: "SURVEY", name: key });
    }
  }
  for (const { name, names: others = [] } of known.dates) {
    for (const phrase of [name, ...others]) names.add(phrase, { tag: "DATENAME", name });
  }
  for (const key of known.archived ?? []) {
    for (const phrase of spellings(key)) names.add(phrase, { tag: "ARCHIVED", name: key });
  }
  add("TEAMNAME", known.teams);
  add("CHANNELNAME", known.channels);
  add("PLANNAME", known.plans);
  add("TAGNAME", known.tags);
  add("ACCOUNTNAME", known.accounts);
  add("PLATFORMNAME", known.platforms);
  return names;
}

/** A key as people type it: hyphens, some of them, or none. */
function spellings(key: string): string[] {
  const [first = "", ...rest] = key.split("-");
  return rest.reduce(
    (made, part) => made.flatMap((each) => [`${each}-${part}`, `${each} ${part}`]),
    [first],
  );
}
