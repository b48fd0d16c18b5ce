/** A plain bar for each row, from zero. Pure. */
import type { Position } from "./axis.ts";
import { cardScene, nothing } from "./card.ts";
import { type BarsPicture, MOST_ROWS } from "./inputs.ts";
import { barText, shortCountText } from "./numbers.ts";
import type { Pen } from "./pen.ts";
import { type Row, rowsBlock } from "./rows.ts";
import { niceScale } from "./scale.ts";
import { type Mark, rule, type Scene } from "./scene.ts";
import { colours } from "./theme.ts";

const THICKNESS = 14;
/** Half the height of the ends of a range. */
const WHISKER = 4;

export function barsScene(input: BarsPicture, pen: Pen): Scene {
  const { unit, language, labels, target } = input;
  const bars = input.bars.filter(({ value }) => value !== null).slice(0, MOST_ROWS);
  if (bars.length === 0) {
    return cardScene(input, [(top) => nothing(labels.noData, top, pen)], pen);
  }
  const shown = bars.flatMap(({ value, range }) => [value ?? 0, ...(range ?? [])]);
  const chart = {
    rows: bars.map((bar) => barRow(bar, input)),
    below: [],
    divider: "",
    scale: niceScale([...shown, ...(target ? [target.value] : [])], unit === "count"),
    print: (value: number) => barText(value, unit, 0, language),
    zero: true,
    references: { target },
  };
  return cardScene(input, [(top) => rowsBlock(chart, top, pen)], pen);
}

function barRow(bar: BarsPicture["bars"][number], { unit, language }: BarsPicture): Row {
  const { label, value, n } = bar;
  return {
    label,
    value: barText(value ?? 0, unit, n ?? 0, language),
    n: n === undefined ? "" : shortCountText(n, language),
    draw: (x, y) => barMarks(bar, x, y),
  };
}

function barMarks(
  { value, range, early = false }: BarsPicture["bars"][number],
  x: Position,
  y: number,
): Mark[] {
  const ends = [x(0), x(value ?? 0)];
  const left = Math.min(...ends);
  const place = {
    left,
    width: Math.max(...ends) - left,
    top: y - THICKNESS / 2,
    height: THICKNESS,
  };
  const fill = early ? colours.card : colours.bandEdge;
  const bar: Mark = { kind: "box", ...place, fill, stroke: colours.bandEdge, thickness: 1.5 };
  return [...(value === 0 ? [] : [bar]), ...(range ? whiskers(range.map(x), y) : [])];
}

function whiskers(ends: readonly number[], y: number): Mark[] {
  const [low = 0, high = 0] = ends;
  const ink = { stroke: colours.text, thickness: 1.5 };
  return [
    rule([low, y], [high, y], ink),
    ...ends.map((at) => rule([at, y - WHISKER], [at, y + WHISKER], ink)),
  ];
}
