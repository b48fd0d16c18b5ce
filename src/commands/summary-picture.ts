import type { SummaryPicture } from "../charts/picture.ts";
import { type Language, textsFor } from "../locales/index.ts";
import { answersIn } from "../metrics/histogram.ts";
import type { Metric } from "../metrics/metric.ts";
import type { Facts } from "../metrics/summary.ts";
import { scoreLabel } from "../surveys/labels.ts";
import { filterLabel } from "./filter.ts";
import type { LoadedSummary } from "./summary.ts";
import { formatFor } from "./summary-format.ts";
import { headline } from "./summary-headline.ts";
import { periodLabel, shortLabel } from "./summary-period.ts";
import { shownScore, trendLine } from "./summary-sparkline.ts";

/** What the picture of a summary shows; undefined when no period has enough answers to show. */
export function summaryPicture(
  loaded: LoadedSummary,
  language: Language,
): SummaryPicture | undefined {
  const { metric, now, summary } = loaded;
  const texts = textsFor(language);
  const trend = loaded.trend.map((facts) => trendPoint(metric, facts, language));
  if (!summary.shown && trend.every(({ score }) => score === null)) return undefined;
  const name = texts.text(`metric.${metric.name}.headline`);
  const labels = {
    distribution: texts.text("summary.distribution"),
    trend: texts.text("summary.trend"),
    answers: texts.text("summary.answers", { n: summary.n }),
    noData: texts.text("summary.no-data"),
  };
  const format = formatFor(metric, language);
  const line = trendLine(loaded, language);
  const said = trend.flatMap(({ label, score, n }) =>
    score === null ? [] : [`${label} ${format.score(score, n)}`],
  );
  return {
    title:
      summary.shown && summary.score !== null
        ? `${name} ${format.score(summary.score, summary.n)}`
        : name,
    subtitle: [
      loaded.workspace,
      filterLabel(loaded.filter ?? {}, language) ?? [],
      periodLabel(now.period, language),
    ]
      .flat()
      .join(" · "),
    language,
    unit: metric.unit,
    domain: metric.domain,
    distribution: summary.shown
      ? metric.displayed.map((score) => ({
          label: isWord(metric, score) ? scoreLabel(texts, metric.name, score) : String(score),
          count: now.histogram[score - metric.scale.min] ?? 0,
          group: metric.levelOf(score),
        }))
      : [],
    trend,
    labels,
    alt: `${headline(loaded, language)}\n${labels.trend}: ${said.join(", ") || labels.noData}`,
    ...(line === undefined ? {} : { sparkline: line }),
  };
}

/** A period on the trend; too few answers are a gap. */
function trendPoint(
  metric: Metric,
  { period, histogram }: Facts,
  language: Language,
): SummaryPicture["trend"][number] {
  const score = shownScore(metric, histogram);
  return {
    label: shortLabel(period, language),
    score,
    range: score === null ? null : metric.range(histogram),
    n: answersIn(histogram),
    running: period.running,
  };
}

function isWord(metric: Metric, score: number): boolean {
  return metric.stepName(score) !== String(score);
}
