/** A summary as a card, complete as text: what a picture shows is said in words too. */
import { type Language, type Texts, textsFor } from "../../locales/index.ts";
import { keepsAll } from "../../metrics/filter.ts";
import { answersIn } from "../../metrics/histogram.ts";
import { COMPARED_FROM, isEarly } from "../../metrics/ladder.ts";
import type { Summary } from "../../metrics/summary-contract.ts";
import type { Message, Option, Part, Picture } from "../../platform.ts";
import { commentQuote, shortened } from "../comment-quote.ts";
import { filterLabel } from "../view/filter.ts";
import { periodLabel } from "../view/period.ts";
import { casesLine } from "./cases.ts";
import { changeParts } from "./change.ts";
import { cutParts } from "./cut.ts";
import { answerLabel, type Card, distributionBars, factParts } from "./figures.ts";
import { formatFor } from "./format.ts";
import { headline, scoreLine, standIn } from "./headline.ts";
import type { LoadedSummary } from "./load.ts";
import { trendLine } from "./sparkline.ts";

/** A picture, none because there is nothing to show, or none because it could not be drawn. */
export type CardPicture = Picture | "missing" | undefined;

/** What a card may have besides the summary. */
export interface CardExtras {
  readonly picture?: CardPicture;
  /** Small print below everything else. */
  readonly footnote?: string;
  readonly actions?: readonly Option[];
}

/** The card of a summary. Below five answers it has no score and nothing that a score follows from. */
export function summaryCard(
  loaded: LoadedSummary,
  language: Language,
  { picture, footnote, actions = [] }: CardExtras = {},
): Message {
  const texts = textsFor(language);
  const card = { loaded, language, texts, format: formatFor(loaded.metric, language) };
  const beside = standIn(loaded, language);
  return {
    summary: headline(loaded, language),
    parts: [
      { kind: "heading", text: headingOf(card) },
      // The facts below say the rest of the headline.
      { kind: "text", text: scoreLine(loaded, language) },
      ...(beside === undefined ? [] : [{ kind: "text", text: beside } as const]),
      ...notesOf(card),
      ...changeParts(card),
      // People look at the picture first; the rest of the card says the same and more.
      ...(picture === "missing" ? [note(texts.text("summary.picture.missing"))] : []),
      ...(typeof picture === "object" ? [{ kind: "picture", picture } as const] : []),
      ...(typeof picture === "object" ? [] : trendOf(card)),
      ...cutParts(card),
      ...factParts(card),
      // Beside a cut its rows are what was asked for, and a card has only so much room.
      ...(loaded.cut === undefined ? distributionBars(card) : []),
      ...casesOf(card),
      ...commentsOf(card),
      ...(footnote === undefined ? [] : [note(footnote)]),
      ...(actions.length === 0 ? [] : [{ kind: "actions", options: actions } as const]),
    ],
    locale: language,
  };
}

function headingOf({ loaded, language, texts }: Card): string {
  const { period, asking } = loaded.now;
  // A period that is over is not final while somebody asked in it may still answer.
  const soFar = period.running || asking.open > 0;
  return [
    texts.text(`metric.${loaded.metric.name}.name`),
    ...[filterLabel(loaded.filter ?? {}, language) ?? []].flat(),
    ...(loaded.cut ? [texts.text("summary.by", { by: loaded.cut.by })] : []),
    periodLabel(period, language),
    ...(soFar ? [texts.text("summary.so-far")] : []),
  ].join(" · ");
}

function notesOf({ loaded, texts }: Card): Part[] {
  const { n, asked, population } = loaded.summary;
  const { open } = loaded.now.asking;
  const nothingYet =
    loaded.now.period.running &&
    keepsAll(loaded.filter ?? {}) &&
    asked === 0 &&
    loaded.trend.length > 0 &&
    loaded.trend.every(({ histogram }) => answersIn(histogram) === 0);
  return [
    ...(nothingYet ? [note(texts.text("summary.nothing-yet"))] : []),
    ...(isEarly(n) ? [note(texts.text("summary.early", { needed: COMPARED_FROM }))] : []),
    ...(open > 0 ? [note(texts.text("summary.open", { n: open }))] : []),
    ...(population === null ? [] : [note(texts.text("summary.population", { n: population }))]),
    ...promiseNotes(texts, loaded.summary),
  ];
}

/** Which answers these are, where that is not every answer of the period as it comes. */
function promiseNotes(texts: Texts, { promise, underOtherPromise: n }: Summary): Part[] {
  const other = promise === "named" ? "totals" : "named";
  return [
    ...(promise === "totals" ? [note(texts.text("summary.promise.totals"))] : []),
    ...(n > 0 ? [note(texts.text("summary.promise.other", { n, other }))] : []),
  ];
}

function commentsOf({ loaded, texts }: Card): Part[] {
  if (loaded.words.length > 0) {
    const alone = loaded.words.map((text): Part => ({ kind: "quote", text: shortened(text) }));
    return [note(texts.text("feedback.totals")), ...alone];
  }
  if (loaded.comments.length === 0) return [];
  return [
    { kind: "text", text: texts.text("summary.comments") },
    ...loaded.comments.map((comment) =>
      commentQuote(texts, answerLabel(texts, loaded.metric, comment.score), comment),
    ),
  ];
}

function casesOf({ loaded, texts }: Card): Part[] {
  const line = loaded.cases && casesLine(texts, loaded.cases);
  return line === undefined ? [] : [{ kind: "text", text: line }];
}

/** The curve of the picture for those who do not see it. */
function trendOf({ loaded, language, texts }: Card): Part[] {
  const line = trendLine(loaded, language);
  return line === undefined ? [] : [{ kind: "facts", rows: [[texts.text("summary.trend"), line]] }];
}

function note(text: string): Part {
  return { kind: "note", text };
}
