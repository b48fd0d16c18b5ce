/** The figures of a summary card: rows of facts and the bars of its distribution. */
import type { Language, TextKey, Texts } from "../../locales/index.ts";
import { isShown } from "../../metrics/ladder.ts";
import { levels, type Metric } from "../../metrics/metric.ts";
import type { Bar, Part } from "../../platform.ts";
import { scoreLabel } from "../../surveys/labels.ts";
import type { SummaryFormat } from "./format.ts";
import { areShown } from "./headline.ts";
import type { LoadedSummary } from "./load.ts";

/** What the parts of a card are made from. */
export interface Card {
  readonly loaded: LoadedSummary;
  readonly language: Language;
  readonly texts: Texts;
  readonly format: SummaryFormat;
}

type Row = readonly [label: string, value: string];

/** Everything that was counted, as label and value; what belongs together is in one part. */
export function factParts(card: Card): Part[] {
  const { loaded, texts, format } = card;
  const { n, asked, reached, answered, responseRate } = loaded.summary;
  const { closedAnswered, closedReached } = loaded.now.asking;
  const row = (key: TextKey, value: string): Row => [texts.text(key), value];
  const rate =
    responseRate === null
      ? asked > 0
        ? [row("summary.facts.rate", texts.text("summary.facts.rate.later"))]
        : []
      : [
          row(
            "summary.facts.rate",
            texts.text("summary.facts.rate.of", {
              rate: format.percent(responseRate, closedReached),
              answered: closedAnswered,
              reached: closedReached,
            }),
          ),
        ];
  const groups = [
    [row("summary.facts.answers", format.count(n)), ...groupsOf(card)],
    meanOf(card),
    [
      row("summary.facts.asked", format.count(asked)),
      row("summary.facts.reached", format.count(reached)),
      row("summary.facts.answered", format.count(answered)),
    ],
    rate,
    coverageOf(card),
  ];
  return groups.flatMap((rows): Part[] => (rows.length === 0 ? [] : [{ kind: "facts", rows }]));
}

/** How many of the chats worth asking about were asked about. */
function coverageOf({ loaded, texts, format }: Card): Row[] {
  const { coverage } = loaded.summary;
  if (coverage === null) return [];
  const { asked, eligible } = coverage;
  const rate = format.percent((100 * asked) / eligible, eligible);
  return [
    [texts.text("digest.coverage"), texts.text("digest.coverage.of", { rate, asked, eligible })],
  ];
}

function groupsOf({ loaded, texts, format }: Card): Row[] {
  const { metric, now, summary, singleAnswers } = loaded;
  const counts = metric.count(now.histogram);
  const own = levels.map((level) => counts[level]);
  if (!summary.shown || !areShown(own, singleAnswers)) return [];
  return levels.map((level) => [
    texts.text(`metric.${metric.name}.${level}`),
    `${format.count(counts[level])} (${format.percent((100 * counts[level]) / summary.n, summary.n)})`,
  ]);
}

function meanOf({ loaded, texts, format }: Card): Row[] {
  const { metric, now, summary } = loaded;
  if (!summary.shown || summary.mean === null || metric.meanFrom === null) return [];
  const value = format.mean(summary.mean, summary.n);
  const range = metric.meanRange(now.histogram);
  const label = texts.text(
    metric.meanFrom === 0 ? "summary.facts.mean" : "summary.facts.mean.from",
  );
  if (range === null) return [[label, value]];
  const [low, high] = range.map((end) => format.mean(end, summary.n));
  return [[label, texts.text("summary.range", { value, low: low ?? "", high: high ?? "" })]];
}

/** How often each score was given. */
export function distributionBars({ loaded, texts, format }: Card): Part[] {
  const { metric, now, summary, singleAnswers } = loaded;
  if (!isShown(summary.n) || !areShown(now.histogram, singleAnswers)) return [];
  const bars = metric.displayed.map((score): Bar => {
    const count = now.histogram[score - metric.scale.min] ?? 0;
    const share = count / summary.n;
    return {
      label: stepLabel(texts, metric, score),
      value: `${format.count(count)} (${format.percent(100 * share, summary.n)})`,
      share,
    };
  });
  return [{ kind: "bars", title: texts.text("summary.distribution"), bars }];
}

/** A score that somebody gave: "3/10"; "5 · Very satisfied"; "Partly". */
export function answerLabel(texts: Texts, metric: Metric, score: number): string {
  const label = stepLabel(texts, metric, score);
  return label === String(score) ? `${score}/${metric.scale.max}` : label;
}

/** The same with what it answers, for cards about several metrics: "3/10 (NPS)". */
export function namedAnswer(texts: Texts, metric: Metric, score: number): string {
  return `${answerLabel(texts, metric, score)} (${texts.text(`metric.${metric.name}.name`)})`;
}

/** "9"; "5 · Very satisfied"; "Partly". */
export function stepLabel(texts: Texts, metric: Metric, score: number): string {
  const label = scoreLabel(texts, metric.name, score);
  const isNumber = metric.stepName(score) === String(score);
  return isNumber && label !== String(score) ? `${score} · ${label}` : label;
}
