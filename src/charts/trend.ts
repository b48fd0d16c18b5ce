/**
 * A trend: the score as a line, its 95 % range as a band. Both are broken where a period has no score
 * and where a new series begins. Pure.
 */
import type { Position } from "./axis.ts";
import type { TrendPoint } from "./inputs.ts";
import type { Mark, Point } from "./scene.ts";
import { colours, dotStyles } from "./theme.ts";

type Values = Pick<TrendPoint, "score" | "range" | "running" | "breakBefore">;

/** Where the trend goes and how large its points are. */
export interface TrendPlace {
  readonly x: Position;
  readonly y: Position;
  readonly radius: number;
  /** False: only the newest point, and those that no line leads to. */
  readonly everyDot: boolean;
}

/** A run of a single period has a band of this width: at one point a band has none. */
const LONE_WIDTH = 10;

/** Band, line and points; `between` lies on the band and below the line. */
export function trendMarks(
  points: readonly Values[],
  place: TrendPlace,
  between: readonly Mark[],
): Mark[] {
  const runs = runsOf(points, ({ score }) => score !== null);
  const bands = runsOf(points, ({ score, range }) => score !== null && range !== null);
  return [
    ...bands.flatMap((run) => bandOf(run, points, place)),
    ...between,
    ...runs.flatMap((run) => lineOf(run, points, place)),
    ...runs.flatMap((run) => dotsOf(run, points, place)),
  ];
}

/** The newest period that has a score; −1 when none has. */
export function newestOf(points: readonly Values[]): number {
  return points.findLastIndex(({ score }) => score !== null);
}

/** Neighbours that may be joined, by their places in the list. */
function runsOf(points: readonly Values[], has: (point: Values) => boolean): number[][] {
  const runs: number[][] = [];
  let open: number[] | undefined;
  points.forEach((point, i) => {
    if (!has(point)) {
      open = undefined;
    } else if (open === undefined || point.breakBefore !== undefined) {
      open = [i];
      runs.push(open);
    } else {
      open.push(i);
    }
  });
  return runs;
}

function bandOf(run: readonly number[], points: readonly Values[], { x, y }: TrendPlace): Mark[] {
  const reach = run.length === 1 ? LONE_WIDTH / 2 : 0;
  const edge = (end: 0 | 1): Point[] =>
    run.flatMap((i) => {
      const at = y(points[i]?.range?.[end] ?? 0);
      return reach === 0
        ? [[x(i), at]]
        : [
            [x(i) - reach, at],
            [x(i) + reach, at],
          ];
    });
  const [low, high] = [edge(0), edge(1)];
  const thin = { stroke: colours.bandEdge, thickness: 0.75 };
  return [
    { kind: "path", points: [...high, ...low.toReversed()], fill: colours.band },
    { kind: "path", points: high, ...thin },
    { kind: "path", points: low, ...thin },
  ];
}

function lineOf(run: readonly number[], points: readonly Values[], place: TrendPlace): Mark[] {
  if (run.length === 1) return [];
  const at = run.map((i): Point => [place.x(i), place.y(points[i]?.score ?? 0)]);
  return [{ kind: "path", points: at, stroke: colours.accent, thickness: 2.25 }];
}

function dotsOf(run: readonly number[], points: readonly Values[], place: TrendPlace): Mark[] {
  const { x, y, radius, everyDot } = place;
  const newest = newestOf(points);
  return run
    .filter((i) => everyDot || i === newest || run.length === 1)
    .map((i) => {
      const { score, running = false } = points[i] ?? {};
      const style = running ? dotStyles.hollow : dotStyles.filled;
      return { kind: "dot", x: x(i), y: y(score ?? 0), radius, ...style };
    });
}
