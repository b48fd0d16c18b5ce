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

/** Left of a chart with a vertical axis, for the numbers of that axis. */
export const GUTTER = 44;

/** From an axis to its labels. */
export const LABEL_MARGIN = 8;

/** The least distance between neighbouring labels. */
export const LABEL_GAP = 6;

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
  /** Beside the accent, where two lines are compared; they differ by their dashes as well. */
  second: "#a85508",
  band: "#cfe0f3",
  bandEdge: "#6a8fbf",
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

/** How words look, by what they are for. `bold` is a stroke: the font has one weight. */
export interface Look {
  readonly size: number;
  readonly colour: string;
  readonly bold: number;
}

export const looks = {
  title: { size: 21, colour: colours.text, bold: 0.6 },
  score: { size: 17, colour: colours.text, bold: 0.4 },
  heading: { size: 13, colour: colours.text, bold: 0.3 },
  label: { size: 13, colour: colours.text, bold: 0 },
  quiet: { size: 14, colour: colours.quiet, bold: 0 },
  small: { size: 12, colour: colours.quiet, bold: 0 },
  tick: { size: 12, colour: colours.text, bold: 0 },
  figure: { size: 13, colour: colours.accent, bold: 0.4 },
} as const satisfies Record<string, Look>;

/** How lines look that are no data; the legend says which is which. */
export const lineStyles = {
  target: { stroke: colours.text, thickness: 1.5, dash: [7, 4] },
  versus: { stroke: colours.quiet, thickness: 2, dash: [2, 4] },
  whole: { stroke: colours.quiet, thickness: 1.5 },
} as const;

/** A point, filled or hollow where it is not to be relied on yet. */
export const dotStyles = {
  filled: { fill: colours.accent, stroke: colours.card, thickness: 1.5 },
  hollow: { fill: colours.card, stroke: colours.accent, thickness: 2 },
} as const;
