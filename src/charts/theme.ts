/**
 * Sizes and colours of a picture. It is shown some 350 CSS pixels wide on a phone, so nothing is
 * set smaller than 12; the card is opaque, so that light and dark clients show the same.
 */
import type { Level } from "../metrics/metric.ts";

/** Device pixels per CSS pixel. */
export const PIXEL_DENSITY = 2;

export const WIDTH = 440;
export const PADDING = 22;
export const INNER_WIDTH = WIDTH - 2 * PADDING;

/** Left of the trend, for the numbers of its axis. */
export const GUTTER = 40;

/** By what the words are for. */
export const fontSizes = { title: 21, quiet: 14, heading: 13, label: 13, small: 12 } as const;

/** From an axis to its labels, and from the trend's axis to the row of n below those. */
export const axisMargins = { label: 8, counts: 27 } as const;

/** Distance between the lines of a text, in sizes of its font. */
export const LINE_HEIGHT = 1.4;

export const colours = {
  card: "#fafbfc",
  edge: "#d9dfe7",
  text: "#17202c",
  quiet: "#566273",
  grid: "#e4e9ef",
  zero: "#808c9c",
  accent: "#0b5cab",
  band: "#cfe0f3",
} as const;

/**
 * Blue, grey and orange: told apart by colour-blind eyes, and in print by lightness alone. Not red
 * and green, which judge for the reader and are one colour to one man in twelve.
 */
export const groupColours: Readonly<Record<Level, { fill: string; edge: string }>> = {
  low: { fill: "#d0730d", edge: "#d0730d" },
  middle: { fill: "#d3dae3", edge: "#808c9c" },
  high: { fill: "#0b4f94", edge: "#0b4f94" },
};
