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

function contactQuestion(): Question {
  return { kind: "yes-no", key: CONTACT, wording: wording("ask.contact.question"), onlyLow: true };
}

/** An open follow-up question, worded by how good the score was (product.md, "Follow-up wording"). */
function whyQuestion(high: TextKey, middle: TextKey, low: TextKey): Question {
  return {
    kind: "open",
    key: WHY,
    wordings: { high: wording(high), middle: wording(middle), low: wording(low) },
  };
}

/** The three after-chat surveys of a workspace; `company` stands in the wording. */
export function standardSurveys(company: string): readonly StandardSurvey[] {
  return [
    {
      key: "chat-nps",
      definition: {
        metric: "nps",
        questions: [
          {
            kind: "score",
            key: SCORE,
            metric: "nps",
            wording: wording("ask.nps.question", { company }),
          },
          whyQuestion("ask.nps.why.high", "ask.nps.why.middle", "ask.nps.why.low"),
          contactQuestion(),
        ],
      },
    },
    {
      key: "chat-ces",
      definition: {
        metric: "ces",
        questions: [
          {
            kind: "score",
            key: SCORE,
            metric: "ces",
            wording: wording("ask.ces.question", { company }),
          },
          whyQuestion("ask.ces.why.high", "ask.ces.why.low", "ask.ces.why.low"),
          contactQuestion(),
        ],
      },
    },
    {
      key: "chat-csat",
      definition: {
        metric: "csat",
        questions: [
          { kind: "score", key: SCORE, metric: "csat", wording: wording("ask.csat.question") },
          whyQuestion("ask.csat.why.high", "ask.csat.why.low", "ask.csat.why.low"),
          contactQuestion(),
        ],
      },
    },
  ];
}
