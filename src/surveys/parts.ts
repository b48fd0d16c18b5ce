/** What surveys of ours are made of. */
import { type TextKey, textsFor } from "../locales/index.ts";
import { type Question, type SurveyDefinition, type Wording, wordingFrom } from "./survey.ts";

/** A survey to create: its key is unique in the workspace. */
export interface StandardSurvey {
  readonly key: string;
  /** What it is asked by: of those after a chat one is on, of the others every one. */
  readonly trigger: "chat" | "schedule" | "recovery";
  readonly definition: SurveyDefinition;
}

/** Keys of the scored question and of the open one behind it, the same in every survey. */
export const SCORE = "score";
export const WHY = "why";
export const CONTACT = "contact";

/** One of our texts as a wording. */
export function textWording(key: TextKey, params: Record<string, string> = {}): Wording {
  return wordingFrom((language) => textsFor(language).text(key, params));
}

/** A score, why (worded by how good it was), and may we call back. */
export function scoreSurvey(
  metric: "nps" | "ces" | "csat",
  {
    company,
    whyMiddle,
    question = `ask.${metric}.question`,
  }: { readonly company: string; readonly whyMiddle: TextKey; readonly question?: TextKey },
): SurveyDefinition {
  const score: Question = {
    kind: "score",
    key: SCORE,
    metric,
    wording: textWording(question, { company }),
  };
  const why: Question = {
    kind: "open",
    key: WHY,
    wordings: {
      high: textWording(`ask.${metric}.why.high`),
      middle: textWording(whyMiddle),
      low: textWording(`ask.${metric}.why.low`),
    },
  };
  const contact: Question = {
    kind: "yes-no",
    key: CONTACT,
    wording: textWording("ask.contact.question"),
    onlyLow: true,
  };
  return { metric, questions: [score, why, contact] };
}
