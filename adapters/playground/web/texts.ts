/** The page's texts: raw patterns by key, `{name}` replaced. */

export type Texts = Readonly<Record<string, string>>;
export type Params = Readonly<Record<string, string | number>>;

/** First-strong isolate and its end: a name in another direction does not turn the sentence around. */
const FSI = "\u2068";
const PDI = "\u2069";

/** The text of `playground.KEY`; what is put in keeps its own direction. The key when there is none. */
export function fill(texts: Texts, key: string, params: Params = {}): string {
  const pattern = texts[`playground.${key}`] ?? key;
  return pattern.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    return value === undefined ? whole : `${FSI}${value}${PDI}`;
  });
}

/** The offered language that fits what the browser prefers best, else the first. */
export function bestLanguage(preferred: readonly string[], offered: readonly string[]): string {
  for (const tag of preferred) {
    const wanted = maximized(tag);
    const same = offered.find((language) => {
      const other = maximized(language);
      return other?.language === wanted?.language && other?.script === wanted?.script;
    });
    if (same !== undefined && wanted) return same;
  }
  return offered[0] ?? "en";
}

function maximized(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag).maximize();
  } catch {
    return undefined; // not a tag: it fits nothing
  }
}

/** A language's own name, as people look for it: 简体中文, Русский. */
export function ownName(language: string): string {
  const name = new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}
