/** The words of every language that surveys are looked at in. */
import type { Language } from "../../../locales/index.ts";
import { english } from "./en.ts";
import { russian } from "./ru.ts";
import type { LintWords } from "./words.ts";
import { simplified } from "./zh-hans.ts";
import { traditional } from "./zh-hant.ts";

export const lintWords: Readonly<Record<Language, LintWords>> = {
  en: english,
  "zh-Hans": simplified,
  "zh-Hant": traditional,
  ru: russian,
};
