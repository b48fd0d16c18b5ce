/** A person's own words, made safe to keep and cut to a documented length. Pure. */

/** The longest text that is kept of one message, in graphemes (what a reader calls characters). */
export const MAX_TEXT_GRAPHEMES = 4_000;

/** The same in UTF-16 units: a grapheme may carry thousands of combining marks. */
const MAX_TEXT_UNITS = 40_000;

/** Control characters other than tab and newline, noncharacters (U+FFFE …) and the byte order mark. */
const UNWANTED = /(?![\t\n\r])[\p{Cc}\p{Noncharacter_Code_Point}\uFEFF]/gu;

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/**
 * The text as it may be kept: lone surrogates become U+FFFD, control characters (NUL among them),
 * noncharacters and byte order marks are gone, line ends are `\n`, both ends are trimmed, and what
 * is longer than `maxGraphemes` is cut on a grapheme border. Cleaning twice changes nothing.
 */
export function cleanText(text: string, maxGraphemes = MAX_TEXT_GRAPHEMES): string {
  // Twice the limit leaves room for what is dropped, and keeps 5 MB of anything cheap.
  const bounded = text.slice(0, 2 * MAX_TEXT_UNITS).toWellFormed();
  const clean = bounded.replace(UNWANTED, "").replace(/\r\n?/g, "\n").trim();
  return cut(clean, maxGraphemes).trimEnd();
}

/** How many graphemes a text has: 👩‍👩‍👧 is one, and so is a letter with all its marks. */
export function countGraphemes(text: string): number {
  let count = 0;
  for (const _ of graphemes.segment(text)) count += 1;
  return count;
}

function cut(text: string, maxGraphemes: number): string {
  if (text.length <= Math.min(maxGraphemes, MAX_TEXT_UNITS)) return text;
  let end = 0;
  let count = 0;
  for (const { index, segment } of graphemes.segment(text)) {
    if (count === maxGraphemes || index + segment.length > MAX_TEXT_UNITS) break;
    end = index + segment.length;
    count += 1;
  }
  return text.slice(0, end);
}
