/** The font as layouts use it: measures words, and makes them fit and safe to draw. */
import type { Typeface } from "./typeface.ts";
import { cleanText, cutToWidth, replaceMissing, wrapToWidth } from "./words.ts";

/** Widths in CSS pixels. */
export interface Pen {
  widthOf(text: string, size: number): number;
  /** The text in characters that can be drawn, in one line that is no wider. */
  cut(text: string, width: number, size: number): string;
  /** Likewise in at most so many lines. */
  wrap(text: string, room: { width: number; size: number; lines: number }): string[];
}

export function createPen({ widthOf, has }: Pick<Typeface, "widthOf" | "has">): Pen {
  const drawable = (text: string) => replaceMissing(cleanText(text), has);
  return {
    widthOf,
    cut: (text, width, size) => cutToWidth(drawable(text), width, size, widthOf),
    wrap: (text, room) => wrapToWidth(drawable(text), room, widthOf),
  };
}
