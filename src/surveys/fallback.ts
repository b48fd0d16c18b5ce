/** The language for whoever speaks none of a survey's languages. Pure. */
import { languages } from "../locales/index.ts";
import { surveyTexts } from "./check/survey-texts.ts";
import type { SurveyDefinition } from "./survey.ts";

/** Its tag: the one that the survey names, else English, the first of ours, or the first there is. */
export function fallbackOf(survey: SurveyDefinition): string | undefined {
  const worded = surveyTexts(survey).flatMap(({ words }) => Object.keys(words));
  return survey.fallback ?? languages.find((each) => worded.includes(each)) ?? worded[0];
}
