/** What the picture of all metrics shows. */
import type { OverviewPicture } from "../../charts/inputs.ts";
import { type Language, textsFor } from "../../locales/index.ts";
import { isShown } from "../../metrics/ladder.ts";
import type { Facts } from "../../metrics/summary.ts";
import { targetScore, targetText } from "../summary/change.ts";
import { formatFor } from "../summary/format.ts";
import { scoreLine } from "../summary/headline.ts";
import type { Figures } from "../summary/load.ts";
import { begun } from "../summary/periods.ts";
import { periodLabel } from "../view/period.ts";
import type { LoadedCx } from "./cx.ts";
import { readable } from "./cx-card.ts";

/** Undefined where no metric has answers. */
export function overviewPicture(loaded: LoadedCx, language: Language): OverviewPicture | undefined {
  const { figures, view, workspace } = loaded;
  if (figures.length === 0) return undefined;
  const texts = textsFor(language);
  const title = texts.text("cx.title");
  return {
    title,
    subtitle: [workspace, periodLabel(view.period, language)].join(" · "),
    language,
    alt: [title, ...figures.map((each) => scoreLine(readable(each, loaded), language))].join("\n"),
    rows: figures.map((each) => rowOf(each, language)),
    labels: { noData: texts.text("summary.no-data") },
  };
}

function rowOf(figures: Figures, language: Language): OverviewPicture["rows"][number] {
  const { metric, summary, trend } = figures;
  const texts = textsFor(language);
  const format = formatFor(metric, language);
  const { n, score, range, shown, change, target } = summary;
  const shownTrend = begun(trend);
  const seen = shown && score !== null && range !== null;
  const ends = seen ? format.range([range[0] ?? 0, range[1] ?? 0], n) : undefined;
  const said = { loaded: figures, language, texts, format };
  const label = targetText(said) ?? targetScore(said) ?? "";
  return {
    name: texts.text(`metric.${metric.name}.name`),
    score: seen ? format.score(score, n) : "",
    range: ends === undefined ? "" : texts.text("cx.range", { ...ends, n }),
    change: seen
      ? texts.text("cx.change", { verdict: (change?.verdict ?? "none").replaceAll("-", "") })
      : texts.text("summary.no-data"),
    trend: shownTrend.map((facts, i) => pointOf(metric, facts, shownTrend[i - 1])),
    domain: metric.domain,
    ...(target === null ? {} : { target: { value: target.value, label } }),
  };
}

function pointOf(
  metric: Figures["metric"],
  { histogram, period, asking, epoch }: Facts,
  earlier: Facts | undefined,
): OverviewPicture["rows"][number]["trend"][number] {
  const seen = isShown(histogram.reduce((sum, count) => sum + count, 0));
  const isBreak = earlier !== undefined && earlier.epoch !== epoch;
  return {
    score: seen ? metric.score(histogram) : null,
    range: seen ? metric.range(histogram) : null,
    running: period.running || asking.open > 0,
    ...(isBreak ? { breakBefore: "" } : {}),
  };
}
