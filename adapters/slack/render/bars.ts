/** A distribution as lines of characters of one width. */
import type { Bar } from "../../../src/platform.ts";
import { barOf } from "../../common/bar.ts";
import { oneLine, widthOf } from "../../common/text.ts";

/** Cells of a whole bar: with a value and a label it still fits the width of a phone. */
const CELLS = 12;

/**
 * One line for each bar: bar, value, label. The label comes last because fonts of one width seldom
 * keep it for Chinese letters: what stands before it is aligned in every language.
 */
export function barLines(bars: readonly Bar[], shorten: (text: string) => string): string[] {
  const values = bars.map(({ value }) => shorten(oneLine(value)));
  const widest = Math.max(0, ...values.map(widthOf));
  return bars.map(({ share, label }, i) => {
    const value = values[i] ?? "";
    const padding = " ".repeat(widest - widthOf(value));
    return `${barOf(share, CELLS)} ${padding}${value}  ${shorten(oneLine(label))}`.trimEnd();
  });
}
