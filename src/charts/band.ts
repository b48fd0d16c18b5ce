/** The 95 % range of a trend as a band that is broken where a period has none. Pure. */
import type { CustomSeriesOption } from "echarts";
import type { Range } from "../metrics/metric.ts";
import type { SummaryPicture } from "./picture.ts";
import { colours } from "./theme.ts";

/** Neighbouring periods that all have a range; `from` is the index of the first. */
interface Run {
  readonly from: number;
  readonly ranges: readonly Range[];
}

/** A run of a single period is this wide, in CSS pixels: at one point a band has no width. */
const LONE_WIDTH = 10;

/** The band of a trend as a series. */
export function bandSeries(trend: SummaryPicture["trend"]): CustomSeriesOption {
  const runs = runsIn(trend);
  return {
    type: "custom",
    z: 1,
    silent: true,
    clip: true,
    data: runs.map(({ from, ranges }) => [from, ranges[0]?.[0] ?? 0]),
    renderItem: ({ dataIndex }, { coord }) => {
      const run = runs[dataIndex];
      if (run === undefined) return null;
      const points = cornersOf(run, (index, value) => coord([index, value]));
      return { type: "polygon", shape: { points }, style: { fill: colours.band } };
    },
  };
}

function runsIn(trend: SummaryPicture["trend"]): Run[] {
  const runs: { from: number; ranges: Range[] }[] = [];
  trend.forEach(({ score, range }, i) => {
    if (score === null || range === null) return;
    const last = runs.at(-1);
    if (last !== undefined && last.from + last.ranges.length === i) last.ranges.push(range);
    else runs.push({ from: i, ranges: [range] });
  });
  return runs;
}

/** Along the upper ends, and back along the lower ones. */
function cornersOf(
  { from, ranges }: Run,
  coord: (index: number, value: number) => number[],
): number[][] {
  const edge = (end: 0 | 1) => ranges.map((range, i) => coord(from + i, range[end]));
  const corners = [...edge(1), ...edge(0).toReversed()];
  if (ranges.length > 1) return corners;
  const moved = (by: number) => corners.map(([x = 0, y = 0]) => [x + by, y]);
  return [...moved(-LONE_WIDTH / 2), ...moved(LONE_WIDTH / 2).toReversed()];
}
