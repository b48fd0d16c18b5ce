/** The own words of commands, such as "low" of `/feedback`. Pure. */
import { languages } from "../../locales/index.ts";
import { folded, wordsOf } from "../../metrics/words/index.ts";
import type { Grammar } from "../view.ts";
import { GAP } from "./filter-text.ts";

/** The command's own words, by the English one, in every language. */
export function flagsOf({ flags = [] }: Grammar): ReadonlyMap<string, string> {
  const pairs = flags.flatMap((flag) => [
    [flag, flag] as const,
    ...languages.flatMap((language) =>
      (wordsOf[language].flags[flag] ?? []).map((word) => [word, flag] as const),
    ),
  ]);
  return new Map(pairs);
}

/** Takes them out of a text. */
export function takeFlags(text: string, grammar: Grammar): { flags: string[]; rest: string } {
  const known = flagsOf(grammar);
  if (known.size === 0) return { flags: [], rest: text };
  const flags = new Set<string>();
  const rest = text.replace(/[^\s]+/gu, (word) => {
    const flag = known.get(folded(word));
    if (flag === undefined) return word;
    flags.add(flag);
    return GAP;
  });
  return { flags: inOrder(flags, grammar), rest };
}

/** However they were typed. */
export function inOrder(found: ReadonlySet<string>, { flags = [] }: Grammar): string[] {
  return flags.filter((flag) => found.has(flag));
}
