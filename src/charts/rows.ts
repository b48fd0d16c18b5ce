/** A chart of rows: for each a name, a value drawn along one axis, the value printed, and n. Pure. */
import { across, horizontalAxis, type Position, ticksOf } from "./axis.ts";
import type { Reference } from "./inputs.ts";
import { legend, referenceEntries } from "./legend.ts";
import type { Pen } from "./pen.ts";
import type { Scale } from "./scale.ts";
import {
  type Block,
  type Box,
  bottomOf,
  type Ink,
  line,
  type Mark,
  paragraph,
  rule,
} from "./scene.ts";
import { colours, INNER_WIDTH, LINE_HEIGHT, lineStyles, looks, PADDING, WIDTH } from "./theme.ts";
import { widestOf } from "./words.ts";

/** One row. */
export interface Row {
  readonly label: string;
  /** The value as it is printed. */
  readonly value: string;
  /** The number of answers as it is printed; empty for none. */
  readonly n: string;
  /** Draws the value at the height `y`. */
  draw(x: Position, y: number): Mark[];
}

/** What a chart of rows shows. */
export interface RowsChart {
  readonly rows: readonly Row[];
  /** Rows of lower standing below a divider, and the words on it. */
  readonly below: readonly Row[];
  readonly divider: string;
  readonly scale: Scale;
  readonly print: (value: number) => string;
  /** Whether zero has a line of its own. */
  readonly zero: boolean;
  readonly references: Readonly<Partial<Record<"target" | "whole", Reference | undefined>>>;
}

/** The chart with the places of its values, for what is written below it. */
export interface RowsBlock extends Block {
  readonly x: Position;
}

const LONGEST_LABEL = 150;
/** More rows than these have one line each, so that a phone shows them at once. */
const WRAPPED_ROWS = 8;
const ROW_GAP = 9;
const COLUMN_GAP = 10;
/** Half of the largest point: at the end of the scale it stays on its side of the column's edge. */
const POINT_ROOM = 6;
const { size } = looks.label;
const TEXT_HEIGHT = size * LINE_HEIGHT;

/** The legend of the references, then the rows, then their axis. */
export function rowsBlock(chart: RowsChart, top: number, pen: Pen): RowsBlock {
  const all = [...chart.rows, ...chart.below];
  const columns = columnsFor(all, pen);
  const key = legend(referenceEntries(chart.references), top, pen);
  const head = captionRow(columns, key.bottom);
  const upper = stackRows(chart.rows, columns, head.bottom);
  const parted = dividerBelow(chart, upper.bottom, pen);
  const lower = stackRows(chart.below, columns, parted.bottom);
  const first = chart.rows.length === 0 ? parted.bottom : head.bottom;
  const box = { ...columns.plot, top: first, height: lower.bottom - first };
  const x = across(chart.scale, box);
  const axis = horizontalAxis(ticksOf(chart.scale, x, chart.print), box, pen);
  const marks = [
    ...key.marks,
    ...head.marks,
    ...axis.marks,
    ...uprights(chart, x, box),
    ...parted.marks,
    ...[...upper.placed, ...lower.placed].flatMap(({ row, y }) => row.draw(x, y)),
    ...upper.marks,
    ...lower.marks,
  ];
  return { marks, bottom: axis.bottom, x };
}

/** Where the columns are; the plot has what the words leave. */
interface Columns {
  readonly labels: ReadonlyMap<Row, readonly string[]>;
  readonly plot: Pick<Box, "left" | "width">;
  /** Right ends. */
  readonly values: number;
  readonly counts: number;
  readonly counted: boolean;
}

function columnsFor(rows: readonly Row[], pen: Pen): Columns {
  const lines = rows.length > WRAPPED_ROWS ? 1 : 2;
  const labels = new Map(
    rows.map((row) => [row, pen.wrap(row.label, { width: LONGEST_LABEL, size, lines })]),
  );
  const widest = (texts: readonly string[], of: number) => widestOf(texts, of, pen.widthOf);
  const counts = WIDTH - PADDING;
  const nWidth = widest(
    rows.map(({ n }) => n),
    looks.small.size,
  );
  const values = nWidth === 0 ? counts : counts - nWidth - COLUMN_GAP;
  const left = PADDING + widest([...labels.values()].flat(), size) + COLUMN_GAP + POINT_ROOM;
  const right =
    values -
    widest(
      rows.map(({ value }) => value),
      size,
    ) -
    COLUMN_GAP -
    POINT_ROOM;
  return { labels, plot: { left, width: right - left }, values, counts, counted: nWidth > 0 };
}

/** "n" above the numbers of answers. */
function captionRow({ counted, counts }: Columns, top: number): Block {
  const height = looks.small.size * LINE_HEIGHT;
  if (!counted) return { marks: [], bottom: top };
  return {
    marks: line("n", [counts, top + height / 2], looks.small, "right"),
    bottom: top + height,
  };
}

interface StackedRows extends Block {
  readonly placed: readonly { readonly row: Row; readonly y: number }[];
}

function stackRows(rows: readonly Row[], columns: Columns, top: number): StackedRows {
  const marks: Mark[] = [];
  const placed: { row: Row; y: number }[] = [];
  let bottom = top;
  for (const row of rows) {
    const label = columns.labels.get(row) ?? [];
    const height = Math.max(1, label.length) * TEXT_HEIGHT;
    const y = bottom + (ROW_GAP + height) / 2;
    marks.push(
      ...paragraph(label, [PADDING, bottom + ROW_GAP / 2], looks.label).marks,
      ...line(row.value, [columns.values, y], looks.label, "right"),
      ...line(row.n, [columns.counts, y], looks.small, "right"),
    );
    placed.push({ row, y });
    bottom += height + ROW_GAP;
  }
  return { marks, bottom, placed };
}

/** A line across the card and its words, which no line of the chart goes through. */
function dividerBelow({ below, divider }: RowsChart, top: number, pen: Pen): Block {
  if (below.length === 0) return { marks: [], bottom: top };
  const y = top + ROW_GAP / 2;
  const edge = rule([PADDING, y], [WIDTH - PADDING, y], { stroke: colours.zero, dash: [1, 3] });
  const room = { width: INNER_WIDTH, size: looks.small.size, lines: 2 };
  const words = paragraph(pen.wrap(divider, room), [PADDING, y + 3], looks.small);
  const behind = { left: PADDING, top: y, width: INNER_WIDTH, height: words.bottom - y };
  const sheet: Mark = { kind: "box", ...behind, fill: colours.card };
  return { marks: [sheet, edge, ...words.marks], bottom: words.bottom };
}

/** The lines that rows are held against. */
function uprights({ zero, references }: RowsChart, x: Position, box: Box): Mark[] {
  const upright = (value: number, ink: Ink) =>
    rule([x(value), box.top], [x(value), bottomOf(box)], ink);
  const { whole, target } = references;
  return [
    ...(zero ? [upright(0, { stroke: colours.zero })] : []),
    ...(whole ? [upright(whole.value, lineStyles.whole)] : []),
    ...(target ? [upright(target.value, lineStyles.target)] : []),
  ];
}
