/** The trend: the score as a line, its 95 % range as a band, n below each period. Pure. */
import type { LineSeriesOption } from "echarts";
import { bandSeries } from "./band.ts";
import type { ChartPart } from "./chart-part.ts";
import type { ChartPlace } from "./layout.ts";
import { scoreText } from "./numbers.ts";
import type { SummaryPicture } from "./picture.ts";
import { scaleFor } from "./scale.ts";
import { axisMargins, colours, fontSizes } from "./theme.ts";

const POINT_SIZE = 8;

/** The trend as the chart with this `index` in the picture. */
export function trendPart(
  input: SummaryPicture,
  { box, labels, counts }: ChartPlace,
  index: number,
): ChartPart {
  const { trend, unit, domain, language } = input;
  const scale = scaleFor(
    trend.flatMap(({ score, range }) => (score === null ? [] : [score, ...(range ?? [])])),
    unit,
    domain,
  );
  const axes = { xAxisIndex: index, yAxisIndex: index };
  const pixelsPerUnit = box.height / (scale.max - scale.min);
  return {
    grid: box,
    xAxis: [
      { gridIndex: index, ...row(labels, axisMargins.label, colours.text) },
      { gridIndex: index, ...row(counts.texts, axisMargins.counts, colours.quiet) },
    ],
    yAxis: [
      {
        type: "value",
        gridIndex: index,
        min: scale.min,
        max: scale.max,
        interval: scale.step,
        axisLabel: {
          formatter: (value) => scoreText(value, unit, 0, language),
          color: colours.quiet,
          fontSize: fontSizes.small,
          margin: axisMargins.label,
        },
        splitLine: { lineStyle: { color: colours.grid } },
      },
    ],
    series: [
      { ...axes, ...bandSeries(trend) },
      { ...axes, ...lineSeries(input, pixelsPerUnit) },
    ],
  };
}

/** A row of texts below the chart: an axis of which only the labels are seen. */
function row(texts: readonly string[], margin: number, color: string) {
  return {
    type: "category",
    position: "bottom",
    data: texts.map((_, i) => i),
    axisTick: { show: false },
    axisLine: { show: false },
    axisLabel: {
      interval: 0,
      formatter: (_value: string, i: number) => texts[i] ?? "",
      color,
      fontSize: fontSizes.small,
      margin,
    },
  } as const;
}

function lineSeries(
  { trend, unit, language }: SummaryPicture,
  pixelsPerUnit: number,
): LineSeriesOption {
  const newest = trend.findLastIndex(({ score }) => score !== null);
  const data = trend.map(({ score, range, n, running }, i) => {
    if (score === null) return "-"; // how ECharts spells a gap
    return {
      value: score,
      itemStyle: running ? hollow : filled,
      label: {
        show: i === newest,
        formatter: () => scoreText(score, unit, n, language),
        offset: [0, (score - (range?.[1] ?? score)) * pixelsPerUnit], // above the band
      },
    };
  });
  return {
    type: "line",
    data,
    connectNulls: false,
    showAllSymbol: true,
    symbol: "circle",
    symbolSize: POINT_SIZE,
    lineStyle: { color: colours.accent, width: 2.25, cap: "round", join: "round" },
    label: {
      position: "top",
      distance: 4,
      color: colours.accent,
      fontSize: fontSizes.label,
      textBorderColor: colours.accent,
      textBorderWidth: 0.4,
      backgroundColor: colours.card, // no grid line through the number
      padding: [0, 3],
    },
    markLine: {
      silent: true,
      symbol: "none",
      data: unit === "points" ? [{ yAxis: 0 }] : [],
      lineStyle: { color: colours.zero, type: "solid", width: 1 },
      label: { show: false },
    },
  };
}

const filled = { color: colours.accent, borderColor: colours.card, borderWidth: 1.5 };
const hollow = { color: colours.card, borderColor: colours.accent, borderWidth: 2 };
