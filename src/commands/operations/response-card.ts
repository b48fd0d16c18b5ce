/** The card of response rates. */
import { scoreText } from "../../charts/numbers.ts";
import { type Language, type Texts, textsFor } from "../../locales/index.ts";
import { SHOWN_FROM } from "../../metrics/ladder.ts";
import type { ResponseSummary } from "../../metrics/response.ts";
import type { Message, Part } from "../../platform.ts";
import type { CardPicture } from "../summary/card.ts";
import type { LoadedResponse } from "./response.ts";
import { shareChange, shareText, tooFewText } from "./share-text.ts";
import { count, cutParts, facts, headingOf, note, pictureParts, text } from "./words.ts";

export function responseCard(
  loaded: LoadedResponse,
  language: Language,
  picture: CardPicture,
): Message {
  const texts = textsFor(language);
  const { view, whole, parts } = loaded;
  const { counts } = whole;
  const heading = headingOf(
    texts,
    texts.text("response.title"),
    view,
    view.period.running || counts.open > 0,
  );
  const line = responseLine(texts, whole);
  return {
    summary: `${heading}: ${line}`,
    parts: [
      { kind: "heading", text: heading },
      text(line),
      ...changeParts(texts, loaded),
      ...(counts.open > 0 ? [note(texts.text("summary.open", { n: counts.open }))] : []),
      ...pictureParts(texts, picture),
      ...figureParts(texts, loaded),
      ...outcomeParts(texts, loaded),
      ...(parts.ranked.length + parts.early.length + parts.hidden.length === 0
        ? []
        : [
            {
              kind: "heading",
              text: texts.text("operation.by", { by: view.by ?? "kind" }),
            } as const,
            ...cutParts(texts, view.by, parts, (part) => responseLine(texts, part)),
          ]),
      note(texts.text("response.note")),
      ...(view.by === undefined ? [note(texts.text("response.kind.note"))] : []),
    ],
    locale: language,
  };
}

/** "45 % (95 % range 30 % to 60 %) · 20 of 44", or why there is none. */
export function responseLine(texts: Texts, { counts, response, shown }: ResponseSummary): string {
  const { asked, reached } = counts;
  if (asked === 0) return texts.text("response.nobody");
  if (reached === 0) return texts.text("summary.response.none");
  if (response.n === 0) return texts.text("summary.response.open", { reached, asked });
  return shown ? shareText(texts, response) : tooFewText(texts, response.n);
}

function changeParts(texts: Texts, { view, whole, before }: LoadedResponse): Part[] {
  // While everybody still has time to answer there is nothing yet that could be compared.
  if (before === null || (whole.response.n === 0 && whole.counts.open > 0)) return [];
  return shareChange(texts, view, whole.response, before.response);
}

function figureParts(texts: Texts, { whole, coverage }: LoadedResponse): Part[] {
  const { counts, completion } = whole;
  const { asked, eligible } = coverage;
  const rate = scoreText((100 * asked) / eligible, "percent", eligible, texts.language);
  const covered = texts.text("digest.coverage.of", { rate, asked, eligible });
  return [
    ...facts(
      [texts.text("summary.facts.asked"), count(texts, counts.asked)],
      [texts.text("summary.facts.reached"), count(texts, counts.reached)],
      [texts.text("summary.facts.answered"), count(texts, counts.answered)],
    ),
    ...facts(
      ...(completion.n === 0
        ? []
        : [[texts.text("response.completion"), shareText(texts, completion)] as const]),
      ...(eligible === 0 ? [] : [[texts.text("digest.coverage"), covered] as const]),
    ),
  ];
}

/** What became of those who did not answer. */
function outcomeParts(texts: Texts, { whole, view }: LoadedResponse): Part[] {
  const { undelivered, declined, expired, snoozed } = whole.counts;
  const { singleAnswers } = view.scope;
  const said = (n: number) =>
    singleAnswers || n === 0 || n >= SHOWN_FROM
      ? count(texts, n)
      : texts.text("operation.fewer", { needed: SHOWN_FROM });
  return facts(
    [texts.text("response.undelivered"), said(undelivered)],
    [texts.text("response.declined"), said(declined)],
    [texts.text("response.expired"), said(expired)],
    [texts.text("response.snoozed"), said(snoozed)],
  );
}
