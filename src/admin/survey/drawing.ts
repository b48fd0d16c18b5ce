/** What all cards of a survey's draft have in common. */
import { type Language, type Texts, textsFor } from "../../locales/index.ts";
import type { Message, Option, Part } from "../../platform.ts";
import type { KeptSurvey } from "../../store/survey-versions.ts";
import type { SurveyFinding } from "../../surveys/check/finding.ts";
import { type Question, type SurveyDefinition, wordsIn } from "../../surveys/survey.ts";
import { type DraftContext, draftButton, draftToken } from "../draft-kind.ts";

/** Whoever reads a card, and the buttons of the draft that it shows. */
export interface Drawing {
  readonly texts: Texts;
  readonly language: Language;
  button(
    label: string,
    action: string,
    value?: string,
    more?: Pick<Option, "opens" | "tone" | "hint">,
  ): Option;
  token(action: string, value?: string): string;
}

/** What is so around the draft. */
export interface SurveyFacts {
  readonly company: string;
  /** The survey as it is saved; undefined: there is none of this key. */
  readonly saved: KeptSurvey | undefined;
  /** Who saved it last, as they are called. */
  readonly savedBy: string;
  /** Names of others who have a draft of it open. */
  readonly others: readonly string[];
  /** Schedules that ask it. */
  readonly schedules: readonly string[];
  readonly findings: readonly SurveyFinding[];
}

export function drawingOf(
  context: Pick<DraftContext, "engine" | "reader">,
  draftId: string,
): Drawing {
  const { language } = context.reader;
  return {
    texts: textsFor(language),
    language,
    button: (label, action, value, more = {}) =>
      draftButton(context, draftId, {
        ...{ label: clip(label, MAX_LABEL), action, ...more },
        ...(value === undefined ? {} : { value }),
      }),
    token: (action, value) => draftToken(context, draftId, action, value),
  };
}

/** The label of a button on every platform. */
const MAX_LABEL = 75;
/** So much of a question stands in a list of them. */
export const MAX_SHOWN = 300;

/** One line of at most so many characters. */
export function clip(text: string, longest: number): string {
  const all = [...text.replace(/\s+/gu, " ").trim()];
  return all.length <= longest ? all.join("") : `${all.slice(0, longest - 1).join("")}…`;
}

export function listOf(items: readonly string[], language: Language): string {
  return new Intl.ListFormat(language).format(items);
}

/** The words of a question in a list; of an open one those after a middling answer. */
export function questionLine(
  { texts, language }: Pick<Drawing, "texts" | "language">,
  survey: SurveyDefinition,
  question: Question,
  longest = MAX_SHOWN,
): string {
  const wording = question.kind === "open" ? question.wordings.middle : question.wording;
  const words = clip(wordsIn(wording, language, survey), longest);
  return words === "" ? texts.text("survey.edit.no-words") : words;
}

/** What kind of a question it is. */
export function kindName(texts: Texts, question: Question): string {
  if (question.kind !== "score") return texts.text(`survey.kind.${question.kind}`);
  const metric = texts.text(`metric.${question.metric}.name`);
  return texts.text("survey.kind.score", { metric });
}

export function card(
  { texts }: Pick<Drawing, "texts">,
  title: string,
  ...parts: readonly (readonly Part[])[]
): Message {
  return {
    summary: title,
    parts: [{ kind: "heading", text: title }, ...parts.flat()],
    locale: texts.language,
  };
}

export function text(words: string): Part[] {
  return words === "" ? [] : [{ kind: "text", text: words }];
}

/** The title of a section. */
export function section(words: string): Part[] {
  return words === "" ? [] : [{ kind: "heading", text: words, minor: true }];
}

export function note(words: string): Part[] {
  return words === "" ? [] : [{ kind: "note", text: words }];
}

export function actions(...options: readonly Option[]): Part[] {
  return options.length === 0 ? [] : [{ kind: "actions", options }];
}
