/** The picture of a summary: distribution above, trend below. Pure. */
import { labelRow, slots, ticksOf, upwards, verticalAxis } from "./axis.ts";
import { breakMarks, breakZone } from "./breaks.ts";
import { cardScene, heading, nothing, plotBox } from "./card.ts";
import { distributionBlock } from "./distribution.ts";
import type { SummaryPicture } from "./inputs.ts";
import { legend, referenceEntries } from "./legend.ts";
import { scoreText, shortCountText } from "./numbers.ts";
import type { Pen } from "./pen.ts";
import { scaleFor } from "./scale.ts";
import {
  type Block,
  type Box,
  bottomOf,
  type Ink,
  line,
  type Mark,
  rightOf,
  rule,
  type Scene,
} from "./scene.ts";
import { colours, LABEL_GAP, LABEL_MARGIN, LINE_HEIGHT, lineStyles, looks } from "./theme.ts";
import { newestOf, type TrendPlace, trendMarks } from "./trend.ts";
import { thinOut } from "./words.ts";

const HEIGHT = 120;
/** From what is above to the chart: room for the number over the newest point. */
const NUMBER_GAP = 24;
const LONGEST_LABEL = 72;
const DOT = 4;

export function summaryScene(input: SummaryPicture, pen: Pen): Scene {
  const sections = [
    (top: number) => distributionBlock(input, top, pen),
    (top: number) => trendBlock(input, top, pen),
  ];
  return cardScene(input, sections, pen);
}

function trendBlock(input: SummaryPicture, top: number, pen: Pen): Block {
  const { trend, labels } = input;
  const head = heading(labels.trend, top, pen);
  if (newestOf(trend) === -1) {
    const empty = nothing(labels.noData, head.bottom, pen);
    return { marks: [...head.marks, ...empty.marks], bottom: empty.bottom };
  }
  const key = legend(referenceEntries(input), head.bottom, pen);
  const above = key.bottom + breakZone(trend, plotBox(0, HEIGHT), pen);
  const box = plotBox(above + NUMBER_GAP, HEIGHT);
  const chart = chartIn(box, input, pen);
  const breaks = breakMarks(trend, { box, top: key.bottom }, pen);
  const rows = rowsBelow(box, input, pen);
  return {
    marks: [...head.marks, ...key.marks, ...breaks, ...chart, ...rows.marks],
    bottom: rows.bottom,
  };
}

function chartIn(box: Box, input: SummaryPicture, pen: Pen): Mark[] {
  const { trend, unit, domain, language, target, versus } = input;
  const shown = trend.flatMap(({ score, range }) =>
    score === null ? [] : [score, ...(range ?? [])],
  );
  const held = [target, versus].flatMap((reference) => reference?.value ?? []);
  const scale = scaleFor([...shown, ...held], unit, domain);
  const place = {
    x: slots(trend.length, box),
    y: upwards(scale, box),
    radius: DOT,
    everyDot: true,
  };
  const level = (value: number, ink: Ink) =>
    rule([box.left, place.y(value)], [rightOf(box), place.y(value)], ink);
  return [
    ...verticalAxis(
      ticksOf(scale, place.y, (value) => scoreText(value, unit, 0, language)),
      box,
    ),
    ...(unit === "points" ? [level(0, { stroke: colours.zero })] : []),
    ...trendMarks(trend, place, [
      ...(versus ? [level(versus.value, lineStyles.versus)] : []),
      ...(target ? [level(target.value, lineStyles.target)] : []),
    ]),
    ...newestNumber(input, place, pen),
  ];
}

/** Above the band, on the card's colour: no line goes through the number. */
function newestNumber(
  { trend, unit, language }: SummaryPicture,
  place: TrendPlace,
  pen: Pen,
): Mark[] {
  const newest = newestOf(trend);
  const { score = null, range = null, n = 0 } = trend[newest] ?? {};
  if (score === null) return [];
  const text = scoreText(score, unit, n, language);
  const { size } = looks.figure;
  const width = pen.widthOf(text, size) + 6;
  const [x, top] = [place.x(newest), place.y(range?.[1] ?? score)];
  const middle = Math.min(top, place.y(score) - DOT) - 5 - size / 2;
  const behind = { left: x - width / 2, top: middle - size / 2 - 1, width, height: size + 2 };
  return [
    { kind: "box", ...behind, fill: colours.card },
    ...line(text, [x, middle], looks.figure, "center"),
  ];
}

/** The names of the periods and the numbers of answers. */
function rowsBelow(box: Box, { trend, language }: SummaryPicture, pen: Pen): Block {
  const middle = slots(trend.length, box);
  const { size } = looks.small;
  const thinned = (texts: string[]) =>
    thinOut(texts, { width: box.width, size, gap: LABEL_GAP }, pen.widthOf).map((label, i) => ({
      at: middle(i),
      label,
    }));
  const names = trend.map(({ label }) => pen.cut(label, LONGEST_LABEL, size));
  const counts = trend.map(({ n }) => shortCountText(n, language));
  const first = labelRow(thinned(names), bottomOf(box) + LABEL_MARGIN - 2, looks.tick, pen);
  const second = labelRow(thinned(counts), first.bottom, looks.small, pen);
  const y = first.bottom + (size * LINE_HEIGHT) / 2;
  const caption = line("n", [box.left - LABEL_MARGIN, y], looks.small, "right");
  return { marks: [...first.marks, ...caption, ...second.marks], bottom: second.bottom };
}
