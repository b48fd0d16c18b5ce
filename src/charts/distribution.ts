/** The bars: how often each score was given, with the counts above them. Pure. */
import type { ChartPart } from "./chart-part.ts";
import type { ChartPlace } from "./layout.ts";
import type { SummaryPicture } from "./picture.ts";
import { axisMargins, colours, fontSizes, groupColours, LINE_HEIGHT } from "./theme.ts";

const WIDEST_BAR = 44;

/** The bars as the chart with this `index` in the picture. */
export function distributionPart(
  { distribution }: SummaryPicture,
  { box, labels, counts }: ChartPlace,
  index: number,
): ChartPart {
  return {
    grid: box,
    xAxis: [
      {
        type: "category",
        gridIndex: index,
        data: labels.map((_, i) => i),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: colours.zero } },
        axisLabel: {
          interval: 0,
          formatter: (_value, i) => labels[i] ?? "",
          color: colours.text,
          fontSize: fontSizes.label,
          lineHeight: fontSizes.label * LINE_HEIGHT,
          margin: axisMargins.label,
        },
      },
    ],
    yAxis: [{ type: "value", gridIndex: index, show: false, min: 0, max: "dataMax" }],
    series: [
      {
        type: "bar",
        xAxisIndex: index,
        yAxisIndex: index,
        barWidth: "70%",
        barMaxWidth: WIDEST_BAR,
        data: distribution.map(({ count, group }, i) => ({
          value: count,
          itemStyle: {
            color: groupColours[group].fill,
            borderColor: groupColours[group].edge,
            borderWidth: count > 0 ? 1 : 0,
            borderRadius: [3, 3, 0, 0],
          },
          label: {
            show: true,
            position: "top",
            distance: 5,
            formatter: () => counts.texts[i] ?? "",
            color: count > 0 ? colours.text : colours.quiet,
            fontSize: counts.fontSize,
          },
        })),
      },
    ],
  };
}
