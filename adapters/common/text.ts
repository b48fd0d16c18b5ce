/** Texts on their way to a platform: made tidy, and cut between graphemes. Lengths are UTF-16 units. Pure. */

/** Control characters other than line ends, noncharacters, byte order marks. */
const UNWANTED = /(?!\n)[\p{Cc}\p{Noncharacter_Code_Point}\uFEFF]/gu;
/** They would turn round whatever stands behind them: embeddings, overrides, isolates. */
const TURNING = /[\u202A-\u202E\u2066-\u2069]/g;
const VISIBLE = /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** True when there is something to see in it; platforms refuse texts without. */
export function isVisible(text: string): boolean {
  return VISIBLE.test(text);
}

/**
 * Well-formed, no control characters, line ends as `\n`, both ends trimmed; "" when there is nothing
 * to see in it. Cleaning twice changes nothing.
 */
export function clean(text: string): string {
  const tidy = text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029\u0085\v\f]/g, "\n")
    .replace(/\t/g, " ")
    .replace(UNWANTED, "")
    .replace(TURNING, "")
    .trim();
  return isVisible(tidy) ? tidy : "";
}

/** The same on one line. */
export function oneLine(text: string): string {
  return clean(text).replace(/[^\S\u00A0\u202F]+/g, " ");
}

/**
 * With spaces that hold: a line ends behind the dot between two parts and never begins with it, a
 * number keeps its "%", and a sign of one letter ("n 30") its number. No longer than before.
 */
export function held(text: string): string {
  return text
    .replace(/ (?=· )/g, "\u00A0")
    .replace(/(?<=\d) (?=%)/g, "\u00A0")
    .replace(/(?<=(?<!\p{L})\p{L}) (?=\d)/gu, "\u00A0");
}

/** At most `max` units; what is longer ends in "…" behind a whole grapheme. */
export function cut(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, wholeGraphemes(text, max - 1)).trimEnd()}…`;
}

/** How many units the whole graphemes within the first `max` units have. */
export function wholeGraphemes(text: string, max: number): number {
  if (text.length <= max) return text.length;
  // What follows the border decides whether it is one; nothing behind that does.
  return graphemes.segment(text.slice(0, max + 2)).containing(max)?.index ?? 0;
}

/** Cells that a text takes: two for a Chinese, Japanese, Korean or full-width letter, or a picture. */
export function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += WIDE.test(segment) ? 2 : 1;
  return width;
}

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303F\uFF01-\uFF60\uFFE0-\uFFE6]/u;
