/** What was written in a form of a draft: another content, or what is wrong, field by field. Pure. */
import type { Texts } from "../../locales/index.ts";
import type { Question } from "../../surveys/survey.ts";
import { cleanText } from "../../surveys/words.ts";
import { MAX_KEY, SURVEY_KEY, type SurveyDraft } from "./content.ts";
import {
  type Asked,
  possibleAsked,
  questionKey,
  reworded,
  rewordedLevels,
  scoreQuestion,
  withAdded,
  withAsked,
  withCounting,
  withLevels,
  withOnlyAfter,
  withQuestion,
  wordsOfQuestion,
} from "./edits.ts";
import { freeMetrics, MAX_WORDS, pagesOf, type WordsAction } from "./forms.ts";
import {
  isBlank,
  type LinesProblem,
  matchRows,
  optionKey,
  optionsOf,
  type Rows,
  unclearRow,
} from "./options.ts";

export type Values = Readonly<Record<string, string>>;

/** What is wrong, by the names of the fields. */
export type Problems = Readonly<Record<string, string>>;

export type Submitted = { readonly content: SurveyDraft } | { readonly problems: Problems };

/** Keys that questions, and options as question/option, have or had in any version. */
export type TakenKeys = ReadonlySet<string>;

/** Words as they are kept: what nobody would see is nothing. */
export function wordsIn(values: Values, name: string): string {
  const words = cleanText(values[name] ?? "", Number.MAX_SAFE_INTEGER);
  return isBlank(words) ? "" : words;
}

/** Of the languages of a page; "too long" says how long they may be, and how long they are. */
function readWords(
  texts: Texts,
  languages: readonly string[],
  values: Values,
): { readonly said: Record<string, string>; readonly problems: Record<string, string> } {
  const said = Object.fromEntries(languages.map((each) => [each, wordsIn(values, each)]));
  const long = Object.entries(said).filter(([, words]) => words.length > MAX_WORDS);
  const problems = long.map(([language, { length }]) => [
    language,
    texts.text("survey.problem.long", { max: MAX_WORDS, n: length }),
  ]);
  return { said, problems: Object.fromEntries(problems) };
}

export function submitWords(
  texts: Texts,
  content: SurveyDraft,
  { of, level, page, key }: WordsAction & { readonly key: string | undefined },
  values: Values,
): Submitted {
  const languages = pagesOf(content.languages)[page] ?? [];
  const { said, problems } = readWords(texts, languages, values);
  const [first = ""] = languages;
  if (Object.keys(problems).length > 0) return { problems };
  const { definition } = content;
  if (of === "t") {
    const { thanks } = definition;
    if (thanks === undefined) return { content };
    const made = rewordedLevels(thanks, level, said);
    return { content: { ...content, definition: { ...definition, thanks: made } } };
  }
  const question = definition.questions.find((each) => each.key === key);
  if (question === undefined) return { content };
  const changed = reworded(question, level, said);
  if (Object.keys(wordsOfQuestion(changed, level)).length === 0)
    return { problems: { [first]: texts.text("survey.problem.no-words") } };
  return {
    content: { ...content, definition: withQuestion(definition, question.key, () => changed) },
  };
}

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

export function submitWhen(
  content: SurveyDraft,
  key: string | undefined,
  values: Values,
): SurveyDraft {
  const change = (question: Question): Question => {
    const asked = possibleAsked(question).find((each) => each === values.when);
    const timed = asked === undefined ? question : withAsked(question, asked satisfies Asked);
    const { after } = values;
    const waited = after === undefined ? timed : withOnlyAfter(timed, after);
    const { order } = values;
    return waited.kind === "choice" && (order === "given" || order === "shuffled")
      ? { ...waited, order }
      : waited;
  };
  return { ...content, definition: withQuestion(content.definition, key ?? "", change) };
}

/** The words in which a question of one's own and its options were written. */
export function readOwn(
  texts: Texts,
  language: string,
  values: Values,
): { readonly words: string; readonly rows: Rows } | { readonly problems: Problems } {
  const words = wordsIn(values, "question");
  const wrong: Record<string, string> = {};
  if (words === "") wrong.question = texts.text("survey.problem.no-words");
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

/** Why a key cannot be the one of a new survey; undefined: it can. */
export function keyProblem(
  texts: Texts,
  key: string,
  keys: ReadonlySet<string>,
): string | undefined {
  if (key.length > MAX_KEY) return texts.text("survey.problem.key.long", { max: MAX_KEY });
  if (!SURVEY_KEY.test(key)) return texts.text("survey.problem.key", { max: MAX_KEY });
  return keys.has(key) ? texts.text("survey.problem.key.taken") : undefined;
}

/** As keys are written: whoever typed a capital letter or a space meant the same. */
export function readKey(values: Values): string {
  return wordsIn(values, "key")
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s_]+/gu, "-");
}

/** `keys`: of surveys that there are. A saved survey keeps its key and what asks it. */
export function submitAbout(
  texts: Texts,
  content: SurveyDraft,
  values: Values,
  { isNew, keys }: { readonly isNew: boolean; readonly keys: ReadonlySet<string> },
): Submitted {
  const key = isNew ? readKey(values) : content.key;
  const problem = isNew ? keyProblem(texts, key, keys) : undefined;
  if (problem !== undefined) return { problems: { key: problem } };
  const { trigger: asked } = values;
  const trigger = isNew && (asked === "chat" || asked === "schedule") ? asked : content.trigger;
  const counting = { apart: values.counts === "apart", cases: values.cases !== "no" };
  return {
    content: { ...content, key, trigger, definition: withCounting(content.definition, counting) },
  };
}

/** A language is added by its tag, as its own kind of writing says: `de`, `pt-BR`. */
export function submitLanguage(texts: Texts, content: SurveyDraft, values: Values): Submitted {
  const tag = canonical(wordsIn(values, "language"));
  const wrong = (key: "tag" | "there" | "many") => ({
    problems: { language: texts.text(`survey.problem.language.${key}`, { n: MAX_LANGUAGES }) },
  });
  if (tag === undefined) return wrong("tag");
  if (content.languages.includes(tag)) return wrong("there");
  if (content.languages.length >= MAX_LANGUAGES) return wrong("many");
  return { content: { ...content, languages: [...content.languages, tag] } };
}

export const MAX_LANGUAGES = 20;

function canonical(typed: string): string | undefined {
  try {
    const [tag] = Intl.getCanonicalLocales(typed.replaceAll("_", "-"));
    return tag !== undefined && tag.length <= 20 ? tag : undefined;
  } catch {
    return undefined;
  }
}
