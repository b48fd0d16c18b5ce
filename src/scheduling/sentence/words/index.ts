/** The words of all languages. A language is one file beside this one, and one line here. */
import type { Language } from "../../../locales/index.ts";
import { english } from "./en.ts";
import { russian } from "./ru.ts";
import type { SentenceWords } from "./words.ts";
import { simplified } from "./zh-hans.ts";
import { traditional } from "./zh-hant.ts";

export const sentenceWords: Readonly<Record<Language, SentenceWords>> = {
  en: english,
  ru: russian,
  "zh-Hans": simplified,
  "zh-Hant": traditional,
};
