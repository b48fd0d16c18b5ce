/** What a new survey can begin with: one of ours by what it is to find out, or an own question. Pure. */
import type { TextKey } from "../../locales/index.ts";
import { CONTACT, SCORE, scoreSurvey, textWording, WHY } from "../../surveys/parts.ts";
import { scheduledSurveys } from "../../surveys/scheduled.ts";
import type { Question, SurveyDefinition } from "../../surveys/survey.ts";
import type { SurveyDraft } from "./content.ts";

export const templates = [
  "nps",
  "csat",
  "ces",
  "resolution",
  "expectation",
  "emotion",
  "stay",
  "exit",
  "own",
] as const;
export type Template = (typeof templates)[number];

/** What asks it, if nobody wants it otherwise: how somebody feels is asked at once, the rest in its time. */
const triggers: Readonly<Record<Template, SurveyDraft["trigger"]>> = {
  nps: "schedule",
  csat: "chat",
  ces: "chat",
  resolution: "chat",
  expectation: "chat",
  emotion: "chat",
  stay: "schedule",
  exit: "schedule",
  own: "schedule",
};

export function usualTrigger(template: Template): SurveyDraft["trigger"] {
  return triggers[template];
}

/** `company` stands in the wording. */
export function fromTemplate(
  template: Exclude<Template, "own">,
  company: string,
): SurveyDefinition {
  switch (template) {
    case "nps":
      return scoreSurvey("nps", { company, whyMiddle: "ask.nps.why.middle" });
    case "csat":
      return scoreSurvey("csat", { company, whyMiddle: "ask.csat.why.low" });
    case "ces":
      return scoreSurvey("ces", { company, whyMiddle: "ask.ces.why.low" });
    case "resolution":
    case "expectation":
    case "emotion":
      return momentSurvey(template);
    case "stay":
      return standard("churn-check-in", company);
    case "exit":
      return standard("exit", company);
  }
}

function standard(key: string, company: string): SurveyDefinition {
  const found = scheduledSurveys(company).find((each) => each.key === key);
  if (found === undefined) throw new Error(`there is no standard survey ${key}`);
  return found.definition;
}

/** What is asked after the score of each, by how good it was. */
const whys = {
  resolution: {
    high: "ask.still.why.middle",
    middle: "ask.still.why.middle",
    low: "ask.recovery.why.low",
  },
  expectation: {
    high: "ask.csat.why.high",
    middle: "ask.csat.why.low",
    low: "ask.csat.why.low",
  },
  emotion: { high: "ask.csat.why.high", middle: "ask.csat.why.low", low: "ask.csat.why.low" },
} as const satisfies Record<string, Record<string, TextKey>>;

/** A score about this moment, why it was that good, and may we call back. */
function momentSurvey(metric: keyof typeof whys): SurveyDefinition {
  const { high, middle, low } = whys[metric];
  const wordings = { high: textWording(high), middle: textWording(middle), low: textWording(low) };
  // Of what was solved nothing more is to be known.
  const why: Question = {
    ...{ kind: "open", key: WHY, wordings },
    ...(metric === "resolution" ? { unlessHigh: true } : {}),
  };
  const questions: Question[] = [
    { kind: "score", key: SCORE, metric, wording: textWording(`ask.${metric}.question`) },
    why,
    { kind: "yes-no", key: CONTACT, wording: textWording("ask.contact.question"), onlyLow: true },
  ];
  return { metric, questions };
}

/** The template's name, with a number where that is taken. */
export function proposedKey(wanted: string, taken: ReadonlySet<string>): string {
  const base = wanted.slice(0, 17).replace(/-+$/u, "");
  if (!taken.has(base)) return base;
  for (let n = 2; ; n += 1) if (!taken.has(`${base}-${n}`)) return `${base}-${n}`;
}
