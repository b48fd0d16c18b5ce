/** A value with its range on a row: a point on a line. Pure. */
import type { Range } from "../metrics/metric.ts";
import type { Position } from "./axis.ts";
import { type Mark, rule } from "./scene.ts";
import { colours, dotStyles } from "./theme.ts";

const RADIUS = 4.5;

/** Hollow and thin where it is not to be relied on yet. */
export function dotMarks(
  { value, range, early }: { value: number; range: Range | null; early: boolean },
  x: Position,
  y: number,
): Mark[] {
  const ink = early
    ? { stroke: colours.zero, thickness: 1.5 }
    : { stroke: colours.bandEdge, thickness: 4 };
  const style = early ? dotStyles.hollow : { ...dotStyles.filled, thickness: 0.75 };
  return [
    ...(range === null ? [] : [rule([x(range[0]), y], [x(range[1]), y], ink)]),
    { kind: "dot", x: x(value), y, radius: RADIUS, ...style },
  ];
}
