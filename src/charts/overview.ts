/** Every metric on one card: its words at the left, its trend at the right. Pure. */
import { type Position, slots, upwards } from "./axis.ts";
import { cardScene, nothing } from "./card.ts";
import { MOST_ROWS, type OverviewPicture, type Reference } from "./inputs.ts";
import type { Pen } from "./pen.ts";
import { niceScale, scaleFor } from "./scale.ts";
import {
  type Block,
  type Box,
  bottomOf,
  gridLine,
  line,
  type Mark,
  paragraph,
  rightOf,
  rule,
  type Scene,
} from "./scene.ts";
import { colours, INNER_WIDTH, LINE_HEIGHT, lineStyles, looks, PADDING, WIDTH } from "./theme.ts";
import { newestOf, trendMarks } from "./trend.ts";

type Row = OverviewPicture["rows"][number];

const TREND_WIDTH = 160;
const TREND_HEIGHT = 48;
const COLUMN_GAP = 16;
/** Beside a trend; without one the words have the whole card. */
const WORDS_WIDTH = INNER_WIDTH - TREND_WIDTH - COLUMN_GAP;
const MOST_LINES = 2;
const FIRST_LINE = looks.score.size * LINE_HEIGHT;
const SAMPLE = 18;
const GAP = 7;
const DOT = 3.5;

export function overviewScene(input: OverviewPicture, pen: Pen): Scene {
  const rows = input.rows.slice(0, MOST_ROWS);
  if (rows.length === 0) {
    return cardScene(input, [(top) => nothing(input.labels.noData, top, pen)], pen);
  }
  const sections = rows.map((row) => (top: number) => rowBlock(row, top, pen));
  return cardScene(input, sections, pen);
}

function rowBlock(row: Row, top: number, pen: Pen): Block {
  const edge = gridLine([PADDING, top - GAP], [WIDTH - PADDING, top - GAP]);
  const below = top + FIRST_LINE;
  const drawn = newestOf(row.trend) !== -1;
  const words = wordsOf(row, { top: below, width: drawn ? WORDS_WIDTH : INNER_WIDTH }, pen);
  const left = WIDTH - PADDING - TREND_WIDTH;
  const box = { left, top: below + 2, width: TREND_WIDTH, height: TREND_HEIGHT };
  return {
    marks: [edge, ...nameLine(row, top, pen), ...words.marks, ...(drawn ? trendOf(row, box) : [])],
    bottom: drawn ? Math.max(words.bottom, bottomOf(box)) : words.bottom,
  };
}

/** The name, and the score at the right end, above the newest point. */
function nameLine({ name, score }: Row, top: number, pen: Pen): Mark[] {
  const y = top + FIRST_LINE / 2;
  const figure = pen.cut(score, INNER_WIDTH / 2, looks.score.size);
  const width = INNER_WIDTH - pen.widthOf(figure, looks.score.size) - COLUMN_GAP;
  return [
    ...line(pen.cut(name, width, looks.heading.size), [PADDING, y], looks.heading),
    ...line(figure, [WIDTH - PADDING, y], looks.score, "right"),
  ];
}

/** The range, the change and the target, as far as there are any. */
function wordsOf(
  { range, change, target }: Row,
  { top, width }: { readonly top: number; readonly width: number },
  pen: Pen,
): Block {
  const { small, tick } = looks;
  const room = { width, size: small.size, lines: MOST_LINES };
  const first = paragraph(pen.wrap(range, room), [PADDING, top], small);
  const second = paragraph(pen.wrap(change, room), [PADDING, first.bottom], tick);
  const indent = SAMPLE + GAP;
  const label = pen.wrap(target?.label ?? "", { ...room, width: width - indent });
  const third = paragraph(label, [PADDING + indent, second.bottom], small);
  const y = second.bottom + (small.size * LINE_HEIGHT) / 2;
  const sample = rule([PADDING, y], [PADDING + SAMPLE, y], lineStyles.target);
  return {
    marks: [
      ...first.marks,
      ...second.marks,
      ...(label.length === 0 ? [] : [sample]),
      ...third.marks,
    ],
    bottom: third.bottom,
  };
}

function trendOf({ trend, domain, target }: Row, box: Box): Mark[] {
  const shown = trend.flatMap(({ score, range }) =>
    score === null ? [] : [score, ...(range ?? [])],
  );
  const values = target === undefined ? shown : [...shown, target.value];
  const scale = domain === null ? niceScale(values, false) : scaleFor(values, "percent", domain);
  const x = slots(trend.length, box);
  const y = upwards(scale, box);
  const held = ({ value }: Reference) =>
    rule([box.left, y(value)], [rightOf(box), y(value)], lineStyles.target);
  return [
    ...breaksIn(trend, x, box),
    ...trendMarks(
      trend,
      { x, y, radius: DOT, everyDot: false },
      target === undefined ? [] : [held(target)],
    ),
  ];
}

/** The card has the words of a break, there is no room for them here. */
function breaksIn(trend: Row["trend"], x: Position, box: Box): Mark[] {
  return trend.flatMap(({ breakBefore }, i) =>
    breakBefore === undefined || i === 0
      ? []
      : [rule([x(i - 0.5), box.top], [x(i - 0.5), bottomOf(box)], { stroke: colours.quiet })],
  );
}
