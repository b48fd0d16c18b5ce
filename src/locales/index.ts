/**
 * All texts that a person reads, in ICU MessageFormat. A language is one JSON file with the same
 * keys as en.json and one line in {@link catalogues}.
 */
import { IntlMessageFormat } from "intl-messageformat";
import en from "./en.json" with { type: "json" };
import ru from "./ru.json" with { type: "json" };
import zhHans from "./zh-Hans.json" with { type: "json" };
import zhHant from "./zh-Hant.json" with { type: "json" };

export type TextKey = keyof typeof en;

const catalogues = { en, "zh-Hans": zhHans, "zh-Hant": zhHant, ru } satisfies Record<
  string,
  Record<TextKey, string>
>;

/** The languages we speak, by the name of their file. */
export type Language = keyof typeof catalogues;
export const languages = Object.keys(catalogues) as Language[];

/** Whether there is such a text: for keys that come from outside the core. */
export const isTextKey = (key: string): key is TextKey => Object.hasOwn(en, key);

type Params = Record<string, string | number | Date>;

/** Texts in one language. `text` fills an ICU pattern; a missing parameter is an error in tests. */
export interface Texts {
  readonly language: Language;
  text(key: TextKey, params?: Params): string;
}

/**
 * The language of ours that fits a BCP 47 tag best: script first for Chinese (Hant for TW, HK and
 * MO), then the language, else English. Never fails, whatever is given.
 */
export function languageFor(tag: string | null | undefined): Language {
  return spokenBy(tag) ?? "en";
}

/** The same; `undefined` for whoever speaks a language that is none of ours. */
export function spokenBy(tag: string | null | undefined): Language | undefined {
  const locale = parseTag(tag);
  if (locale?.language === "zh") return locale.script === "Hant" ? "zh-Hant" : "zh-Hans";
  return languages.find((each) => each === locale?.language);
}

function parseTag(tag: string | null | undefined): Intl.Locale | undefined {
  if (!tag) return undefined;
  try {
    return new Intl.Locale(tag.replaceAll("_", "-")).maximize();
  } catch {
    return undefined; // not a tag at all: English
  }
}

const formats = new Map<string, IntlMessageFormat>();

/** The texts of one language; patterns are parsed once and kept. */
export function textsFor(language: Language): Texts {
  return {
    language,
    text(key, params) {
      const id = `${language}:${key}`;
      let format = formats.get(id);
      if (format === undefined) {
        format = new IntlMessageFormat(catalogues[language][key], language, undefined, {
          ignoreTag: true,
        });
        formats.set(id, format);
      }
      return String(format.format(params));
    },
  };
}

/** The raw patterns whose key begins with `prefix`, for pages that bring their own formatting. */
export function patternsUnder(
  language: Language,
  prefix: string,
): Readonly<Record<string, string>> {
  const entries = Object.entries(catalogues[language]);
  return Object.fromEntries(entries.filter(([key]) => key.startsWith(prefix)));
}
