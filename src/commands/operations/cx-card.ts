/** Every metric on one card. */
import { countText } from "../../charts/numbers.ts";
import { type Language, type Texts, textsFor } from "../../locales/index.ts";
import { COMPARED_FROM, hideComplement, isEarly, isShown } from "../../metrics/ladder.ts";
import { roundHalfAway } from "../../metrics/round.ts";
import type { Message, Part } from "../../platform.ts";
import { shareText } from "../coverage-card.ts";
import type { CardPicture } from "../summary/card.ts";
import { changeText, targetText } from "../summary/change.ts";
import { formatFor } from "../summary/format.ts";
import { scoreLine } from "../summary/headline.ts";
import type { Figures } from "../summary/load.ts";
import type { LoadedCx } from "./cx.ts";
import { medianLine } from "./first-reply-card.ts";
import { responseLine } from "./response-card.ts";
import { headingOf, note, pictureParts, text, withRange } from "./words.ts";

export function cxCard(loaded: LoadedCx, language: Language, picture?: CardPicture): Message {
  const texts = textsFor(language);
  const { view, figures, promise } = loaded;
  const open = figures.some(({ now }) => now.asking.open > 0);
  const heading = headingOf(texts, texts.text("cx.title"), view, view.period.running || open);
  const [first] = figures;
  const none = texts.text(promise === "totals" ? "cx.none.totals" : "cx.none");
  return {
    summary: `${heading}: ${first === undefined ? none : scoreLine(readable(first, loaded), language)}`,
    parts: [
      { kind: "heading", text: heading },
      ...pictureParts(texts, picture),
      ...figures.flatMap((each) => metricParts(each, loaded, texts)),
      ...(figures.length === 0 ? [text(none)] : []),
      ...earlyParts(loaded, texts),
      ...(promise === "totals" ? [note(texts.text("summary.promise.totals"))] : []),
      { kind: "facts", rows: besideRows(loaded, texts) },
      ...handledParts(loaded, texts),
    ],
    locale: language,
  };
}

/** What of the figures their reader may see. */
export function readable(figures: Figures, { view }: LoadedCx) {
  return { ...figures, singleAnswers: view.scope.singleAnswers };
}

/** Score, range and n; then how it changed, and whether it is where it should be. */
function metricParts(figures: Figures, loaded: LoadedCx, texts: Texts): Part[] {
  const { language } = texts;
  const said = { loaded: figures, language, texts, format: formatFor(figures.metric, language) };
  const { n } = figures.summary;
  const verdicts = [
    isEarly(n) ? undefined : changeText(said),
    isShown(n) ? targetText(said) : undefined,
  ].flatMap((each) => each ?? []);
  return [
    text(scoreLine(readable(figures, loaded), language)),
    ...(verdicts.length === 0 ? [] : [note(verdicts.join(" · "))]),
  ];
}

/** Which of the scores are only early signals, said once for all of them. */
function earlyParts({ figures }: LoadedCx, texts: Texts): Part[] {
  const early = figures.filter(({ summary }) => isEarly(summary.n));
  if (early.length === 0) return [];
  const names = early.map(({ metric }) => texts.text(`metric.${metric.name}.name`));
  const list = new Intl.ListFormat(texts.language, { type: "conjunction" });
  const words = { names: list.format(names), n: early.length, needed: COMPARED_FROM };
  return [note(texts.text("cx.early", words))];
}

type Row = readonly [string, string];

function besideRows(loaded: LoadedCx, texts: Texts): Row[] {
  const { response, coverage, firstReplies, cases, contacts } = loaded;
  const rows: (Row | undefined)[] = [
    response && [texts.text("summary.facts.rate"), responseLine(texts, response)],
    coverage && [texts.text("coverage.title"), shareText(coverage, texts.language)],
    [texts.text("cx.first-reply"), medianLine(texts, firstReplies, firstReplies.whole)],
    cases && [texts.text("cx.cases"), texts.text("cx.cases.now", { ...cases })],
    contacts && contactRow(contacts, texts),
  ];
  return rows.flatMap((row) => (row === undefined ? [] : [row]));
}

/** The score of what people alone, bots alone, and both handled; only where bots are at work. */
function handledParts({ handled, figures }: LoadedCx, texts: Texts): Part[] {
  if (handled === undefined) return [];
  const { metric, rows } = handled;
  const ns = rows.map(({ answers }) => answers[0] ?? 0);
  if (ns.filter((n) => n > 0).length < 2) return [];
  const whole = figures.find((each) => each.metric.name === metric.name)?.summary.n ?? 0;
  const hidden = hideComplement(ns, whole);
  const format = formatFor(metric, texts.language);
  const shown = rows.flatMap(({ value, facts }, i): Row[] => {
    const [{ histogram = [] } = {}] = facts;
    const n = ns[i] ?? 0;
    const [score, range] = [metric.score(histogram), metric.range(histogram)];
    if (hidden[i] === true || score === null || range === null) return [];
    const words = { value: format.score(score, n), ...format.range(range, n) };
    const label = texts.text("cx.handled", { by: value });
    return [[label, `${texts.text("summary.range", words)} · n ${format.count(n)}`]];
  });
  if (shown.length === 0) return [];
  const name = texts.text(`metric.${metric.name}.name`);
  return [text(texts.text("cx.handled.title", { name })), { kind: "facts", rows: shown }];
}

/** "71 per 10 000 orders (95 % range 50 to 98)". */
function contactRow(contacts: NonNullable<LoadedCx["contacts"]>, texts: Texts): Row {
  const { rate, range } = contacts;
  const number = (value: number) => countText(roundHalfAway(value, 0), texts.language);
  const value =
    rate === null || range === null || !contacts.shown
      ? texts.text("cases.none")
      : withRange(texts, number(rate), number(range[0]), number(range[1]));
  return [texts.text("cx.contacts"), value];
}
