/** When a question is asked, in words. Pure. */
import type { Texts } from "../../locales/index.ts";
import {
  chosenOption,
  type Question,
  type SurveyDefinition,
  wordsIn,
} from "../../surveys/survey.ts";
import { clip } from "./drawing.ts";
import { askedWhen } from "./edits.ts";

/** "After every answer", "Only after a poor first answer" …; of the first question: that it is the first. */
export function sayAsked(texts: Texts, survey: SurveyDefinition, question: Question): string {
  if (survey.questions[0]?.key === question.key) return texts.text("survey.asked.first");
  const when = texts.text(`survey.asked.${askedWhen(question)}`);
  if (question.kind !== "open" || question.onlyAfter === undefined) return when;
  const { question: key, option } = question.onlyAfter;
  const asked = survey.questions.find((each) => each.key === key);
  const chosen = chosenOption(asked, option);
  const answer =
    chosen === undefined ? option : clip(wordsIn(chosen.wording, texts.language, survey), 60);
  return texts.text("survey.asked.only-after", { when, answer });
}
