/** Which survey is meant. */
import type { KnownSurvey } from "../reading.ts";
import type { Asker, Draft } from "./draft.ts";

type Said = Draft["surveys"][number];

/** The surveys in their order; undefined when that was asked about. `aboutChat`: it is about a chat. */
export function surveysOf(
  asker: Asker,
  draft: Draft,
  aboutChat: boolean,
): KnownSurvey[] | undefined {
  const { surveys } = asker.known;
  if (draft.surveys.length === 0) {
    const choices = surveys.map(({ key }) => ({ words: key }));
    asker.ask("survey-missing", asker.end, { choices });
    return undefined;
  }
  const found = draft.surveys.map((said) => surveyOf(asker, said, aboutChat));
  return found.every((each) => each !== undefined) ? found : undefined;
}

function surveyOf(
  asker: Asker,
  { key, metric, clause }: Said,
  aboutChat: boolean,
): KnownSurvey | undefined {
  const { surveys } = asker.known;
  if (key !== undefined) return surveys.find((survey) => survey.key === key);
  const ofMetric = surveys.filter((survey) => survey.metric === metric);
  const fitting = ofMetric.filter((survey) => survey.aboutChats === aboutChat);
  const [one, ...others] = fitting;
  if (one !== undefined && others.length === 0) return one;
  const code =
    one !== undefined
      ? "survey-which"
      : ofMetric.length > 0 && !aboutChat
        ? "survey-only-chats"
        : "survey-which";
  const offered = fitting.length > 0 ? fitting : ofMetric.length > 0 ? ofMetric : surveys;
  const choices = offered.map((survey) => ({ at: clause, words: survey.key }));
  asker.ask(code, clause, { choices });
  return undefined;
}
