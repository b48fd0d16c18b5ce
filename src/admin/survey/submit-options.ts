/** What was written about the options of a choice. Pure. */
import type { Texts } from "../../locales/index.ts";
import type { SurveyDraft } from "./content.ts";
import { withLevels, withQuestion } from "./edits.ts";
import { pagesOf } from "./form-fields.ts";
import {
  type LinesProblem,
  matchRows,
  optionKey,
  optionsOf,
  type Rows,
  unclearRow,
} from "./options.ts";
import { type Problems, type Submitted, type TakenKeys, type Values, wordsIn } from "./submit.ts";

export function submitOptions(
  texts: Texts,
  content: SurveyDraft,
  { key, page }: { readonly key: string | undefined; readonly page: number },
  { values, taken }: { readonly values: Values; readonly taken: TakenKeys },
): Submitted {
  const question = content.definition.questions.find((each) => each.key === key);
  if (question?.kind !== "choice") return { content };
  const languages = pagesOf(content.languages)[page] ?? [];
  const read = Object.fromEntries(languages.map((each) => [each, wordsIn(values, each)]));
  const matched = matchRows(question.options, read);
  if ("problems" in matched) return { problems: lineProblems(texts, matched.problems) };
  return { content: settled(content, question.key, matched.rows, taken, languages) };
}

/** The options as the rows say; as long as one is unclear they wait. */
export function settled(
  content: SurveyDraft,
  key: string,
  rows: Rows,
  taken: TakenKeys,
  shown: readonly string[],
): SurveyDraft {
  const { pending: _, ...rest } = content;
  const question = content.definition.questions.find((each) => each.key === key);
  if (question?.kind !== "choice") return rest;
  if (unclearRow(question.options, rows) !== undefined)
    return { ...rest, pending: { question: key, rows, shown: [...shown] } };
  const options = optionsOf(question.options, rows, shown, (words, now) =>
    newOptionKey(key, words, new Set([...now, ...takenOf(taken, key)])),
  );
  const definition = withQuestion(rest.definition, key, () => ({ ...question, options }));
  return { ...rest, definition };
}

/** Both keys together have this room in a token. */
const ROOM = 31;
/** These are what the conversation notes of an open question. */
const RESERVED = ["said", "skipped"];

export function newOptionKey(
  question: string,
  words: Readonly<Record<string, string>>,
  taken: ReadonlySet<string>,
): string {
  const longest = Math.min(20, ROOM - question.length);
  return optionKey(words, new Set([...taken, ...RESERVED]), longest);
}

export function takenOf(taken: TakenKeys, question: string): string[] {
  const prefix = `${question}/`;
  return [...taken].flatMap((each) => (each.startsWith(prefix) ? each.slice(prefix.length) : []));
}

export function lineProblems(texts: Texts, problems: readonly LinesProblem[]): Problems {
  return Object.fromEntries(
    problems.map(({ language, problem: { code, ...params } }) => [
      language,
      texts.text(`survey.problem.options.${code}`, params),
    ]),
  );
}

export function submitLevels(
  content: SurveyDraft,
  key: string | undefined,
  values: Values,
): SurveyDraft {
  const chosen = (name: string) => (values[name] ?? "").split(",").filter((each) => each !== "");
  const { definition } = content;
  const levels = { high: chosen("high"), low: chosen("low") };
  return {
    ...content,
    definition: withQuestion(definition, key ?? "", (question) => withLevels(question, levels)),
  };
}
