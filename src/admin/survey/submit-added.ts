/** What was written about a question that is added, or that a survey begins with. Pure. */
import type { Texts } from "../../locales/index.ts";
import type { Question } from "../../surveys/survey.ts";
import type { SurveyDraft } from "./content.ts";
import { questionKey, scoreQuestion, withAdded } from "./edits.ts";
import { MAX_WORDS, pagesOf } from "./form-fields.ts";
import { freeMetrics } from "./forms.ts";
import { matchRows, optionsOf, type Rows } from "./options.ts";
import {
  type Problems,
  readWords,
  type Submitted,
  type TakenKeys,
  type Values,
  wordsIn,
} from "./submit.ts";
import { lineProblems, newOptionKey } from "./submit-options.ts";

/** The words in which a question of one's own and its options were written. */
export function readOwn(
  texts: Texts,
  language: string,
  values: Values,
): { readonly words: string; readonly rows: Rows } | { readonly problems: Problems } {
  const words = wordsIn(values, "question");
  const wrong: Record<string, string> = {};
  if (words === "") wrong.question = texts.text("survey.problem.no-question");
  if (words.length > MAX_WORDS)
    wrong.question = texts.text("survey.problem.long", { max: MAX_WORDS, n: words.length });
  const matched = matchRows([], { [language]: wordsIn(values, "options") });
  if ("problems" in matched) {
    const [problem] = Object.values(lineProblems(texts, matched.problems));
    return { problems: { ...wrong, options: problem ?? "" } };
  }
  return Object.keys(wrong).length > 0 ? { problems: wrong } : { words, rows: matched.rows };
}

export interface Adding {
  readonly texts: Texts;
  readonly company: string;
  readonly taken: TakenKeys;
}

/** A question of this kind at the end; the key of the new one is the last. */
export function submitAdded(
  { texts, company, taken }: Adding,
  content: SurveyDraft,
  kind: Question["kind"],
  values: Values,
): Submitted {
  const { definition, languages } = content;
  const keys = new Set([...taken, ...definition.questions.map((each) => each.key)]);
  const added = (question: Question): Submitted => {
    const tongues = new Set([
      ...languages,
      ...(question.kind === "choice" ? [texts.language] : []),
    ]);
    return {
      content: { ...content, languages: [...tongues], definition: withAdded(definition, question) },
    };
  };
  if (kind === "score") {
    const metric = freeMetrics(definition).find((each) => each === values.metric);
    if (metric === undefined) return { problems: { metric: texts.text("survey.problem.metric") } };
    return added(scoreQuestion(metric, questionKey(metric, keys), { company, languages }));
  }
  if (kind === "choice") {
    const own = readOwn(texts, texts.language, values);
    return "problems" in own
      ? own
      : added(ownQuestion(texts.language, own, questionKey("choice", keys)));
  }
  const [page = []] = pagesOf(languages);
  const { said, problems } = readWords(texts, page, values);
  const wording = Object.fromEntries(Object.entries(said).filter(([, words]) => words !== ""));
  if (Object.keys(problems).length > 0) return { problems };
  if (Object.keys(wording).length === 0)
    return { problems: { [page[0] ?? ""]: texts.text("survey.problem.no-words") } };
  const wordings = { high: wording, middle: wording, low: wording };
  return kind === "open"
    ? added({ kind, key: questionKey("why", keys), wordings })
    : added({ kind, key: questionKey("yes", keys), wording, onlyLow: false });
}

/** A choice with new keys for its options. */
export function ownQuestion(
  language: string,
  { words, rows }: { readonly words: string; readonly rows: Rows },
  key: string,
): Question {
  const options = optionsOf([], rows, [language], (said, taken) => newOptionKey(key, said, taken));
  return { kind: "choice", key, wording: { [language]: words }, order: "given", options };
}
