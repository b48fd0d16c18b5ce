/** The surveys that every workspace starts with: after a chat, one of NPS, CES 2.0 or CSAT. */
import { type TextKey, textsFor } from "../locales/index.ts";
import { type Question, type SurveyDefinition, type Wording, wordingFrom } from "./survey.ts";

/** A survey to create: its key is unique in the workspace. */
export interface StandardSurvey {
  readonly key: string;
  readonly definition: SurveyDefinition;
}

/** Keys of the scored question and of the open one behind it, the same in every survey. */
export const SCORE = "score";
export const WHY = "why";
export const CONTACT = "contact";

function wording(key: TextKey, params: Record<string, string> = {}): Wording {
  return wordingFrom((language) => textsFor(language).text(key, params));
}

/** The three after-chat surveys of a workspace; `company` stands in the wording. */
export function standardSurveys(company: string): readonly StandardSurvey[] {
  return [
    chatSurvey("nps", company, "ask.nps.why.middle"),
    // Whoever is not satisfied is asked the same, a little or a lot.
    chatSurvey("ces", company, "ask.ces.why.low"),
    chatSurvey("csat", company, "ask.csat.why.low"),
  ];
}

/** A score, why (worded by how good it was), and may we call back. */
function chatSurvey(
  metric: "nps" | "ces" | "csat",
  company: string,
  whyMiddle: TextKey,
): StandardSurvey {
  const score: Question = {
    kind: "score",
    key: SCORE,
    metric,
    wording: wording(`ask.${metric}.question`, { company }),
  };
  const why: Question = {
    kind: "open",
    key: WHY,
    wordings: {
      high: wording(`ask.${metric}.why.high`),
      middle: wording(whyMiddle),
      low: wording(`ask.${metric}.why.low`),
    },
  };
  const contact: Question = {
    kind: "yes-no",
    key: CONTACT,
    wording: wording("ask.contact.question"),
    onlyLow: true,
  };
  return { key: `chat-${metric}`, definition: { metric, questions: [score, why, contact] } };
}
