/** The card of touchpoints and journeys. */
import { type Language, type Texts, textsFor } from "../../locales/index.ts";
import type { Change } from "../../metrics/change.ts";
import type { CutLine } from "../../metrics/cut-table.ts";
import { isOfTeams } from "../../metrics/filter.ts";
import { answersIn } from "../../metrics/histogram.ts";
import { COMPARED_FROM, isShown, SHOWN_FROM } from "../../metrics/ladder.ts";
import { TOUCHPOINTS_NEEDED } from "../../metrics/peak-end.ts";
import { meanDecimals, roundHalfAway } from "../../metrics/round.ts";
import type { Message, Part } from "../../platform.ts";
import type { CardPicture } from "../summary/card.ts";
import { rowName } from "../summary/cut.ts";
import { formatFor, type SummaryFormat } from "../summary/format.ts";
import type { LoadedJourney } from "./journey.ts";
import {
  count,
  facts,
  headingOf,
  note,
  pictureParts,
  type Row,
  shownParts,
  text,
} from "./words.ts";

export function journeyCard(
  loaded: LoadedJourney,
  language: Language,
  picture: CardPicture,
): Message {
  const texts = textsFor(language);
  const { view, metric, whole } = loaded;
  const title = `${texts.text("journey.title")} · ${texts.text(`metric.${metric.name}.name`)}`;
  const soFar = view.period.running || whole.asking.open > 0;
  const heading = headingOf(texts, title, view, soFar);
  const line = scoreLine(texts, loaded);
  return {
    summary: `${heading}: ${line}`,
    parts: [
      { kind: "heading", text: heading },
      text(line),
      ...(whole.otherWording > 0
        ? [note(texts.text("journey.other-wording", { n: whole.otherWording }))]
        : []),
      ...pictureParts(texts, picture),
      ...tableParts(texts, loaded),
      ...journeyParts(texts, loaded),
      note(texts.text("journey.note")),
    ],
    locale: language,
  };
}

/** The whole, in the words of a summary. */
export function scoreLine(texts: Texts, { metric, whole }: LoadedJourney): string {
  const { histogram } = whole;
  const name = texts.text(`metric.${metric.name}.headline`);
  const n = answersIn(histogram);
  const [score, range] = [metric.score(histogram), metric.range(histogram)];
  if (score === null || range === null) return texts.text("summary.none", { name });
  if (!isShown(n)) return texts.text("summary.too-few", { name, n, needed: SHOWN_FROM });
  const format = formatFor(metric, texts.language);
  const said = { name, score: format.score(score, n), ...format.range(range, n) };
  return `${texts.text("summary.score", said)} · ${texts.text("summary.answers", { n })}`;
}

function tableParts(texts: Texts, loaded: LoadedJourney): Part[] {
  const { table, metric, promise, view } = loaded;
  if (promise === "totals") {
    if (!isOfTeams(view.filter)) return [note(texts.text("summary.totals.filter"))];
    const by = texts.text("summary.by", { by: "touchpoint" });
    return [note(texts.text("summary.cut.totals", { by }))];
  }
  const format = formatFor(metric, texts.language);
  const { hidden } = table;
  const row = (line: CutLine): Row => [
    rowName(line, { by: "touchpoint" }, texts),
    lineText(texts, loaded, format, line),
  ];
  const { first, between, last, rest, more } = shownParts(table);
  return [
    ...(first.length + rest.length === 0 ? [note(texts.text("summary.cut.nothing"))] : []),
    ...facts(...first.map(row)),
    ...(between > 0 ? [note(texts.text("operation.between", { n: between }))] : []),
    ...facts(...last.map(row)),
    ...(rest.length === 0
      ? []
      : [note(texts.text("summary.cut.early", { needed: COMPARED_FROM }))]),
    ...facts(...rest.map(row)),
    ...(more > 0 ? [note(texts.text("operation.more", { n: more }))] : []),
    ...(hidden.length === 0
      ? []
      : [note(texts.text("summary.cut.hidden", { n: hidden.length, needed: SHOWN_FROM }))]),
  ];
}

/** "69 % (60 % to 77 %) · n 107 · coverage 82 % · lower than all others: −12 (−20 to −4)". */
export function lineText(
  texts: Texts,
  { coverage }: LoadedJourney,
  format: SummaryFormat,
  line: CutLine,
): string {
  const { n, score, range, value, others } = line;
  const covered = coverage.get(value);
  return [
    texts.text("summary.cut.range", { value: format.score(score, n), ...format.range(range, n) }),
    texts.text("summary.cut.n", { n }),
    ...(covered === undefined
      ? []
      : [
          texts.text("summary.cut.coverage", {
            rate: format.percent((100 * covered.asked) / covered.eligible, covered.eligible),
          }),
        ]),
    ...(others === null || others.verdict === "too-few"
      ? []
      : [othersText(texts, format, others, n)]),
  ].join(" · ");
}

function othersText(
  texts: Texts,
  format: SummaryFormat,
  { verdict, difference, range: [low, high] }: Change,
  n: number,
): string {
  return texts.text("journey.others", {
    verdict,
    difference: format.difference(difference, n),
    low: format.difference(low, n),
    high: format.difference(high, n),
  });
}

function journeyParts(texts: Texts, { journeys, metric, promise }: LoadedJourney): Part[] {
  if (journeys === null)
    return promise === "totals" ? [] : [note(texts.text("journey.peak-end.no-numbers"))];
  const { n, means, range, shown, early } = journeys;
  const heading: Part = { kind: "heading", text: texts.text("journey.peak-end") };
  if (means === null || !shown) {
    const few = { n, needed: SHOWN_FROM, touchpoints: TOUCHPOINTS_NEEDED };
    return [heading, note(texts.text("journey.peak-end.few", few))];
  }
  const say = (value: number) => meanText(texts, value, n);
  const [low, high] = range ?? [];
  const value =
    low === undefined || high === undefined
      ? say(means.peakEnd)
      : texts.text("summary.range", { value: say(means.peakEnd), low: say(low), high: say(high) });
  const { min, max } = metric.scale;
  return [
    heading,
    ...facts(
      [texts.text("journey.peak-end.value", { min, max }), value],
      [texts.text("journey.lowest"), say(means.lowest)],
      [texts.text("journey.last"), say(means.last)],
      [texts.text("journey.mean"), say(means.mean)],
      [texts.text("journey.people"), count(texts, n)],
    ),
    ...(early ? [note(texts.text("journey.early", { needed: COMPARED_FROM }))] : []),
    note(texts.text("journey.peak-end.note", { touchpoints: TOUCHPOINTS_NEEDED })),
  ];
}

/** On the metric's own scale, whatever its mean is usually counted from. */
function meanText(texts: Texts, value: number, n: number): string {
  const decimals = meanDecimals(n);
  const format = new Intl.NumberFormat(texts.language, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return format.format(roundHalfAway(value, decimals));
}
