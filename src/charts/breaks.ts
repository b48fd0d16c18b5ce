/** Where a new series begins on a trend: an upright line between two periods, and why. Pure. */
import { slots } from "./axis.ts";
import type { TrendPoint } from "./inputs.ts";
import type { Pen } from "./pen.ts";
import { type Box, bottomOf, line, type Mark, rightOf, rule } from "./scene.ts";
import { colours, LABEL_GAP, LINE_HEIGHT, looks } from "./theme.ts";

const { size } = looks.small;
const ROW = size * LINE_HEIGHT;
/** What does not fit in so many rows is a line without words, as is what another one says already. */
const MOST_ROWS = 3;
const LONGEST = 170;
const WORDS_GAP = 5;

/** A break and the row that its words stand in: words that would touch those before go below. */
interface Break {
  readonly at: number;
  readonly text: string;
  readonly left: number;
  readonly width: number;
  readonly row: number;
}

/** How much room the words of the breaks need above a chart of this place. */
export function breakZone(trend: readonly TrendPoint[], box: Box, pen: Pen): number {
  const rows = breaksOf(trend, box, pen).map(({ row, text }) => (text === "" ? 0 : row + 1));
  return Math.max(0, ...rows) * ROW;
}

/** The breaks, from their words at `top` down through the chart. */
export function breakMarks(
  trend: readonly TrendPoint[],
  { box, top }: { readonly box: Box; readonly top: number },
  pen: Pen,
): Mark[] {
  const breaks = breaksOf(trend, box, pen);
  const lines = breaks.map(({ at, row, text }) => {
    const from = text === "" ? box.top : top + row * ROW + 3;
    return rule([at, from], [at, bottomOf(box)], { stroke: colours.quiet });
  });
  const words = breaks.flatMap(({ text, left, width, row }): Mark[] => {
    const y = top + (row + 0.5) * ROW;
    const behind = { left: left - 2, top: y - ROW / 2, width: width + 4, height: ROW };
    const sheet: Mark = { kind: "box", ...behind, fill: colours.card };
    return text === "" ? [] : [sheet, ...line(text, [left, y], looks.small)];
  });
  return [...lines, ...words];
}

function breaksOf(trend: readonly TrendPoint[], box: Box, pen: Pen): Break[] {
  const middle = slots(trend.length, box);
  const ends: number[] = [];
  const said = new Set<string>();
  return trend.flatMap(({ breakBefore }, i) => {
    if (breakBefore === undefined || i === 0) return [];
    const at = middle(i - 0.5);
    const text = pen.cut(breakBefore, LONGEST, size);
    const width = pen.widthOf(text, size);
    const left = Math.min(at + WORDS_GAP, rightOf(box) - width);
    const free = ends.findIndex((end) => end + LABEL_GAP <= left);
    const row = free === -1 ? ends.length : free;
    const again = row > 0 && said.has(text);
    if (text === "" || again || row >= MOST_ROWS) return [{ at, text: "", left, width: 0, row: 0 }];
    said.add(text);
    ends[row] = left + width;
    return [{ at, text, left, width, row }];
  });
}
