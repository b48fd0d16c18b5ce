/** Words of a picture: made safe to draw, cut and wrapped to a width. Pure. */

/** Width of a text in CSS pixels at a font size. */
export type Measure = (text: string, size: number) => number;

/** More than any line holds; keeps a novel of a company name from costing time. */
const MAX_LENGTH = 400;

const ELLIPSIS = "…";

/** Between the digits of a number and before its unit: lines are not broken there. */
const NO_BREAK = "\u00a0";

const graphemes = new Intl.Segmenter();
const words = new Intl.Segmenter(undefined, { granularity: "word" });

/** What no font draws as itself: emoji, their joiners, direction marks, halves of characters. */
const UNDRAWABLE =
  /[\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Emoji_Presentation}\p{Emoji_Modifier}\p{Regional_Indicator}]/gu;

/**
 * One line of plain characters: emoji, invisible characters and marks that are not part of a letter
 * are left out, control characters and line breaks become spaces; a space that no line may break at
 * stays one.
 */
export function cleanText(text: string): string {
  return text
    .slice(0, MAX_LENGTH)
    .replaceAll(UNDRAWABLE, "")
    .replaceAll(/\u202f/g, NO_BREAK)
    .replaceAll(/(?!\u00a0)[\p{Cc}\s]/gu, " ")
    .normalize("NFC")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/ {2,}/g, " ")
    .trim();
}

/** Letters of names that the font may lack and that are no letter with an accent. */
const standIns = new Map([
  ["Ł", "L"],
  ["ł", "l"],
  ["ı", "i"],
  ["І", "I"], // Ukrainian and Belarusian
  ["і", "i"],
]);

/**
 * The text in characters that `has` knows: a letter may lose its accent, and a run of
 * characters for which there is nothing like them becomes an ellipsis.
 */
export function replaceMissing(text: string, has: (character: string) => boolean): string {
  const drawn = Array.from(text, (each) => {
    if (has(each)) return each;
    const [letter = each] = each.normalize("NFD");
    const instead = standIns.get(letter) ?? letter;
    return has(instead) ? instead : ELLIPSIS;
  });
  return drawn.join("").replaceAll(/…(?:\s*…)+/g, ELLIPSIS);
}

/** The text, or as much of its beginning as fits with an ellipsis. Whole graphemes only. */
export function cutToWidth(text: string, width: number, size: number, measure: Measure): string {
  if (measure(text, size) <= width) return text;
  const parts = Array.from(graphemes.segment(text), (each) => each.segment);
  const cutAt = (kept: number) => parts.slice(0, kept).join("").trimEnd() + ELLIPSIS;
  let fits = 0;
  let tooMany = parts.length;
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (measure(cutAt(middle), size) <= width) fits = middle;
    else tooMany = middle;
  }
  return cutAt(fits);
}

/** The text in at most `lines` lines, broken between words; what is left over is cut. */
export function wrapToWidth(
  text: string,
  { width, size, lines }: { width: number; size: number; lines: number },
  measure: Measure,
): string[] {
  const wrapped: string[] = [];
  let line = "";
  for (const word of wordsOf(text)) {
    const mayBreak = wrapped.length < lines - 1 && line.trim() !== "";
    if (mayBreak && measure(`${line}${word}`.trimEnd(), size) > width) {
      wrapped.push(line.replace(DANGLING, ""));
      line = word.trimStart();
    } else {
      line += word;
    }
  }
  wrapped.push(line.trimEnd());
  return wrapped
    .filter((each) => each !== "")
    .map((each) => cutToWidth(each, width, size, measure));
}

/** Spaces, and a separator that has nothing to separate at the end of a line. */
const DANGLING = /[\s·]+$/u;
const FOLLOWS = /^[\s\p{Pe}\p{Pf}\p{Po}%]+$/u;
const OPENS = /(?:[\p{Ps}\p{Pi}+−\u00a0]|(?:^|\s)-)$/u;

/** A hyphen belongs to the word that it ends; with a space before it, it is a minus. */
function follows(segment: string, last: string): boolean {
  return FOLLOWS.test(segment) || (segment === "-" && /\p{L}$/u.test(last));
}

/** Words with the spaces and closing marks that follow them: no line begins with a comma. */
function wordsOf(text: string): string[] {
  const found: string[] = [];
  for (const { segment } of words.segment(text)) {
    const last = found.at(-1);
    if (last !== undefined && (follows(segment, last) || OPENS.test(last))) {
      found[found.length - 1] = last + segment;
    } else {
      found.push(segment);
    }
  }
  return found;
}

/**
 * Empties as many of a row's labels as it takes for the others to stand `gap` apart. The last one,
 * which is the newest, always stays.
 */
export function thinOut(
  labels: readonly string[],
  { width, size, gap }: { width: number; size: number; gap: number },
  measure: Measure,
): string[] {
  const needed = (widestOf(labels, size, measure) + gap) * labels.length;
  const each = Math.max(1, Math.ceil(needed / width));
  return labels.map((label, i) => ((labels.length - 1 - i) % each === 0 ? label : ""));
}

/** Width of the widest text, 0 when there is none. */
export function widestOf(texts: readonly string[], size: number, measure: Measure): number {
  return Math.max(0, ...texts.map((text) => measure(text, size)));
}
