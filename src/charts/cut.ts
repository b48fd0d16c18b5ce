/** A score by whatever it is cut by: a point with its range for each. Pure. */
import { cardScene, nothing } from "./card.ts";
import { dotMarks } from "./dots.ts";
import { type CutPicture, MOST_ROWS } from "./inputs.ts";
import { scoreText, shortCountText } from "./numbers.ts";
import type { Pen } from "./pen.ts";
import { type Row, rowsBlock } from "./rows.ts";
import { scaleFor } from "./scale.ts";
import type { Scene } from "./scene.ts";

export function cutScene(input: CutPicture, pen: Pen): Scene {
  const { unit, domain, language, labels, whole, target } = input;
  const rows = input.rows.filter(({ score }) => score !== null).slice(0, MOST_ROWS);
  if (rows.length === 0) {
    return cardScene(input, [(top) => nothing(labels.noData, top, pen)], pen);
  }
  const held = [whole, target].flatMap((reference) => reference?.value ?? []);
  const shown = rows.flatMap(({ score, range }) => [score ?? 0, ...(range ?? [])]);
  const chart = {
    rows: rows.filter(({ early }) => !early).map((row) => cutRow(row, input)),
    below: rows.filter(({ early }) => early).map((row) => cutRow(row, input)),
    divider: labels.early,
    scale: scaleFor([...shown, ...held], unit, domain),
    print: (value: number) => scoreText(value, unit, 0, language),
    zero: unit === "points",
    references: { whole, target },
  };
  return cardScene(input, [(top) => rowsBlock(chart, top, pen)], pen);
}

function cutRow(
  { label, score, range, n, early }: CutPicture["rows"][number],
  { unit, language }: CutPicture,
): Row {
  const value = score ?? 0;
  return {
    label,
    value: scoreText(value, unit, n, language),
    n: shortCountText(n, language),
    draw: (x, y) => dotMarks({ value, range, early }, x, y),
  };
}
