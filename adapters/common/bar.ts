/** Shares as rows of characters of one width. Pure. */
import type { Bar } from "../../src/platform.ts";
import { oneLine, widthOf } from "./text.ts";

/**
 * A bar is between nothing and all, whatever a division gave; halves of cells are shown. Only signs
 * of the oldest terminals are used: finer blocks are not in every font of one width.
 */
function barOf(share: number, cells: number): string {
  const part = Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0;
  const halves = Math.round(part * cells * 2);
  const full = Math.floor(halves / 2);
  const half = halves % 2;
  return `${"█".repeat(full)}${"▌".repeat(half)}${"░".repeat(cells - full - half)}`;
}

/** Lines of code on phones have room for about so many letters. */
const PHONE = 34;

/**
 * One line for each bar: a score, its bar, its value. Any other label comes last, because fonts of
 * one width seldom keep it for Chinese letters: what stands before it is aligned in every language.
 * Where that is too wide for a phone, each label has a line of its own above its bar.
 */
export function barLines(
  bars: readonly Bar[],
  { cells, shorten }: { readonly cells: number; readonly shorten: (text: string) => string },
): string[] {
  const labels = bars.map(({ label }) => shorten(oneLine(label)));
  const values = aligned(bars.map(({ value }) => shorten(oneLine(value))));
  const drawn = bars.map(({ share }, i) => `${barOf(share, cells)} ${values[i] ?? ""}`);
  if (labels.every((label) => /^\d{1,2}$/.test(label))) {
    const scores = aligned(labels);
    return drawn.map((bar, i) => `${scores[i] ?? ""} ${bar}`);
  }
  const lines = drawn.map((bar, i) => `${bar}  ${labels[i] ?? ""}`.trimEnd());
  if (lines.every((line) => widthOf(line) <= PHONE)) return lines;
  return drawn.flatMap((bar, i) => [labels[i] ?? "", bar].filter((line) => line !== ""));
}

/** All as wide as the widest, on the right. */
function aligned(texts: readonly string[]): string[] {
  const widest = Math.max(0, ...texts.map(widthOf));
  return texts.map((text) => " ".repeat(widest - widthOf(text)) + text);
}
