/** Discord's names of languages as the BCP 47 tags that we use: a language, for Chinese its script. */

/** `zh-CN` → `zh-Hans`, `zh-TW` → `zh-Hant`, `en-GB` → `en`; undefined for what is no tag. */
export function languageOf(locale: string): string | undefined {
  try {
    const { language, script } = new Intl.Locale(locale).maximize();
    return language === "zh" && script !== undefined ? `zh-${script}` : language;
  } catch {
    return undefined;
  }
}
