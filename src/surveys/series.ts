/** Whether answers before and after a change of a survey may be compared. Pure. */
import type { ScoreQuestion, SurveyDefinition, Wording } from "./survey.ts";

/** What makes answers a series of their own from now on. */
export type SeriesBreak = "metric" | "words" | "ends";

/**
 * Of a scored question: it has another metric and so another scale, it is asked in other words, or its
 * ends are called otherwise (metrics.md, series). `undefined` when answers can be compared as before; a
 * language that is added changes nothing for whoever was asked before.
 */
export function seriesBreak(
  before: SurveyDefinition,
  after: SurveyDefinition,
): SeriesBreak | undefined {
  const asked = new Map(scored(after).map((question) => [question.key, question]));
  const found = scored(before).flatMap((was) => {
    const is = asked.get(was.key);
    return (is && breakOf(was, is)) ?? [];
  });
  return (["metric", "words", "ends"] as const).find((each) => found.includes(each));
}

export function beginsSeries(before: SurveyDefinition, after: SurveyDefinition): boolean {
  return seriesBreak(before, after) !== undefined;
}

function scored({ questions }: SurveyDefinition): ScoreQuestion[] {
  return questions.filter((question) => question.kind === "score");
}

function breakOf(was: ScoreQuestion, is: ScoreQuestion): SeriesBreak | undefined {
  if (was.metric !== is.metric) return "metric";
  if (!keeps(was.wording, is.wording)) return "words";
  return keepsEnds(was, is) ? undefined : "ends";
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
