import type {
  GridComponentOption,
  SeriesOption,
  XAXisComponentOption,
  YAXisComponentOption,
} from "echarts";

/**
 * What one chart adds to the option of the whole picture. Its grid, its first x axis and its y axis
 * have the same index in the lists of the whole.
 */
export interface ChartPart {
  readonly grid: GridComponentOption;
  readonly xAxis: readonly XAXisComponentOption[];
  readonly yAxis: readonly YAXisComponentOption[];
  readonly series: readonly SeriesOption[];
}
