/** What goes together with a score: correlations with their ranges. Pure. */
import { cardScene, nothing } from "./card.ts";
import { dotMarks } from "./dots.ts";
import { type DriversPicture, MOST_ROWS } from "./inputs.ts";
import { correlationText, shortCountText } from "./numbers.ts";
import type { Pen } from "./pen.ts";
import { type Row, type RowsBlock, rowsBlock } from "./rows.ts";
import { type Block, paragraph, type Scene } from "./scene.ts";
import { looks, PADDING, WIDTH } from "./theme.ts";

/** From the zero line to the words on both sides of it. */
const APART = 8;

/** Correlations have no other. */
const scale = { min: -1, max: 1, step: 0.5 };

export function driversScene(input: DriversPicture, pen: Pen): Scene {
  const { language, labels } = input;
  const rows = input.rows.filter(({ correlation }) => correlation !== null).slice(0, MOST_ROWS);
  if (rows.length === 0) {
    return cardScene(input, [(top) => nothing(labels.noData, top, pen)], pen);
  }
  const chart = {
    rows: rows.map((row) => driverRow(row, input)),
    below: [],
    divider: "",
    scale,
    print: (value: number) => correlationText(value, 1, language),
    zero: true,
    references: {},
  };
  return cardScene(input, [(top) => withEnds(rowsBlock(chart, top, pen), labels, pen)], pen);
}

function driverRow(
  { label, correlation, range, n }: DriversPicture["rows"][number],
  { language }: DriversPicture,
): Row {
  const value = correlation ?? 0;
  return {
    label,
    value: correlationText(value, 2, language),
    n: shortCountText(n, language),
    draw: (x, y) => dotMarks({ value, range, early: false }, x, y),
  };
}

/** On both sides of zero what it means to stand there. */
function withEnds(block: RowsBlock, labels: DriversPicture["labels"], pen: Pen): Block {
  const { size } = looks.tick;
  const [left, right] = [block.x(0) - APART, block.x(0) + APART];
  const words = (text: string, width: number) =>
    text === "" ? [] : pen.wrap(text, { width, size, lines: 2 });
  const negative = words(labels.negative && `← ${labels.negative}`, left - PADDING);
  const positive = words(labels.positive && `→ ${labels.positive}`, WIDTH - PADDING - right);
  const first = paragraph(negative, [left, block.bottom], looks.tick, "right");
  const second = paragraph(positive, [right, block.bottom], looks.tick);
  return {
    marks: [...block.marks, ...first.marks, ...second.marks],
    bottom: Math.max(first.bottom, second.bottom),
  };
}
