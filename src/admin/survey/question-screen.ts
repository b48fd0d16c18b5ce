/** One question of a draft, with all its words and what can be done with it. Pure. */
import { languageName } from "../../locales/language-name.ts";
import type { Level } from "../../metrics/metric.ts";
import type { Message, Option, Part } from "../../platform.ts";
import {
  type ChoiceQuestion,
  type Question,
  type SurveyDefinition,
  type Wording,
  wordsIn,
} from "../../surveys/survey.ts";
import type { OpenSurveyDraft, SurveyDraft } from "./content.ts";
import {
  actions,
  card,
  clip,
  type Drawing,
  kindName,
  MAX_SHOWN,
  note,
  type SurveyFacts,
  section,
} from "./drawing.ts";
import { levels, possibleAsked } from "./edits.ts";
import { endsButtons, endsParts } from "./ends.ts";
import { findingParts, findingsAt } from "./findings.ts";
import { namedPages, pagesOf } from "./form-fields.ts";
import { wordsAction } from "./forms.ts";
import { canMeasure, measureLabel } from "./measure.ts";
import { sayAsked } from "./say-asked.ts";

/** `undefined` when the draft has no such question any more. */
export function questionScreen(
  drawing: Drawing,
  { content }: OpenSurveyDraft,
  facts: SurveyFacts,
  key: string | undefined,
): Message | undefined {
  const { texts, button } = drawing;
  const { definition, languages } = content;
  const index = definition.questions.findIndex((each) => each.key === key);
  const question = definition.questions[index];
  if (question === undefined) return undefined;
  const n = definition.questions.length;
  const kind = kindName(texts, question);
  return card(
    drawing,
    texts.text("survey.question.title", { at: index + 1, n }),
    note([kind, sayAsked(texts, definition, question)].join(" · ")),
    wordsParts(drawing, question, languages),
    question.kind === "choice" ? optionParts(drawing, definition, question, index === 0) : [],
    question.kind === "score" ? endsParts(drawing, question, languages) : [],
    findingParts(drawing, findingsAt(facts.findings, index)),
    actions(...wordButtons(drawing, question, languages)),
    index === 0 && content.trigger === "recovery"
      ? note(texts.text("survey.measure.recovery"))
      : [],
    actions(...otherButtons(drawing, content, question, index)),
    actions(button(texts.text("survey.edit.back"), "main")),
  );
}

function wordsParts(drawing: Drawing, question: Question, languages: readonly string[]): Part[] {
  if (question.kind !== "open") return [factsOf(drawing, question.wording, languages)];
  return levels.flatMap((level): Part[] => [
    ...section(drawing.texts.text(`survey.level.${level}`)),
    factsOf(drawing, question.wordings[level], languages),
  ]);
}

/** The words in each language, also where there are none. */
export function factsOf(
  { texts, language }: Drawing,
  wording: Wording,
  languages: readonly string[],
): Part {
  return {
    kind: "facts",
    rows: languages.map((each) => [
      languageName(each, language),
      clip(wording[each] ?? "", MAX_SHOWN) || texts.text("survey.edit.no-words"),
    ]),
  };
}

function optionParts(
  { texts, language }: Drawing,
  survey: SurveyDefinition,
  { options, order }: ChoiceQuestion,
  isFirst: boolean,
): Part[] {
  const said = (level: Level | undefined) =>
    level === "high" || level === "low" ? texts.text(`survey.options.${level}`) : "";
  const rows = options.map((option, i) => {
    const words = wordsIn(option.wording, language, survey) || texts.text("survey.edit.no-words");
    return [
      `${i + 1}`,
      [words, isFirst ? said(option.level) : ""].filter(Boolean).join(" · "),
    ] as const;
  });
  return [{ kind: "facts", rows }, ...note(texts.text(`survey.options.order.${order}`))];
}

/** One form holds so many languages; an open question has one for each level. */
function wordButtons(drawing: Drawing, question: Question, languages: readonly string[]): Option[] {
  const { texts, button } = drawing;
  const form = { opens: "form" } as const;
  const pages = pagesOf(languages);
  const made = (level: Level | undefined, label: string) =>
    namedPages(drawing, label, pages).map((named, at) =>
      button(named, wordsAction(level, at), question.key, form),
    );
  const words =
    question.kind === "open"
      ? levels.flatMap((level) => made(level, texts.text(`survey.question.words.${level}`)))
      : made(undefined, texts.text("survey.question.words"));
  if (question.kind === "score") return [...words, ...endsButtons(drawing, question, languages)];
  if (question.kind !== "choice") return words;
  const label = texts.text("survey.question.options");
  const options = namedPages(drawing, label, pages).map((named, at) =>
    button(named, `op${at}`, question.key, form),
  );
  return [...words, ...options];
}

function otherButtons(
  { texts, button }: Drawing,
  content: SurveyDraft,
  question: Question,
  index: number,
): Option[] {
  const form = { opens: "form" } as const;
  const first = index === 0;
  const choice = question.kind === "choice";
  const when = (!first && possibleAsked(question).length > 1) || choice;
  return [
    ...(when ? [button(texts.text("survey.question.when"), "wh", question.key, form)] : []),
    ...(first && choice
      ? [button(texts.text("survey.question.levels"), "lv", question.key, form)]
      : []),
    ...(first && canMeasure(content)
      ? [button(texts.text(measureLabel(content.definition)), "ms", undefined, form)]
      : []),
    ...(first
      ? []
      : [button(texts.text("survey.question.remove"), "rm", question.key, { tone: "danger" })]),
  ];
}
