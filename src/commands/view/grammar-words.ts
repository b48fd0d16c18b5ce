/** What can be typed behind a command, in the words of its reader. Pure. */
import { isTextKey, type Language, textsFor } from "../../locales/index.ts";
import { type Cut, cuts, type FilterName, filterNames } from "../../metrics/filter.ts";
import { wordsOf } from "../../metrics/words/index.ts";
import type { Grammar } from "../view.ts";
import { quoted } from "./filter.ts";

/** "by team", «по командам». */
export function cutWords(cut: Cut, language: Language): string {
  return textsFor(language).text("view.by", { by: cut });
}

/** "team:", «команда:», 团队： */
export function filterWord(name: FilterName, language: Language): string {
  const { cuts: called, joined } = wordsOf[language];
  return `${called[name][0] ?? name}${joined ? "：" : ":"}`;
}

/** One of a command's own words: "low", «низкие». */
function flagWord(flag: string, language: Language): string {
  return wordsOf[language].flags[flag]?.[0] ?? flag;
}

/** A word of `periodWords` as the reader says it: "last week", «прошлая неделя». */
export function periodWord(word: string, language: Language): string {
  const key = `period.word.${word.replace(" ", "-")}`;
  return language === "en" || !isTextKey(key) ? word : textsFor(language).text(key);
}

interface Taking {
  readonly grammar: Grammar;
  readonly language: Language;
  /** A team of this workspace, for an example that works as it stands. */
  readonly team: string | undefined;
}

/** A line for each kind of words that a command takes, and an example; English is read everywhere. */
export function takes(taking: Taking): string[] {
  const { grammar, language } = taking;
  const texts = textsFor(language);
  const listed = (all: readonly string[]) => ({ words: all.join(" · ") });
  const { cuts: by = [], filters = [], flags = [] } = grammar;
  const cutsListed = cuts.filter((cut) => by.includes(cut)).map((cut) => cutWords(cut, language));
  const filtersListed = filterNames
    .filter((name) => filters.includes(name))
    .map((name) => `${filterWord(name, language)}…`);
  const flagsListed = flags.map((flag) => flagWord(flag, language));
  const english = grammarExample({ ...taking, language: "en" });
  return [
    ...(by.length === 0 ? [] : [texts.text("view.takes.cuts", listed(cutsListed))]),
    ...(filters.length === 0 ? [] : [texts.text("view.takes.filters", listed(filtersListed))]),
    ...(flags.length === 0 ? [] : [texts.text("view.takes.flags", listed(flagsListed))]),
    texts.text("view.example", { example: grammarExample(taking) }),
    ...(language === "en" ? [] : [texts.text("view.english", { example: english })]),
  ];
}

/** Words that a command takes as they are. */
export function grammarExample({ grammar, language, team }: Taking): string {
  const { cuts: by = [], filters = [], flags = [], versus } = grammar;
  const cut = by.find((each) => each !== "team") ?? by[0];
  const [flag] = flags;
  const words = [
    flag && flagWord(flag, language),
    periodWord("last month", language),
    cut && cutWords(cut, language),
    team !== undefined && filters.includes("team")
      ? filterWord("team", language) + quoted(team)
      : undefined,
    versus === true ? textsFor(language).text("view.versus.same-last-year") : undefined,
  ];
  return words.filter((word) => word !== undefined).join(" ");
}
