/** Texts on their way to Discord: made tidy, and cut between graphemes. Lengths are UTF-16 units. Pure. */

/** Control characters other than line ends, noncharacters, byte order marks. */
const UNWANTED = /(?!\n)[\p{Cc}\p{Noncharacter_Code_Point}\uFEFF]/gu;
/** They would turn round whatever stands behind them: embeddings, overrides, isolates. */
const TURNING = /[\u202A-\u202E\u2066-\u2069]/g;
const VISIBLE = /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/**
 * Well-formed, no control characters, line ends as `\n`, both ends trimmed; "" when there is nothing
 * to see in it, which Discord would refuse.
 */
export function clean(text: string): string {
  const tidy = text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029\u0085\v\f]/g, "\n")
    .replace(/\t/g, " ")
    .replace(UNWANTED, "")
    .replace(TURNING, "")
    .trim();
  return VISIBLE.test(tidy) ? tidy : "";
}

/** The same on one line. */
export function oneLine(text: string): string {
  return clean(text).replace(/\s+/g, " ");
}

/** At most `max` units; what is longer ends in "…" behind a whole grapheme. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const border = graphemes.segment(text).containing(max - 1)?.index ?? 0;
  return `${text.slice(0, border).trimEnd()}…`;
}

/** Cells that a text takes: two for a Chinese, Japanese, Korean or full-width letter, or a picture. */
export function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += WIDE.test(segment) ? 2 : 1;
  return width;
}

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303F\uFF01-\uFF60\uFFE0-\uFFE6]/u;
