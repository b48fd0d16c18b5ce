/** The one line that says it all: score, range, how many, who was asked, and against what. */
import { type Language, type Texts, textsFor } from "../../locales/index.ts";
import { hideComplement, SHOWN_FROM } from "../../metrics/ladder.ts";
import { levels, type Metric } from "../../metrics/metric.ts";
import type { Facts } from "../../metrics/summary.ts";
import type { PeriodSummary, Summary } from "../../metrics/summary-contract.ts";
import { filterLabel } from "../view/filter.ts";
import { versusLabel } from "../view/period.ts";
import { formatFor, type SummaryFormat } from "./format.ts";
import type { Figures } from "./load.ts";

/** Figures with what their reader may see; without `singleAnswers` everything. */
type Readable = Pick<Figures, "metric" | "now" | "before" | "summary" | "filter"> & {
  readonly singleAnswers?: boolean;
};

/** What a line is made from: one period of a summary. */
interface Line {
  readonly metric: Metric;
  readonly facts: Facts;
  readonly summary: PeriodSummary;
  readonly texts: Texts;
  readonly format: SummaryFormat;
  readonly singleAnswers: boolean;
}

/**
 * `NPS +31 (95 % range +9 to +50) · 52 answers · 48 of 150 reached answered (32%) · 26 / 16 / 10 ·
 * last week +21 (n 47): no clear change`, as far as the display ladder allows.
 */
export function headline(figures: Readable, language: Language): string {
  const line = lineOf(figures, language);
  const before = beforePieces(line, figures.summary, comparedLabel(figures, language));
  const { filter = {}, summary } = figures;
  const by = summary.cut ? [line.texts.text("summary.by", { by: summary.cut.by })] : [];
  const of = filterLabel(filter, language) ?? [];
  return [of, by, pieces(line), before].flat().join(" · ");
}

/** The beginning and the end of the headline, for where {@link asideLine} or rows say the rest. */
export function scoreLine(figures: Readable, language: Language): string {
  const line = lineOf(figures, language);
  const before = beforePieces(line, figures.summary, comparedLabel(figures, language));
  return [scorePiece(line), ...answersPiece(line), ...before].join(" · ");
}

/** What the headline has and {@link scoreLine} has not: who was asked, the mean, the groups. */
export function asideLine(figures: Readable, language: Language): string {
  return asidePieces(lineOf(figures, language)).join(" · ");
}

/** The last full period, said in full, beside one that has too few answers to show a score. */
export function standIn(figures: Readable, language: Language): string | undefined {
  const { metric, before, summary, singleAnswers = true } = figures;
  const { previous } = summary;
  if (summary.shown || before === null || !previous?.shown) return undefined;
  const texts = textsFor(language);
  const format = formatFor(metric, language);
  const line = { metric, facts: before, summary: previous, texts, format, singleAnswers };
  return texts.text("summary.before.beside", {
    before: comparedLabel(figures, language),
    line: pieces(line).join(" · "),
  });
}

/** What the figures are compared with: "last week", or the period that was named. */
export function comparedLabel(
  { now, before, summary }: Pick<Figures, "now" | "before" | "summary">,
  language: Language,
): string {
  const { versus } = summary;
  return versusLabel({ period: now.period, before: before?.period ?? null, versus }, language);
}

/**
 * Whether counts may be shown to a reader: whoever sees no single answers sees none where one of
 * them, or what is left of the whole, would be fewer than five.
 */
export function areShown(counts: readonly number[], singleAnswers: boolean): boolean {
  return singleAnswers || !hideComplement(counts).includes(true);
}

function lineOf(
  { metric, now, summary, singleAnswers = true }: Readable,
  language: Language,
): Line {
  const format = formatFor(metric, language);
  return { metric, facts: now, summary, texts: textsFor(language), format, singleAnswers };
}

function pieces(line: Line): string[] {
  return [scorePiece(line), ...answersPiece(line), ...asidePieces(line)];
}

function answersPiece({ summary, texts }: Line): string[] {
  return summary.shown ? [texts.text("summary.answers", { n: summary.n })] : [];
}

function asidePieces(line: Line): string[] {
  return [responsePiece(line), ...(line.summary.shown ? besides(line) : [])];
}

/** The score with its range, or why there is none. */
function scorePiece({ metric, summary, texts, format }: Line): string {
  const name = texts.text(`metric.${metric.name}.headline`);
  const { n, score, range, shown } = summary;
  if (score === null || range === null) return texts.text("summary.none", { name });
  if (!shown) return texts.text("summary.too-few", { name, n, needed: SHOWN_FROM });
  const words = { name, score: format.score(score, n), ...format.range(range, n) };
  return texts.text("summary.score", words);
}

/** The response rate, over those whose time to answer is over. */
function responsePiece({ facts, summary, texts, format }: Line): string {
  const { asked, reached, responseRate } = summary;
  const { closedAnswered, closedReached } = facts.asking;
  if (asked === 0) return texts.text("summary.response.unknown");
  if (reached === 0) return texts.text("summary.response.none");
  if (responseRate === null) return texts.text("summary.response.open", { reached, asked });
  return texts.text("summary.response", {
    answered: closedAnswered,
    reached: closedReached,
    rate: format.percent(responseRate, closedReached),
  });
}

/** What stands beside the score: the mean, where the metric has one to show, and the groups. */
function besides({ metric, facts, summary, texts, format, singleAnswers }: Line): string[] {
  const counts = metric.count(facts.histogram);
  const own = levels.map((level) => counts[level]);
  const groups = areShown(own, singleAnswers) ? [own.map(format.count).join(" / ")] : [];
  if (summary.mean === null || metric.meanFrom === null) return groups;
  const mean = format.mean(summary.mean, summary.n);
  const key = metric.meanFrom === 0 ? "summary.mean" : "summary.mean.from";
  return [texts.text(key, { mean }), ...groups];
}

function beforePieces({ texts, format }: Line, summary: Summary, before: string): string[] {
  const { previous, change, shown } = summary;
  if (previous === null) return [];
  const { n, score } = previous;
  if (score === null) return [texts.text("summary.before.none", { before })];
  if (!previous.shown) return [texts.text("summary.before.hidden", { before, n })];
  if (!shown) return []; // it stands in for this period, in a line of its own
  if (summary.notCompared !== null) {
    const other = { before, score: format.score(score, n), n };
    return [texts.text("summary.before.wording", other)];
  }
  if (change === null) return [];
  // Keys of a choice in a text have no hyphens.
  const verdict = change.verdict.replaceAll("-", "");
  const words = { before, score: format.score(score, n), n, verdict };
  return [texts.text("summary.before.score", words)];
}
