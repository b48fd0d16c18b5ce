/** Whether answers before and after a change of a survey may be compared. Pure. */
import type { Question, SurveyDefinition, Wording } from "./survey.ts";

type ScoreQuestion = Extract<Question, { kind: "score" }>;

/**
 * True when answers to a scored question are a series of their own from now on: it is asked in other
 * words, its ends are called otherwise, or by another metric and so on another scale (metrics.md, series). A language that is added
 * changes nothing for whoever was asked before.
 */
export function beginsSeries(before: SurveyDefinition, after: SurveyDefinition): boolean {
  const asked = new Map(scored(after).map((question) => [question.key, question]));
  return scored(before).some((was) => {
    const is = asked.get(was.key);
    return is !== undefined && !isSameQuestion(was, is);
  });
}

function scored({ questions }: SurveyDefinition): ScoreQuestion[] {
  return questions.filter((question) => question.kind === "score");
}

function isSameQuestion(was: ScoreQuestion, is: ScoreQuestion): boolean {
  return was.metric === is.metric && keeps(was.wording, is.wording) && keepsEnds(was, is);
}

/** What the ends of its scale mean is part of what is asked. */
function keepsEnds({ ends: was }: ScoreQuestion, { ends: is }: ScoreQuestion): boolean {
  if (was === undefined || is === undefined) return was === is;
  return keeps(was.low, is.low) && keeps(was.high, is.high);
}

/** What was said in a language is said the same. */
function keeps(was: Wording, is: Wording): boolean {
  return Object.entries(was).every(([language, words]) => is[language] === words);
}
