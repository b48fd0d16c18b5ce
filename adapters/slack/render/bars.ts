/** A distribution as lines of characters of one width. */
import type { Bar } from "../../../src/platform.ts";
import { oneLine } from "./mrkdwn.ts";

/** Cells of a whole bar: with a value and a label it still fits the width of a phone. */
const CELLS = 12;

/**
 * One line for each bar: bar, value, label. The label comes last because fonts of one width seldom
 * keep it for Chinese letters: what stands before it is aligned in every language. Only signs of
 * the oldest terminals are used; finer blocks are not in every font of one width.
 */
export function barLines(bars: readonly Bar[], shorten: (text: string) => string): string[] {
  const values = bars.map(({ value }) => shorten(oneLine(value)));
  const widest = Math.max(0, ...values.map(widthOf));
  return bars.map(({ share, label }, i) => {
    const value = values[i] ?? "";
    const padding = " ".repeat(widest - widthOf(value));
    return `${cellsOf(share)} ${padding}${value}  ${shorten(oneLine(label))}`.trimEnd();
  });
}

/** A bar is between nothing and all, whatever a division gave; halves of cells are shown. */
function cellsOf(share: number): string {
  const part = Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0;
  const halves = Math.round(part * CELLS * 2);
  const full = Math.floor(halves / 2);
  const half = halves % 2;
  return `${"█".repeat(full)}${"▌".repeat(half)}${"░".repeat(CELLS - full - half)}`;
}

/** Cells that a text takes: two for a Chinese, Japanese, Korean or full-width letter, or a picture. */
export function widthOf(text: string): number {
  let width = 0;
  for (const letter of text) {
    if (/[\p{M}\p{Cf}]/u.test(letter)) continue;
    width += WIDE.test(letter) ? 2 : 1;
  }
  return width;
}

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303F\uFF01-\uFF60\uFFE0-\uFFE6]/u;
