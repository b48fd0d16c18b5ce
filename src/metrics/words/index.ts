/** The words of all languages. A language is one file beside this one, and one line here. */
import { type Language, languages } from "../../locales/index.ts";
import { english } from "./en.ts";
import { russian } from "./ru.ts";
import type { Words } from "./words.ts";
import { simplified } from "./zh-hans.ts";
import { traditional } from "./zh-hant.ts";

export const wordsOf: Readonly<Record<Language, Words>> = {
  en: english,
  ru: russian,
  "zh-Hans": simplified,
  "zh-Hant": traditional,
};

/** The reader's language first: everybody may type the words of any. */
export function languagesFrom(first: Language): readonly Language[] {
  return [first, ...languages.filter((language) => language !== first)];
}

/** As words are compared: full-width letters, case, "ё" and spaces more or less do not matter. */
export function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase().replaceAll("ё", "е").replace(/\s+/gu, " ").trim();
}
