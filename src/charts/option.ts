/** Numbers and places → what ECharts is told to draw. Pure. */
import type { EChartsOption } from "echarts";
import type { ChartPart } from "./chart-part.ts";
import { distributionPart } from "./distribution.ts";
import type { Layout, Line } from "./layout.ts";
import type { SummaryPicture } from "./picture.ts";
import { colours, fontSizes } from "./theme.ts";
import { trendPart } from "./trend.ts";

/** The whole picture: words, bars and trend. */
export function summaryOption(input: SummaryPicture, layout: Layout): EChartsOption {
  const parts: ChartPart[] = [];
  if (layout.distribution !== null) {
    parts.push(distributionPart(input, layout.distribution, parts.length));
  }
  if (layout.trend !== null) parts.push(trendPart(input, layout.trend, parts.length));
  return {
    animation: false,
    backgroundColor: colours.card,
    textStyle: { fontFamily: "sans-serif" },
    graphic: { elements: [edgeOf(layout), ...layout.lines.map(lineElement)] },
    grid: parts.map(({ grid }) => ({ ...grid, outerBoundsMode: "none" })), // the layout is ours
    xAxis: parts.flatMap(({ xAxis }) => xAxis),
    yAxis: parts.flatMap(({ yAxis }) => yAxis),
    series: parts.flatMap(({ series }) => series),
  };
}

function edgeOf({ width, height }: Layout) {
  return {
    type: "rect",
    silent: true,
    shape: { x: 0.5, y: 0.5, width: width - 1, height: height - 1 },
    style: { fill: "none", stroke: colours.edge, lineWidth: 1 },
  } as const;
}

/** The font has one weight: headings get theirs from a thin stroke in their own colour. */
const looks = {
  title: { fill: colours.text, stroke: colours.text, lineWidth: 0.6 },
  heading: { fill: colours.text, stroke: colours.text, lineWidth: 0.3 },
  quiet: { fill: colours.quiet },
  small: { fill: colours.quiet },
} as const;

function lineElement({ text, x, y, align, look }: Line) {
  return {
    type: "text",
    silent: true,
    style: {
      ...looks[look],
      text,
      x,
      y,
      align,
      verticalAlign: "middle",
      fontSize: fontSizes[look],
    },
  } as const;
}
