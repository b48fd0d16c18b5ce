/** A summary as a card, complete as text: what a picture shows is said in words too. */
import { type Language, textsFor } from "../locales/index.ts";
import { answersNeeded } from "../metrics/answers-needed.ts";
import { COMPARED_FROM, isEarly } from "../metrics/ladder.ts";
import type { Message, Part, Picture } from "../platform.ts";
import type { Comment } from "../store/comments.ts";
import { cleanText } from "../surveys/words.ts";
import type { LoadedSummary } from "./summary.ts";
import { answerLabel, type Card, distributionBars, factRows } from "./summary-figures.ts";
import { formatFor } from "./summary-format.ts";
import { headline, standIn } from "./summary-headline.ts";
import { beforeLabel, periodLabel } from "./summary-period.ts";

/** A quoted comment is cut after this many characters; the whole of it is one click away. */
const COMMENT_LENGTH = 300;

/** A picture, none because there is nothing to show, or none because it could not be drawn. */
export type CardPicture = Picture | "missing" | undefined;

/** The card of a summary. Below five answers it has no score and nothing that a score follows from. */
export function summaryCard(
  loaded: LoadedSummary,
  language: Language,
  picture?: CardPicture,
): Message {
  const texts = textsFor(language);
  const card = { loaded, language, texts, format: formatFor(loaded.metric, language) };
  const line = headline(loaded, language);
  const beside = standIn(loaded, language);
  return {
    summary: line,
    parts: [
      { kind: "heading", text: headingOf(card) },
      { kind: "text", text: line },
      ...(beside === undefined ? [] : [{ kind: "text", text: beside } as const]),
      ...notesOf(card),
      ...changeOf(card),
      // People look at the picture first; the rest of the card says the same and more.
      ...(picture === "missing" ? [note(texts.text("summary.picture.missing"))] : []),
      ...(typeof picture === "object" ? [{ kind: "picture", picture } as const] : []),
      { kind: "facts", rows: factRows(card) },
      ...distributionBars(card),
      ...commentsOf(card),
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
    periodLabel(period, language),
    ...(soFar ? [texts.text("summary.so-far")] : []),
  ].join(" · ");
}

function notesOf({ loaded, texts }: Card): Part[] {
  const { n } = loaded.summary;
  const { open } = loaded.now.asking;
  return [
    ...(isEarly(n) ? [note(texts.text("summary.early", { needed: COMPARED_FROM }))] : []),
    ...(open > 0 ? [note(texts.text("summary.open", { n: open }))] : []),
  ];
}

/** The verdict in words, and what it would take to have one. */
function changeOf(card: Card): Part[] {
  const { loaded, language, texts, format } = card;
  const { change, previous, n, shown } = loaded.summary;
  if (change === null || previous === null || !shown || !previous.shown) return [];
  const before = beforeLabel(loaded.now.period, language);
  if (change.verdict === "too-few") {
    const params = { before, needed: COMPARED_FROM, n, nBefore: previous.n };
    return [{ kind: "text", text: texts.text("summary.change.too-few", params) }];
  }
  const difference = (value: number) => format.difference(value, Math.min(n, previous.n));
  const number = difference(change.difference);
  const text = texts.text(change.p === null ? "summary.change" : "summary.change.p", {
    verdict: change.verdict,
    before,
    difference:
      loaded.metric.unit === "points"
        ? number
        : texts.text("summary.points-of-percent", { number }),
    low: difference(change.range[0]),
    high: difference(change.range[1]),
    p: change.p === null ? "" : format.p(change.p),
  });
  const missing = change.verdict === "no-clear-change" ? neededOf(card) : [];
  return [{ kind: "text", text }, ...missing];
}

function neededOf({ loaded, texts }: Card): Part[] {
  const { metric, now, before } = loaded;
  const needed = before && answersNeeded(metric, now.histogram, before.histogram);
  if (!needed) return [];
  const { more, each } = needed;
  // Only a period that goes on can get more answers.
  if (now.period.running && more !== null) {
    return [note(texts.text("summary.needed.more", { n: about(more) }))];
  }
  if (each === null) return [note(texts.text("summary.needed.never"))];
  return [note(texts.text("summary.needed.each", { n: about(each) }))];
}

/** A forecast with three exact digits would promise too much. */
function about(answers: number): number {
  return answers < 100 ? answers : 10 * Math.ceil(answers / 10);
}

function commentsOf({ loaded, texts }: Card): Part[] {
  if (loaded.comments.length === 0) return [];
  const quote = ({ text, person, score, chatUrl }: Comment): Part => {
    const answer = answerLabel(texts, loaded.metric, score);
    const short = cleanText(text, COMMENT_LENGTH);
    return {
      kind: "quote",
      text: short.length < text.trim().length ? `${short}…` : short,
      by: person === null ? answer : `${person} · ${answer}`,
      ...(chatUrl === null
        ? {}
        : { link: { label: texts.text("summary.comment.open"), url: chatUrl } }),
    };
  };
  return [{ kind: "text", text: texts.text("summary.comments") }, ...loaded.comments.map(quote)];
}

function note(text: string): Part {
  return { kind: "note", text };
}
