/** Axes: places of values, grid lines with their numbers, rows of labels. Pure. */
import type { Pen } from "./pen.ts";
import type { Scale } from "./scale.ts";
import { type Block, type Box, bottomOf, gridLine, line, type Mark, rightOf } from "./scene.ts";
import { LABEL_GAP, LABEL_MARGIN, LINE_HEIGHT, type Look, looks, PADDING, WIDTH } from "./theme.ts";

/** Where a value goes, in CSS pixels. */
export type Position = (value: number) => number;

/** A label and its place along an axis. */
export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** From left to right; what is off the scale goes to its end. */
export function across({ min, max }: Pick<Scale, "min" | "max">, box: Box): Position {
  return (value) => box.left + box.width * within((value - min) / (max - min));
}

/** From the bottom up. */
export function upwards({ min, max }: Pick<Scale, "min" | "max">, box: Box): Position {
  return (value) => bottomOf(box) - box.height * within((value - min) / (max - min));
}

function within(share: number): number {
  return Math.min(1, Math.max(0, share));
}

/** The middles of slots of equal width, for periods and bars. */
export function slots(count: number, box: Box): Position {
  return (index) => box.left + ((index + 0.5) * box.width) / count;
}

/** The numbers of a scale with their places. */
export function ticksOf(
  { min, max, step }: Scale,
  position: Position,
  print: (value: number) => string,
): Tick[] {
  const count = Math.round((max - min) / step);
  return Array.from({ length: count + 1 }, (_, i) => min + i * step).map((value) => ({
    at: position(value),
    label: print(value),
  }));
}

/** Horizontal grid lines with their numbers at the left. */
export function verticalAxis(ticks: readonly Tick[], box: Box): Mark[] {
  return ticks.flatMap(({ at, label }) => [
    gridLine([box.left, at], [rightOf(box), at]),
    ...line(label, [box.left - LABEL_MARGIN, at], looks.small, "right"),
  ]);
}

/** Vertical grid lines with their numbers below. */
export function horizontalAxis(ticks: readonly Tick[], box: Box, pen: Pen): Block {
  const bottom = bottomOf(box);
  const lines = ticks.map(({ at }) => gridLine([at, box.top], [at, bottom]));
  const row = labelRow(ticks, bottom + LABEL_MARGIN, looks.small, pen);
  return { marks: [...lines, ...row.marks], bottom: row.bottom };
}

/**
 * Labels in one row, each in the middle of its place but never off the card. One that would touch
 * those before it is left out.
 */
export function labelRow(ticks: readonly Tick[], top: number, look: Look, pen: Pen): Block {
  const marks: Mark[] = [];
  const height = look.size * LINE_HEIGHT;
  let taken = Number.NEGATIVE_INFINITY;
  for (const { at, label } of ticks) {
    const half = pen.widthOf(label, look.size) / 2;
    const x = Math.min(WIDTH - PADDING / 2 - half, Math.max(PADDING / 2 + half, at));
    if (label === "" || x - half < taken + LABEL_GAP) continue;
    taken = x + half;
    marks.push(...line(label, [x, top + height / 2], look, "center"));
  }
  return { marks, bottom: top + height };
}
