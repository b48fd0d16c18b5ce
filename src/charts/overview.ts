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
import { colours, LINE_HEIGHT, lineStyles, looks, PADDING, WIDTH } from "./theme.ts";
import { newestOf, trendMarks } from "./trend.ts";

type Row = OverviewPicture["rows"][number];

const WORDS_WIDTH = 204;
const TREND_LEFT = PADDING + WORDS_WIDTH + 20;
const TREND_HEIGHT = 46;
const CHANGE_LINES = 2;
/** Of a metric's own line. */
const HEIGHT = looks.score.size * LINE_HEIGHT;
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
  const words = wordsOf(row, top, pen);
  const middle = (top + words.bottom) / 2;
  const trend = trendOf(row, {
    left: TREND_LEFT,
    top: middle - TREND_HEIGHT / 2,
    width: WIDTH - PADDING - TREND_LEFT,
    height: TREND_HEIGHT,
  });
  return { marks: [edge, ...words.marks, ...trend], bottom: words.bottom };
}

/** Name and score, then the range, the change and the target, as far as there are any. */
function wordsOf({ name, score, range, change, target }: Row, top: number, pen: Pen): Block {
  const { small, tick } = looks;
  const y = top + HEIGHT / 2;
  const right = PADDING + WORDS_WIDTH;
  const figure = pen.cut(score, WORDS_WIDTH / 2, looks.score.size);
  const left = WORDS_WIDTH - pen.widthOf(figure, looks.score.size) - GAP;
  const at = (texts: readonly string[], from: number, look: typeof small | typeof tick) =>
    paragraph(texts, [PADDING, from], look);
  const room = { width: WORDS_WIDTH, size: small.size, lines: 1 };
  const first = at(pen.wrap(range, room), top + HEIGHT, small);
  const second = at(pen.wrap(change, { ...room, lines: CHANGE_LINES }), first.bottom, tick);
  const third = targetLine(target?.label ?? "", second.bottom, pen);
  return {
    marks: [
      ...line(pen.cut(name, left, looks.heading.size), [PADDING, y], looks.heading),
      ...line(figure, [right, y], looks.score, "right"),
      ...first.marks,
      ...second.marks,
      ...third.marks,
    ],
    bottom: third.bottom,
  };
}

function targetLine(label: string, top: number, pen: Pen): Block {
  const { size } = looks.small;
  const [height, left] = [size * LINE_HEIGHT, PADDING + SAMPLE + GAP];
  const text = pen.cut(label, WORDS_WIDTH - SAMPLE - GAP, size);
  if (text === "") return { marks: [], bottom: top };
  const y = top + height / 2;
  const sample = rule([PADDING, y], [PADDING + SAMPLE, y], lineStyles.target);
  return { marks: [sample, ...line(text, [left, y], looks.small)], bottom: top + height };
}

function trendOf({ trend, domain, target }: Row, box: Box): Mark[] {
  if (newestOf(trend) === -1) return [];
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
