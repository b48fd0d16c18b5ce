/** A distribution as lines of characters of one width. */
import type { Bar } from "../../../src/platform.ts";
import { oneLine, widthOf } from "./text.ts";

/** Cells of a whole bar: with a value and a label it still fits a line of code on a phone. */
const CELLS = 10;

/**
 * One line for each bar: bar, value, label. The label comes last because fonts of one width seldom
 * keep it for Chinese letters: what stands before it is aligned in every language.
 */
export function barLines(bars: readonly Bar[], shorten: (text: string) => string): string {
  const values = bars.map(({ value }) => shorten(oneLine(value)));
  const widest = Math.max(0, ...values.map(widthOf));
  const drawn = bars.map(({ share, label }, i) => {
    const value = values[i] ?? "";
    const padding = " ".repeat(widest - widthOf(value));
    return `${cellsOf(share)} ${padding}${value}  ${shorten(oneLine(label))}`.trimEnd();
  });
  return drawn.join("\n");
}

/** A bar is between nothing and all, whatever a division gave; halves of cells are shown. */
function cellsOf(share: number): string {
  const part = Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0;
  const halves = Math.round(part * CELLS * 2);
  const full = Math.floor(halves / 2);
  const half = halves % 2;
  return `${"█".repeat(full)}${"▌".repeat(half)}${"░".repeat(CELLS - full - half)}`;
}
