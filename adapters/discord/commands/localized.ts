/** Texts by our languages as texts by Discord's. */
import { Locale, type LocalizationMap } from "discord.js";

/**
 * https://docs.discord.com/developers/reference, "Locales", by what we call them. English is the
 * default of every text, so nobody else is shown it by a fallback.
 */
const discordLocales: Readonly<Record<string, readonly Locale[]>> = {
  "zh-Hans": [Locale.ChineseCN],
  "zh-Hant": [Locale.ChineseTW],
  ru: [Locale.Russian],
};

/** All but the default, in Discord's order; undefined when there is none. */
export function localizations(
  texts: Readonly<Record<string, string>>,
): LocalizationMap | undefined {
  const found = Object.entries(discordLocales).flatMap(([language, locales]) => {
    const text = texts[language];
    return text === undefined ? [] : locales.map((locale) => [locale, text] as const);
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}
