/** Every text of a survey with its place. Pure. */
import { type Level, levels } from "../../metrics/metric.ts";
import type { Question, SurveyDefinition, Wording } from "../survey.ts";

/** One text of a survey, in all its languages. */
export interface SurveyText {
  /** As in the definition: "questions.0.wording", "questions.1.wordings.low", "thanks.high". */
  readonly path: string;
  readonly kind: "question" | "option" | "end" | "thanks";
  readonly words: Wording;
  /** Of what it is a text; undefined for thanks. */
  readonly question?: Question;
  /** After which first answer it is shown. */
  readonly after?: Level;
}

/** All of them, in the order in which people read them. */
export function surveyTexts({ questions, thanks }: SurveyDefinition): readonly SurveyText[] {
  return [
    ...questions.flatMap((question, i) => textsOf(question, `questions.${i}`)),
    ...byLevel(thanks, "thanks").map((text) => ({ ...text, kind: "thanks" as const })),
  ];
}

function textsOf(question: Question, at: string): SurveyText[] {
  if (question.kind === "open") {
    const worded = byLevel(question.wordings, `${at}.wordings`);
    return worded.map((text) => ({ ...text, kind: "question", question }));
  }
  const asked: SurveyText = {
    path: `${at}.wording`,
    kind: "question",
    words: question.wording,
    question,
  };
  const options = question.kind === "choice" ? question.options : [];
  const ends = question.kind === "score" ? question.ends : undefined;
  return [
    asked,
    ...(["low", "high"] as const).flatMap((end) =>
      ends === undefined
        ? []
        : [{ path: `${at}.ends.${end}`, kind: "end" as const, words: ends[end], question }],
    ),
    ...options.map(({ wording }, i) => ({
      path: `${at}.options.${i}.wording`,
      kind: "option" as const,
      words: wording,
      question,
    })),
  ];
}

function byLevel(worded: Readonly<Record<Level, Wording>> | undefined, at: string) {
  if (worded === undefined) return [];
  return levels.map((after) => ({ path: `${at}.${after}`, words: worded[after], after }));
}

/** The same survey with other words at one place in one language; "" takes the language away. */
export function withWords(
  definition: SurveyDefinition,
  path: string,
  language: string,
  words: string,
): SurveyDefinition {
  const copy: SurveyDefinition = structuredClone(definition);
  const found = surveyTexts(copy).find((text) => text.path === path);
  if (found === undefined) return definition;
  if (words === "") delete found.words[language];
  else found.words[language] = words;
  return copy;
}
