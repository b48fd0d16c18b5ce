/** The rows of a summary that is cut, as parts of its card. */
import type { Texts } from "../../locales/index.ts";
import { languageName } from "../../locales/language-name.ts";
import type { Change } from "../../metrics/change.ts";
import { type CutLine, type FoldedTable, foldTable } from "../../metrics/cut-table.ts";
import { COMPARED_FROM, SHOWN_FROM } from "../../metrics/ladder.ts";
import { meanDecimals, roundHalfAway } from "../../metrics/round.ts";
import type { ScoreStep } from "../../metrics/score-steps.ts";
import { overlaps } from "../../metrics/summary-cut.ts";
import type { Part } from "../../platform.ts";
import { handlings } from "../../store/attribution.ts";
import { cleanText } from "../../surveys/words.ts";
import type { LoadedCut } from "./cut-load.ts";
import { type Card, stepLabel } from "./figures.ts";
import { areShown, comparedLabel } from "./headline.ts";

/** So many rows are on a card, and in its picture: more than a phone shows at once is no overview. */
const ROWS = 12;

/** A name is cut after this many characters. */
const NAME_LENGTH = 40;

/** From so many compared rows on it is said that one may differ by chance. */
const MANY = 5;

type CutCard = Card & { readonly cut: LoadedCut };

/** Nothing without a cut. */
export function cutParts(card: Card): Part[] {
  const { cut } = card.loaded;
  if (cut === undefined) return [];
  const with_ = { ...card, cut };
  if (cut.refused !== undefined) {
    const by = card.texts.text("summary.by", { by: cut.by });
    return [note(card.texts.text("summary.cut.totals", { by }))];
  }
  return cut.by === "score" ? stepParts(with_) : rowParts(with_);
}

/** The rows that are shown, in the order of the reader's alphabet where that is their order. */
export function shownRows(cut: LoadedCut, language: string): FoldedTable {
  const table = foldTable(cut.table, ROWS);
  const { compare } = new Intl.Collator(language);
  return { ...table, early: table.early.toSorted((a, b) => compare(a.label, b.label)) };
}

/** How a row is called: its name, or that it has none. */
export function rowName(
  { value, label }: Pick<CutLine, "value" | "label">,
  { by }: Pick<LoadedCut, "by">,
  texts: Texts,
): string {
  if (value === "") return texts.text("summary.cut.none", { by });
  if (by === "agent" && isHandling(value)) return texts.text("summary.cut.handled", { by: value });
  if (by === "language") return languageName(value, texts.language);
  const name = cleanText(label, NAME_LENGTH);
  return name.length < label.trim().length ? `${name}…` : name;
}

function isHandling(value: string): boolean {
  return handlings.some((each) => each === value);
}

function rowParts(card: CutCard): Part[] {
  const { cut, texts, language } = card;
  const { ranked, early, folded, hidden } = shownRows(cut, language);
  const nothing = ranked.length + early.length === 0;
  const compared = [...cut.table.ranked].filter(({ others }) => others !== null).length;
  return [
    text(
      ranked.length === 0 ? byText(card) : texts.text("summary.cut.title", { by: byText(card) }),
    ),
    ...(nothing ? [note(texts.text("summary.cut.nothing"))] : []),
    ...rowFacts(card, ranked),
    ...(early.length === 0
      ? []
      : [note(texts.text("summary.cut.early", { needed: COMPARED_FROM }))]),
    ...rowFacts(card, early),
    ...(folded.rows === 0 ? [] : [note(texts.text("summary.cut.folded", folded))]),
    ...(hidden.length === 0
      ? []
      : [note(texts.text("summary.cut.hidden", { n: hidden.length, needed: SHOWN_FROM }))]),
    ...(overlaps(cut.by) && !nothing
      ? [note(texts.text("summary.cut.overlaps", { by: cut.by }))]
      : []),
    ...(isLatestOnly(card) && ranked.length + early.length > 1
      ? [note(texts.text("summary.cut.latest"))]
      : []),
    ...(compared >= MANY ? [note(texts.text("summary.cut.chance"))] : []),
    ...handlingParts(card),
  ];
}

/** True where a person's latest answer counts, in each part and in the whole. */
function isLatestOnly({ cut, loaded }: CutCard): boolean {
  const { metric, summary } = loaded;
  return metric.onePerPerson && summary.promise === "named" && !overlaps(cut.by);
}

/** People alone, bots alone and both, apart from single agents; nothing where there were no bots. */
function handlingParts(card: CutCard): Part[] {
  const { ranked, early } = card.cut.handling;
  const rows = [...ranked, ...early];
  if (rows.every(({ value }) => value === "people")) return [];
  return [text(card.texts.text("summary.cut.handling")), ...rowFacts(card, rows)];
}

function rowFacts(card: CutCard, lines: readonly CutLine[]): Part[] {
  if (lines.length === 0) return [];
  const rows = lines.map(
    (line) => [rowName(line, card.cut, card.texts), rowText(card, line)] as const,
  );
  return [{ kind: "facts", rows }];
}

/** "−12 (−30 to +7) · n 62 · 33% answered · coverage 82% · lower than the others (−43)". */
function rowText(card: CutCard, line: CutLine): string {
  const { texts, format, cut } = card;
  const { n, weight, score, range, responseRate, facts } = line;
  const covered = cut.coverage.get(line.value);
  const scored = { value: format.score(score, n), ...format.range(range, n) };
  return [
    texts.text("summary.cut.range", scored),
    Math.abs(weight - n) < 0.05
      ? texts.text("summary.cut.n", { n })
      : texts.text("summary.cut.weight", { n, weight: shares(card, weight) }),
    responseRate === null
      ? []
      : texts.text("summary.cut.rate", {
          rate: format.percent(responseRate, facts.asking.closedReached),
        }),
    covered === undefined
      ? []
      : texts.text("summary.cut.coverage", {
          rate: format.percent((100 * covered.asked) / covered.eligible, covered.eligible),
        }),
    verdicts(card, line),
  ]
    .flat()
    .join(" · ");
}

/** Against the others, and against before where that is clear; nothing of what cannot be told. */
function verdicts({ loaded, texts, format, language }: CutCard, line: CutLine): string[] {
  const { others, change, n } = line;
  const said = (
    key: "summary.cut.others" | "summary.cut.change",
    { verdict, difference }: Change,
  ) =>
    texts.text(key, {
      verdict,
      difference: format.difference(difference, n),
      before: comparedLabel(loaded, language),
    });
  const isClear = change?.verdict === "up" || change?.verdict === "down";
  return [
    ...(others === null || others.verdict === "too-few"
      ? []
      : [said("summary.cut.others", others)]),
    ...(change !== null && isClear ? [said("summary.cut.change", change)] : []),
  ];
}

function shares({ language }: CutCard, weight: number): string {
  const rounded = roundHalfAway(weight, meanDecimals(0));
  return new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(rounded);
}

function stepParts(card: CutCard): Part[] {
  const { cut, texts, loaded } = card;
  const shown = areShown(loaded.now.histogram, loaded.singleAnswers);
  if (cut.steps.length === 0 || !shown)
    return [text(byText(card)), note(texts.text("summary.cut.nothing"))];
  const rows = cut.steps.map(
    (step) => [stepLabel(texts, loaded.metric, step.score), stepText(card, step)] as const,
  );
  const by = byText(card);
  const before = comparedLabel(loaded, card.language);
  const title = cut.steps.some((step) => isBeside(card, step))
    ? texts.text("summary.cut.steps.before", { by, before })
    : texts.text("summary.cut.steps", { by });
  return [text(title), { kind: "facts", rows }];
}

/** Who sees no single answers sees none of the period before either. */
function isBeside({ loaded }: CutCard, { change }: ScoreStep): boolean {
  return change !== null && change.verdict !== "too-few" && loaded.singleAnswers;
}

/** "13 · 25% (15% to 38%) · before 24%", and a word where that is a clear change. */
function stepText(card: CutCard, step: ScoreStep): string {
  const { loaded, texts, format } = card;
  const { n, previous } = loaded.summary;
  const percent = (value: number) => format.percent(value, n);
  const { share, range, change } = step;
  const [low, high] = range;
  const now = texts.text("summary.cut.step", {
    count: format.count(step.n),
    share: percent(share),
    low: percent(low),
    high: percent(high),
  });
  if (change === null || !isBeside(card, step)) return now;
  const then = texts.text("summary.cut.step.before", {
    share: format.percent(change.before, previous?.n ?? 0),
    verdict: change.verdict.replaceAll("-", ""),
  });
  return `${now} · ${then}`;
}

/** "By team". */
function byText({ cut, texts, language }: CutCard): string {
  const by = texts.text("summary.by", { by: cut.by });
  return `${by.charAt(0).toLocaleUpperCase(language)}${by.slice(1)}`;
}

function text(said: string): Part {
  return { kind: "text", text: said };
}

function note(said: string): Part {
  return { kind: "note", text: said };
}
