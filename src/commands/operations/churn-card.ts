/** The card of churn: the rate, the signals as they stand, and what those who leave say. */
import { scoreText } from "../../charts/numbers.ts";
import { reasonText } from "../../churn/reason-text.ts";
import { type Language, type Texts, textsFor } from "../../locales/index.ts";
import { churnTiers } from "../../metrics/churn-reasons.ts";
import { COMPARED_FROM, isEarly, isShown } from "../../metrics/ladder.ts";
import type { Message, Part } from "../../platform.ts";
import { REASON, STAY } from "../../surveys/scheduled.ts";
import { wordsIn } from "../../surveys/survey.ts";
import { commentQuote } from "../comment-quote.ts";
import { sayMoment } from "../moment.ts";
import type { CardPicture } from "../summary/card.ts";
import type { LoadedChurn } from "./churn.ts";
import { shareChange, shareText } from "./share-text.ts";
import { count, facts, headingOf, note, pictureParts, type Row, text } from "./words.ts";

export function churnCard(loaded: LoadedChurn, language: Language, picture: CardPicture): Message {
  const texts = textsFor(language);
  const { view, rate, before } = loaded;
  const heading = headingOf(texts, texts.text("churn.title"), view);
  const line = churnLine(texts, loaded);
  return {
    summary: `${heading}: ${line}`,
    parts: [
      { kind: "heading", text: heading },
      text(line),
      ...(isEarly(rate.n) ? [note(texts.text("churn.early", { needed: COMPARED_FROM }))] : []),
      ...(before === null ? [] : shareChange(texts, view, rate, before)),
      ...customerParts(texts, loaded),
      note(rulesText(texts, loaded)),
      ...pictureParts(texts, picture),
      ...signalParts(texts, loaded),
      ...chosenParts(texts, loaded),
      ...wordParts(texts, loaded),
      note(texts.text("churn.note")),
    ],
    locale: language,
  };
}

/** "10 % (95 % range 7 % to 15 %) · 20 of 200"; without customers there is no rate. */
export function churnLine(texts: Texts, { rate }: Pick<LoadedChurn, "rate">): string {
  return rate.n === 0 ? texts.text("churn.nobody") : shareText(texts, rate);
}

function customerParts(texts: Texts, { customers, yearly, rate }: LoadedChurn): Part[] {
  const rows: Row[] = [
    [texts.text("churn.start"), count(texts, customers.start)],
    [texts.text("churn.lost"), count(texts, customers.lost)],
    [texts.text("churn.joined"), count(texts, customers.joined)],
    [texts.text("churn.end"), count(texts, customers.end)],
  ];
  const year =
    yearly === null || !isShown(rate.n)
      ? []
      : [note(texts.text("churn.yearly", { rate: percent(texts, yearly, rate.n) }))];
  return [...facts(...rows), ...year];
}

function percent(texts: Texts, value: number, n: number): string {
  return scoreText(value, "percent", n, texts.language);
}

/** By which rule they were lost: without losses, how one is declared. */
function rulesText(texts: Texts, { customers: { rules } }: LoadedChurn): string {
  if (rules.length === 0) return texts.text("churn.rule");
  const said = rules.map(({ rule, n }) => {
    const name = texts.text("churn.rule.name", { rule: ruleKey(rule), said: rule });
    return `${name} ${count(texts, n)}`;
  });
  return texts.text("churn.rules", { rules: said.join(" · ") });
}

/** Imported rules are words of the workspace; only the usual ones are said in the reader's language. */
function ruleKey(rule: string): string {
  if (rule === "") return "unknown";
  return usualRules.has(rule) ? rule.replaceAll(" ", "") : "own";
}

const usualRules: ReadonlySet<string> = new Set([
  "reported",
  "cancelled",
  "contract ended",
  "unpaid",
]);

function signalParts(texts: Texts, { tiers, provenOn, newlyHigh, view }: LoadedChurn): Part[] {
  const called = provenOn === null ? "signals" : "risk";
  const rows = churnTiers.map(
    (tier): Row => [texts.text(`signal.tier.${tier}`), count(texts, tiers.get(tier) ?? 0)],
  );
  return [
    { kind: "heading", text: texts.text("churn.tiers", { called }) },
    note(texts.text("churn.proven", { called, on: provenOn ?? "" })),
    ...facts(...rows),
    text(texts.text("churn.newly", { n: newlyHigh.n })),
    ...(view.scope.singleAnswers ? facts(...newlyHigh.people.map(namedRow(texts, view))) : []),
  ];
}

/** Who it is, since when, and why; never what they answered. */
function namedRow(texts: Texts, { period }: LoadedChurn["view"]) {
  return ({ name, since, points, reasons }: LoadedChurn["newlyHigh"]["people"][number]): Row => [
    name,
    [
      sayMoment(since, "day", texts.language, period.timeZone),
      texts.text("churn.points", { n: points }),
      ...reasons.map((reason) => reasonText(texts, reason)),
    ].join(" · "),
  ];
}

const told = [
  { kind: "churn", question: STAY, label: "digest.chosen.stay" },
  { kind: "churn", question: REASON, label: "digest.chosen.reason" },
  { kind: "exit", question: REASON, label: "digest.chosen.exit" },
] as const;

/** As they were said: that somebody may leave is no loss. */
function chosenParts(texts: Texts, { chosen }: LoadedChurn): Part[] {
  const rows = told.flatMap(({ kind, question, label }): Row[] => {
    const options = chosen.filter((each) => each.kind === kind && each.question === question);
    const said = options.map(
      (each) => `${wordsIn(each.wording, texts.language, each)} ${count(texts, each.n)}`,
    );
    return said.length === 0 ? [] : [[texts.text(label), said.join(" · ")]];
  });
  return facts(...rows);
}

function wordParts(texts: Texts, { words }: LoadedChurn): Part[] {
  if (words.length === 0) return [];
  return [
    text(texts.text("churn.words")),
    ...words.map((each) => commentQuote(texts, texts.text(`response.kind.${each.kind}`), each)),
  ];
}
