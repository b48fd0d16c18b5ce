/** The surveys that every workspace starts with: after a chat one of three, and those of the schedules. */
import { type StandardSurvey, scoreSurvey } from "./parts.ts";
import { scheduledSurveys } from "./scheduled.ts";

/** The surveys of a workspace; `company` stands in the wording. */
export function standardSurveys(company: string): readonly StandardSurvey[] {
  return [...chatSurveys(company), ...scheduledSurveys(company)];
}

function chatSurveys(company: string): readonly StandardSurvey[] {
  const made = [
    scoreSurvey("nps", { company, whyMiddle: "ask.nps.why.middle" }),
    // Whoever is not satisfied is asked the same, a little or a lot.
    scoreSurvey("ces", { company, whyMiddle: "ask.ces.why.low" }),
    scoreSurvey("csat", { company, whyMiddle: "ask.csat.why.low" }),
  ];
  return made.map((definition) => ({
    key: `chat-${definition.metric}`,
    trigger: "chat",
    definition,
  }));
}
