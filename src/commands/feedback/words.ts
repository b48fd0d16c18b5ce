/**
 * Words that are searched for in what customers wrote. All have to be there, anywhere in the text:
 * Chinese and Japanese put no spaces between words, and Russian changes their ends. Pure.
 */

/** What has to be there, folded; a phrase in quotes is one. */
export function termsOf(search: string): string[] {
  const quoted = /["“”„«»「」『』]([^"“”„«»「」『』]+)["“”„«»「」『』]/gu;
  const phrases: string[] = [];
  const rest = search.replaceAll(quoted, (_, phrase: string) => {
    phrases.push(phrase);
    return " ";
  });
  const terms = [...phrases, ...rest.split(/\s+/u)].map((term) => foldText(term).trim());
  return [...new Set(terms)].filter((term) => term !== "");
}

/**
 * The text in one writing: compatible forms made one, without the marks on Latin, Greek and Cyrillic
 * letters, in one case. An approximation of Unicode's canonical caseless match (Unicode 16, 3.13).
 */
export function foldText(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/[\u0300-\u036f]/g, "")
    .toUpperCase()
    .toLowerCase()
    .replaceAll("ς", "σ")
    .normalize("NFKC")
    .replaceAll(/\s+/gu, " ");
}

/** True when all of them are in the text. */
export function isFound(text: string, terms: readonly string[]): boolean {
  if (terms.length === 0) return true;
  const folded = foldText(text);
  return terms.every((term) => folded.includes(term));
}
