/** The trend of a summary in one line of text. */
import { sparkline } from "../../charts/sparkline.ts";
import { type Language, textsFor } from "../../locales/index.ts";
import { answersIn } from "../../metrics/histogram.ts";
import { isShown } from "../../metrics/ladder.ts";
import type { Histogram, Metric } from "../../metrics/metric.ts";
import type { Figures } from "./load.ts";

/** "▃▄▅▇ 12 weeks"; undefined while there is no trend to show. */
export function trendLine(
  { metric, trend }: Pick<Figures, "metric" | "trend">,
  language: Language,
): string | undefined {
  // What was asked in other words is no part of one line.
  const epoch = trend.at(-1)?.epoch;
  const scores = trend.map((facts) =>
    facts.epoch === epoch ? shownScore(metric, facts.histogram) : null,
  );
  const drawn = sparkline(scores, metric.unit, metric.domain);
  const period = trend.at(-1)?.period;
  if (drawn === undefined || period === undefined || period.kind === "all") return undefined;
  return textsFor(language).text(`summary.sparkline.${period.kind}`, {
    line: drawn.line,
    n: drawn.periods,
    days: period.step && "days" in period.step ? period.step.days : 0,
  });
}

/** The score that a trend may show: too few answers are a gap. */
export function shownScore(metric: Metric, histogram: Histogram): number | null {
  return isShown(answersIn(histogram)) ? metric.score(histogram) : null;
}
