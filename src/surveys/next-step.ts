/** Which question comes next, given what was answered. Pure. */
import type { Level } from "../metrics/metric.ts";
import { metrics } from "../metrics/registry.ts";
import type { Conversation } from "./conversation-state.ts";
import { chosenOption, type Question, type SurveyDefinition } from "./survey.ts";

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

function isDue(
  survey: SurveyDefinition,
  question: Question,
  answers: Conversation["answers"],
): boolean {
  if (question.key in answers) return false;
  switch (question.kind) {
    case "score":
      return true;
    case "open": {
      const { onlyAfter } = question;
      if (onlyAfter !== undefined && answers[onlyAfter.question] !== onlyAfter.option) return false;
      break;
    }
    case "yes-no":
      if (question.onlyLow && firstLevel(survey, answers) !== "low") return false;
  }
  return question.unlessHigh !== true || firstLevel(survey, answers) !== "high";
}

/** How good the first answer is; `middle` as long as there is none, and for an option of no level. */
export function firstLevel(survey: SurveyDefinition, answers: Conversation["answers"]): Level {
  const first = survey.questions[0];
  const value = first === undefined ? undefined : answers[first.key];
  if (first?.kind === "choice") {
    return chosenOption(first, value)?.level ?? "middle";
  }
  return first?.kind === "score" && typeof value === "number"
    ? metrics[first.metric].levelOf(value)
    : "middle";
}

/** The question whose answer is words, if the survey has one. */
export function openQuestion(survey: SurveyDefinition): string | undefined {
  return survey.questions.find((q) => q.kind === "open")?.key;
}
