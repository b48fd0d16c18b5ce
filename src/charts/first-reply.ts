/** How long until the first reply: the share that still waits, as steps along a bent time. Pure. */
import { labelRow, type Position, type Tick, upwards, verticalAxis } from "./axis.ts";
import { cardScene, heading, nothing, plotBox } from "./card.ts";
import type { FirstReplyPicture, Moment, WaitingCurve } from "./inputs.ts";
import { type LegendEntry, legend, lineEntry } from "./legend.ts";
import { shareText } from "./numbers.ts";
import type { Pen } from "./pen.ts";
import {
  type Block,
  type Box,
  bottomOf,
  gridLine,
  type Mark,
  type Point,
  rule,
  type Scene,
} from "./scene.ts";
import { colours, LABEL_MARGIN, lineStyles, looks } from "./theme.ts";
import { timeAcross, timeTicks } from "./time-axis.ts";

const HEIGHT = 168;
const RADIUS = 5;
/** Half of a point's height, where it stands above the plot's upper edge. */
const ABOVE = 10;

/** Told apart by their dashes; the colours only help. */
const curveStyles = [
  { stroke: colours.accent, thickness: 2.25 },
  { stroke: colours.second, thickness: 2.25, dash: [6, 3] },
] as const;

/** Shares that still wait, with lines. */
const SHARES = [0, 0.25, 0.5, 0.75, 1];
const HALF = 0.5;
const TENTH = 0.1;

type Curve = WaitingCurve & { readonly style: (typeof curveStyles)[number] };

export function firstReplyScene(input: FirstReplyPicture, pen: Pen): Scene {
  const { labels } = input;
  const curves = curveStyles.flatMap((style, i): Curve[] => {
    const curve = input.curves[i];
    return curve === undefined || curve.steps.length === 0 ? [] : [{ ...curve, style }];
  });
  if (curves.length === 0) {
    return cardScene(input, [(top) => nothing(labels.noData, top, pen)], pen);
  }
  return cardScene(input, [(top) => waitingBlock(input, curves, top, pen)], pen);
}

function waitingBlock(
  { labels, promised, language }: FirstReplyPicture,
  curves: readonly Curve[],
  top: number,
  pen: Pen,
): Block {
  const key = legend(entriesOf(curves, promised), top, pen);
  const head = heading(labels.waiting, key.bottom + ABOVE / 2, pen);
  const box = plotBox(head.bottom + ABOVE, HEIGHT);
  const longest = Math.max(...curves.flatMap(momentsIn), promised?.seconds ?? 0);
  const x = timeAcross(longest, box);
  const y = upwards({ min: 0, max: 1 }, box);
  const ticks = timeTicks({ longest, x, language }, pen);
  const shares = SHARES.map((share) => ({ at: y(share), label: shareText(share, language) }));
  const row = labelRow(ticks, bottomOf(box) + LABEL_MARGIN - 2, looks.tick, pen);
  return {
    marks: [
      ...key.marks,
      ...head.marks,
      ...ticks.map(({ at }: Tick) => gridLine([at, box.top], [at, bottomOf(box)])),
      ...verticalAxis(shares, box),
      ...(promised === undefined ? [] : [upright(x(promised.seconds), box)]),
      ...curves.toReversed().map((curve) => stepsOf(curve, { x, y, box })),
      ...curves.toReversed().flatMap((curve) => pointsOf(curve, { x, y, box })),
      ...row.marks,
    ],
    bottom: row.bottom,
  };
}

/** Each clock with its points: the points stand beside the line that they are on. */
function entriesOf(curves: readonly Curve[], promised: Moment | undefined): LegendEntry[] {
  const known = curves.flatMap(({ label, median, p90, style }) => [
    { ...lineEntry(label, style), ownRow: true },
    ...(median === undefined ? [] : [pointEntry(median.label, medianMark, style.stroke)]),
    ...(p90 === undefined ? [] : [pointEntry(p90.label, p90Mark, style.stroke)]),
  ]);
  if (promised === undefined) return known;
  return [...known, { ...lineEntry(promised.label, lineStyles.target), ownRow: true }];
}

type PointMark = (at: Point, colour: string) => Mark;

function pointEntry(label: string, mark: PointMark, colour: string): LegendEntry {
  return { label, sample: ([x, y]) => [mark([x + RADIUS, y], colour)], sampleWidth: 2 * RADIUS };
}

/** The median is round, the ninetieth percentile a square on its corner. */
const medianMark: PointMark = ([x, y], colour) => ({
  kind: "dot",
  x,
  y,
  radius: RADIUS,
  fill: colour,
  stroke: colours.card,
  thickness: 1.5,
});

const p90Mark: PointMark = ([x, y], colour) => {
  const reach = RADIUS + 1;
  const points: Point[] = [
    [x, y - reach],
    [x + reach, y],
    [x, y + reach],
    [x - reach, y],
  ];
  return { kind: "path", points, fill: colour, stroke: colours.card, thickness: 1.5 };
};

interface Place {
  readonly x: Position;
  readonly y: Position;
  readonly box: Box;
}

/** From all who wait at the beginning down to those who still wait when the curve ends. */
function stepsOf({ steps, until, style }: Curve, { x, y }: Place): Mark {
  const points: Point[] = [[x(0), y(1)]];
  let height = y(1);
  for (const { seconds, waiting } of steps) {
    points.push([x(seconds), height], [x(seconds), y(waiting)]);
    height = y(waiting);
  }
  points.push([x(Math.max(until, steps.at(-1)?.seconds ?? 0)), height]);
  return { kind: "path", points, ...style };
}

/** Median and p90 with a thread down to the time that they are at. */
function pointsOf({ median, p90, style }: Curve, { x, y, box }: Place): Mark[] {
  const thread = { stroke: style.stroke, thickness: 1, dash: [1, 3] };
  const at = (moment: Moment | undefined, share: number, mark: PointMark): Mark[] => {
    if (moment === undefined) return [];
    const left = x(moment.seconds);
    return [
      rule([left, y(share)], [left, bottomOf(box)], thread),
      mark([left, y(share)], style.stroke),
    ];
  };
  return [...at(median, HALF, medianMark), ...at(p90, TENTH, p90Mark)];
}

function upright(x: number, box: Box): Mark {
  return rule([x, box.top], [x, bottomOf(box)], lineStyles.target);
}

function momentsIn({ until, steps, median, p90 }: Curve): number[] {
  return [until, steps.at(-1)?.seconds ?? 0, median?.seconds ?? 0, p90?.seconds ?? 0];
}
