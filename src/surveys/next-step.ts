/** Which question comes next, given what was answered. Pure. */
import type { Level } from "../metrics/metric.ts";
import { metrics } from "../metrics/registry.ts";
import type { Conversation } from "./conversation-state.ts";
import type { Question, SurveyDefinition } from "./survey.ts";

/** The first question from `from` on that is still to be asked; the number of questions if none. */
export function nextStep(
  survey: SurveyDefinition,
  answers: Conversation["answers"],
  from: number,
): number {
  const rest = survey.questions.findIndex(
    (question, index) => index >= from && isDue(survey, question, answers),
  );
  return rest === -1 ? survey.questions.length : rest;
}

function isDue(survey: SurveyDefinition, question: Question, answers: Conversation["answers"]) {
  if (question.key in answers) return false;
  if (question.kind === "open" && question.unlessHigh === true)
    return firstLevel(survey, answers) !== "high";
  return question.kind !== "yes-no" || !question.onlyLow || firstLevel(survey, answers) === "low";
}

/** How good the first score is; `middle` as long as there is none. */
export function firstLevel(survey: SurveyDefinition, answers: Conversation["answers"]): Level {
  const first = survey.questions[0];
  const score = first === undefined ? undefined : answers[first.key];
  return typeof score === "number" ? metrics[survey.metric].levelOf(score) : "middle";
}

/** The question whose answer is words, if the survey has one. */
export function openQuestion(survey: SurveyDefinition): string | undefined {
  return survey.questions.find((q) => q.kind === "open")?.key;
}
