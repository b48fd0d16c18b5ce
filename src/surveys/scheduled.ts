/** The surveys that schedules ask: at the beginning, in between, when somebody may leave, at the end. */
import type { TextKey } from "../locales/index.ts";
import { CONTACT, type StandardSurvey, scoreSurvey, WHY, textWording as wording } from "./parts.ts";
import { type ChoiceOption, OTHER, type Question, type SurveyDefinition } from "./survey.ts";

/** Whether it is still solved. */
const STILL = "still";
/** Whether they plan to stay. */
export const STAY = "stay";
/** Why they leave, or would. */
export const REASON = "reason";

/** `company` stands in the wording. */
export function scheduledSurveys(company: string): readonly StandardSurvey[] {
  const surveys: readonly (readonly [string, SurveyDefinition])[] = [
    ["onboarding-ces", onboarding(company)],
    ["relationship-nps", scoreSurvey("nps", { company, whyMiddle: "ask.nps.why.middle" })],
    ["still-solved", stillSolved()],
    ["churn-check-in", churnCheckIn(company)],
    ["exit", exit(company)],
  ];
  return surveys.map(([key, definition]) => ({ key, trigger: "schedule", definition }));
}

/** About getting started instead of an issue: another question, so another series. */
function onboarding(company: string): SurveyDefinition {
  const question: TextKey = "ask.onboarding.question";
  const asked = scoreSurvey("ces", { company, whyMiddle: "ask.ces.why.low", question });
  return { ...asked, apart: true };
}

/** Asked days after a chat, whose own question is whether it was solved at all. */
function stillSolved(): SurveyDefinition {
  return {
    metric: "resolution",
    apart: true,
    questions: [
      {
        kind: "score",
        key: STILL,
        metric: "resolution",
        wording: wording("ask.still.question"),
      },
      {
        kind: "open",
        key: WHY,
        unlessHigh: true,
        wordings: {
          high: wording("ask.still.why.middle"),
          middle: wording("ask.still.why.middle"),
          low: wording("ask.still.why.low"),
        },
      },
      {
        kind: "yes-no",
        key: CONTACT,
        wording: wording("ask.contact.question"),
        onlyLow: false,
        unlessHigh: true,
      },
    ],
  };
}

function churnCheckIn(company: string): SurveyDefinition {
  const change = wording("ask.churn.change");
  const frank = wording("ask.churn.thanks.low");
  return {
    questions: [
      {
        kind: "choice",
        key: STAY,
        wording: wording("ask.churn.question", { company }),
        order: "given",
        options: [
          { key: "yes", wording: wording("ask.churn.yes"), level: "high" },
          { key: "unsure", wording: wording("ask.churn.unsure"), level: "middle" },
          { key: "no", wording: wording("ask.churn.no"), level: "low" },
        ],
      },
      { ...reasons("ask.churn.reason", { moved: "ask.churn.moved" }), unlessHigh: true },
      {
        kind: "open",
        key: WHY,
        unlessHigh: true,
        wordings: { high: change, middle: change, low: change },
      },
      {
        kind: "yes-no",
        key: CONTACT,
        wording: wording("ask.churn.call"),
        onlyLow: false,
        unlessHigh: true,
      },
    ],
    thanks: { high: wording("ask.churn.thanks.high"), middle: frank, low: frank },
  };
}

function exit(company: string): SurveyDefinition {
  const why = wording("ask.exit.why");
  const goodbye = wording("ask.exit.thanks");
  return {
    questions: [
      reasons("ask.exit.question", { company }),
      { kind: "open", key: WHY, wordings: { high: why, middle: why, low: why } },
    ],
    thanks: { high: goodbye, middle: goodbye, low: goodbye },
  };
}

/** The product's reasons, in another order for everybody: the first of a list is chosen more often. */
function reasons(
  question: TextKey,
  { company = "", moved = "ask.reason.moved" }: { company?: string; moved?: TextKey },
): Extract<Question, { kind: "choice" }> {
  const options: readonly (readonly [string, TextKey])[] = [
    ["too-expensive", "ask.reason.too-expensive"],
    ["missing", "ask.reason.missing"],
    ["hard-to-use", "ask.reason.hard-to-use"],
    ["support", "ask.reason.support"],
    ["moved", moved],
    ["not-needed", "ask.reason.not-needed"],
    [OTHER, "ask.reason.other"],
  ];
  return {
    kind: "choice",
    key: REASON,
    wording: wording(question, { company }),
    order: "shuffled",
    options: options.map(([key, text]): ChoiceOption => ({ key, wording: wording(text) })),
  };
}
