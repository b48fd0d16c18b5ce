/** A survey field by field, in plain words. Pure. */
import { isDeepStrictEqual } from "node:util";
import type { TextKey, Texts } from "../locales/index.ts";
import { languageName } from "../locales/language-name.ts";
import { fallbackOf } from "../surveys/fallback.ts";
import { type SurveyDefinition, type Wording, wordsIn } from "../surveys/survey.ts";
import { differences, type FieldDifference, type FieldPath, ORDER, partsOf } from "./fields.ts";
import { type FieldWords, quoted, type SaidRow, sayFields } from "./say-fields.ts";

/** What is new, or what is otherwise than it was. */
export function saySurveyFields(
  texts: Texts,
  before: SurveyDefinition | undefined,
  after: SurveyDefinition,
): SaidRow[] {
  if (before === undefined) return sayNew(texts, after);
  const paths = differences(before, after)
    .filter(isSeen)
    .map(({ path }) => path);
  return sayFields(texts, surveyWords, paths, { before, after });
}

/** An order that is another one only because something was added or taken away goes without saying. */
function isSeen({ path, from, to }: FieldDifference): boolean {
  if (path.at(-1) !== ORDER || !Array.isArray(from) || !Array.isArray(to)) return true;
  const [old, now] = [
    from.filter((key) => to.includes(key)),
    to.filter((key) => from.includes(key)),
  ];
  return !isDeepStrictEqual(old, now);
}

function sayNew(texts: Texts, definition: SurveyDefinition): SaidRow[] {
  const { metric, questions } = definition;
  const asked = questions.map(
    (question, index): SaidRow => [
      texts.text("change.question", { n: index + 1 }),
      quoted(texts, wordsOf(texts, question, definition)),
    ],
  );
  const scored: SaidRow[] =
    metric === undefined
      ? []
      : [[texts.text("change.survey.metric"), texts.text(`metric.${metric}.name`)]];
  return [...scored, ...asked];
}

export const surveyWords: FieldWords<SurveyDefinition> = {
  group: (path) => (path.includes("onlyAfter") ? path.slice(0, 3) : path).join("/"),
  label: (texts, path, definition) =>
    [...new Set(labelsOf(texts, path, definition))].join(texts.text("change.of")),
  value: (texts, path, definition) => {
    const found = path.includes("onlyAfter") ? path.slice(0, path.indexOf("onlyAfter") + 1) : path;
    const value = at(definition, found);
    if (value === undefined) return sayDefault(texts, path, definition);
    return sayValue(texts, path, value, definition);
  },
};

/** What holds where nothing is said. */
function sayDefault(
  texts: Texts,
  path: FieldPath,
  definition: SurveyDefinition,
): string | undefined {
  const last = path.at(-1);
  if (last === "fallback") return languageName(fallbackOf(definition) ?? "", texts.language);
  if (last === "ends" || last === "thanks") return texts.text("change.usual");
  if (last === "cases") return texts.text("change.yes");
  return last === "apart" || last === "unlessHigh" ? texts.text("change.no") : undefined;
}

function at(value: unknown, path: FieldPath): unknown {
  return path.reduce((inner, name) => partsOf(inner)?.get(name), value);
}

/** "Question 2", "after a low answer", "Russian". */
function labelsOf(texts: Texts, path: FieldPath, definition: SurveyDefinition): string[] {
  const [part = "", key, ...inner] = path;
  if (part !== "questions") return [fieldLabel(texts, part), ...inLanguage(texts, path.slice(1))];
  if (key === undefined || key === ORDER) return [texts.text("change.questions.order")];
  const n = definition.questions.findIndex((question) => question.key === key) + 1;
  return [texts.text("change.question", { n }), ...innerLabels(texts, inner, definition, key)];
}

function innerLabels(
  texts: Texts,
  [field, ...rest]: FieldPath,
  definition: SurveyDefinition,
  key: string,
): string[] {
  if (field === undefined) return [];
  if (field === "wording" || field === "wordings") return inLanguage(texts, rest);
  const [side, ...inLanguages] = rest;
  if (field === "ends" && (side === "low" || side === "high"))
    return [texts.text(`change.survey.ends.${side}`), ...inLanguage(texts, inLanguages)];
  if (field !== "options") return [fieldLabel(texts, field), ...inLanguage(texts, rest)];
  const [option, what, ...words] = rest;
  if (option === undefined || option === ORDER) return [texts.text("change.options.order")];
  const question = definition.questions.find((each) => each.key === key);
  const options = question?.kind === "choice" ? question.options : [];
  const n = options.findIndex((each) => each.key === option) + 1;
  const which = texts.text("change.option", { n });
  return what === undefined || what === "wording"
    ? [which, ...inLanguage(texts, words)]
    : [which, fieldLabel(texts, what)];
}

/** A part that says how good the first answer was, and a language. */
function inLanguage(texts: Texts, path: FieldPath): string[] {
  return path.map((name) => {
    if (name === "high" || name === "middle" || name === "low")
      return texts.text(`change.after.${name}`);
    return languageName(name, texts.language);
  });
}

const labels: Readonly<Record<string, TextKey>> = {
  metric: "change.survey.metric",
  fallback: "change.survey.fallback",
  cases: "change.survey.cases",
  apart: "change.survey.apart",
  thanks: "change.survey.thanks",
  ends: "change.survey.ends",
  order: "change.survey.shuffled",
  level: "change.survey.level",
  onlyLow: "change.survey.only-low",
  unlessHigh: "change.survey.unless-high",
  onlyAfter: "change.survey.only-after",
};

function fieldLabel(texts: Texts, field: string): string {
  return texts.text(labels[field] ?? "change.field.other");
}

function sayValue(
  texts: Texts,
  path: FieldPath,
  value: unknown,
  definition: SurveyDefinition,
): string {
  const last = path.at(-1);
  if (path.includes("onlyAfter")) return sayOnlyAfter(texts, value, definition);
  if (typeof value === "boolean") return texts.text(value ? "change.yes" : "change.no");
  if (last === "order") return texts.text(value === "shuffled" ? "change.yes" : "change.no");
  if (last === "level" && (value === "high" || value === "middle" || value === "low"))
    return texts.text(`change.level.${value}`);
  if (last === ORDER && Array.isArray(value)) return sayOrder(texts, path, value, definition);
  if (last === "metric") return sayMetric(texts, definition);
  if (last === "fallback") return languageName(`${value}`, texts.language);
  if (typeof value === "string") return quoted(texts, value);
  if (last === "ends")
    return ["low", "high"].map((end) => wordsOf(texts, at(value, [end]), definition)).join(" – ");
  return quoted(texts, wordsOf(texts, value, definition));
}

/** The order of the questions or options by their words: their keys say little to a reader. */
function sayOrder(
  texts: Texts,
  path: FieldPath,
  keys: readonly unknown[],
  definition: SurveyDefinition,
): string {
  const said = keys.map((key) =>
    wordsOf(texts, at(definition, [...path.slice(0, -1), `${key}`]), definition),
  );
  return said.map((words, index) => `${index + 1}. ${shortened(words)}`).join("; ");
}

function shortened(words: string): string {
  return words.length <= 40 ? words : `${words.slice(0, 40).toWellFormed()}…`;
}

function sayOnlyAfter(texts: Texts, value: unknown, definition: SurveyDefinition): string {
  const [question, option] = [at(value, ["question"]), at(value, ["option"])];
  const chosen = at(definition, ["questions", `${question}`, "options", `${option}`]);
  return quoted(texts, wordsOf(texts, chosen, definition));
}

function sayMetric(texts: Texts, { metric }: SurveyDefinition): string {
  return texts.text(metric === undefined ? "change.nothing" : `metric.${metric}.name`);
}

/** The words of a question, an option or a wording, as the reader reads the survey. */
function wordsOf(texts: Texts, value: unknown, survey: SurveyDefinition): string {
  const wording =
    at(value, ["wording"]) ?? at(value, ["wordings", "middle"]) ?? at(value, ["middle"]) ?? value;
  return isWording(wording) ? wordsIn(wording, texts.language, survey) : "…";
}

function isWording(value: unknown): value is Wording {
  const words = [...(partsOf(value)?.values() ?? [])];
  return words.length > 0 && words.every((each) => typeof each === "string");
}
