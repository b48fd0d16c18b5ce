/** A distribution as lines of characters of one width. */
import type { Bar } from "../../../src/platform.ts";
import { barOf } from "../../common/bar.ts";
import { oneLine, widthOf } from "../../common/text.ts";

/** Cells of a whole bar: with a value and a label it still fits a line of code on a phone. */
const CELLS = 10;

/**
 * One line for each bar: a score, its bar, its value. Any other label comes last, because fonts of
 * one width seldom keep it for Chinese letters: what stands before it is aligned in every language.
 */
export function barLines(bars: readonly Bar[], shorten: (text: string) => string): string {
  const labels = bars.map(({ label }) => shorten(oneLine(label)));
  const values = aligned(bars.map(({ value }) => shorten(oneLine(value))));
  const areScores = labels.every((label) => /^\d{1,2}$/.test(label));
  const scores = areScores ? aligned(labels) : [];
  const drawn = bars.map(({ share }, i) => {
    const bar = `${barOf(share, CELLS)} ${values[i] ?? ""}`;
    return areScores ? `${scores[i] ?? ""} ${bar}` : `${bar}  ${labels[i] ?? ""}`.trimEnd();
  });
  return drawn.join("\n");
}

/** All as wide as the widest, on the right. */
function aligned(texts: readonly string[]): string[] {
  const widest = Math.max(0, ...texts.map(widthOf));
  return texts.map((text) => " ".repeat(widest - widthOf(text)) + text);
}
