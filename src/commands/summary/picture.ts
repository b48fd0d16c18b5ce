import type { SummaryPicture } from "../../charts/picture.ts";
import { type Language, textsFor } from "../../locales/index.ts";
import { answersIn } from "../../metrics/histogram.ts";
import type { Metric } from "../../metrics/metric.ts";
import type { Facts } from "../../metrics/summary.ts";
import { scoreLabel } from "../../surveys/labels.ts";
import { filterLabel } from "../view/filter.ts";
import { periodLabel, shortLabel } from "../view/period.ts";
import { targetScore } from "./change.ts";
import { formatFor } from "./format.ts";
import { areShown, comparedLabel, headline } from "./headline.ts";
import type { LoadedSummary } from "./load.ts";
import { begun } from "./periods.ts";
import { shownScore, trendLine } from "./sparkline.ts";

/** What the picture of a summary shows; undefined when no period has enough answers to show. */
export function summaryPicture(
  loaded: LoadedSummary,
  language: Language,
): SummaryPicture | undefined {
  const { metric, now, summary } = loaded;
  const texts = textsFor(language);
  const trend = trendOf(loaded, language);
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
    distribution:
      summary.shown && areShown(now.histogram, loaded.singleAnswers)
        ? metric.displayed.map((score) => ({
            label: isWord(metric, score) ? scoreLabel(texts, metric.name, score) : String(score),
            count: now.histogram[score - metric.scale.min] ?? 0,
            group: metric.levelOf(score),
          }))
        : [],
    trend,
    ...references(loaded, language),
    labels,
    alt: `${headline(loaded, language)}\n${labels.trend}: ${said.join(", ") || labels.noData}`,
    ...(line === undefined ? {} : { sparkline: line }),
  };
}

/** The target, and the score compared with where it is none of the trend. */
function references(
  loaded: LoadedSummary,
  language: Language,
): Pick<SummaryPicture, "target" | "versus"> {
  const { metric, before, summary } = loaded;
  const format = formatFor(metric, language);
  const texts = textsFor(language);
  const target = targetScore({ loaded, format });
  const { previous, notCompared } = summary;
  const isApart = before !== null && notCompared === null && !isIn(loaded);
  const score = isApart && previous?.shown ? previous.score : null;
  return {
    ...(summary.target === null || target === undefined
      ? {}
      : {
          target: {
            value: summary.target.value,
            label: texts.text("summary.target.line", { target }),
          },
        }),
    ...(score === null ? {} : { versus: { value: score, label: comparedLabel(loaded, language) } }),
  };
}

function isIn({ before, trend }: LoadedSummary): boolean {
  const { start, end } = before?.period ?? {};
  return trend.some(({ period }) => +period.start === +(start ?? 0) && +period.end === +(end ?? 0));
}

/** The periods of the trend, with a break where the wording changed. */
function trendOf(loaded: LoadedSummary, language: Language): SummaryPicture["trend"] {
  const { metric, now, summary } = loaded;
  const trend = begun(loaded.trend);
  const wording = textsFor(language).text("summary.wording.new");
  return trend.map((facts, i) => {
    const point = trendPoint(metric, facts, language);
    const last = trend[i - 1];
    const breaks = last !== undefined && last.epoch !== facts.epoch;
    // The headline's own range: that of a known base is smaller.
    const range = facts === now && point.range !== null ? summary.range : point.range;
    return { ...point, range, ...(breaks ? { breakBefore: wording } : {}) };
  });
}

/** A period on the trend; too few answers are a gap. */
function trendPoint(
  metric: Metric,
  { period, histogram, asking }: Facts,
  language: Language,
): SummaryPicture["trend"][number] {
  const score = shownScore(metric, histogram);
  return {
    label: shortLabel(period, language),
    score,
    range: score === null ? null : metric.range(histogram),
    n: answersIn(histogram),
    running: period.running || asking.open > 0,
  };
}

function isWord(metric: Metric, score: number): boolean {
  return metric.stepName(score) !== String(score);
}
