/** Words that mean something behind another command: "high" belongs to `/feedback`. Pure. */
import { languages } from "../../locales/index.ts";
import { folded, wordsOf } from "../../metrics/words/index.ts";
import { ownNames } from "../own-names.ts";
import type { Grammar } from "../view.ts";

/** Whose words the flags of all languages are. */
const FLAGS_OF = "/feedback";
const HELP = "/aftertalk help";

export interface Elsewhere {
  /** The word as it was typed. */
  readonly word: string;
  /** "/feedback" */
  readonly name: string;
  /** The command with the word, as it can be typed. */
  readonly command: string;
}

/** The first such word; undefined when there is none. */
export function elsewhere(text: string, { flags = [] }: Grammar): Elsewhere | undefined {
  for (const word of text.split(/\s+/u)) {
    const bare = folded(word).replace(/^\//u, "");
    if (bare === "help") return { word, name: HELP, command: HELP };
    const name = ownNames.find((each) => each === bare);
    if (name !== undefined && !flags.includes(name))
      return { word, name: `/${name}`, command: `/${name}` };
    const flag = flagWords.find(([called]) => called === bare)?.[1];
    if (flag !== undefined && !flags.includes(flag))
      return { word, name: FLAGS_OF, command: `${FLAGS_OF} ${bare}` };
  }
  return undefined;
}

const flagWords = languages.flatMap((language) =>
  Object.entries(wordsOf[language].flags).flatMap(([flag, words]) =>
    words.map((word) => [word, flag] as const),
  ),
);

const joinedFlags = languages
  .filter((language) => wordsOf[language].joined)
  .flatMap((language) => Object.values(wordsOf[language].flags).flat())
  .filter((word) => word.length > 1);
const together = new RegExp(`(${joinedFlags.join("|")})|(?=按|依)`, "gu");

/** With spaces where Chinese has none: 本周高分 → 本周 高分. */
export function apart(text: string): string {
  return text.replaceAll(together, " $1 ").replace(/\s+/gu, " ").trim();
}
