/** What was written in a form of a draft: another content, or what is wrong, field by field. Pure. */
import type { Texts } from "../../locales/index.ts";
import type { Question } from "../../surveys/survey.ts";
import { cleanText } from "../../surveys/words.ts";
import { MAX_KEY, SURVEY_KEY, type SurveyDraft } from "./content.ts";
import {
  type Asked,
  possibleAsked,
  reworded,
  rewordedLevels,
  withAsked,
  withCounting,
  withOnlyAfter,
  withQuestion,
  wordsOfQuestion,
} from "./edits.ts";
import { MAX_WORDS, pagesOf } from "./form-fields.ts";
import type { WordsAction } from "./forms.ts";
import { isBlank } from "./options.ts";
import { proposedKey } from "./templates.ts";

export type Values = Readonly<Record<string, string>>;

/** What is wrong, by the names of the fields. */
export type Problems = Readonly<Record<string, string>>;

export type Submitted = { readonly content: SurveyDraft } | { readonly problems: Problems };

/** Keys that questions, and options as question/option, have or had in any version. */
export type TakenKeys = ReadonlySet<string>;

/** What turns round the writing behind it, and spaces without a width. */
const UNSEEN = /[\u202A-\u202E\u2066-\u2069\u200B\u2060]/gu;

/** Words as they are kept: what nobody would see is nothing. */
export function wordsIn(values: Values, name: string): string {
  const words = cleanText((values[name] ?? "").replace(UNSEEN, ""), Number.MAX_SAFE_INTEGER);
  return isBlank(words) ? "" : words;
}

/** Of the languages of a page; "too long" says how long they may be, and how long they are. */
export function readWords(
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

/** Why a key cannot be the one of a new survey; undefined: it can. */
export function keyProblem(
  texts: Texts,
  key: string,
  keys: ReadonlySet<string>,
): string | undefined {
  if (key.length > MAX_KEY) return texts.text("survey.problem.key.long", { max: MAX_KEY });
  if (!SURVEY_KEY.test(key)) return texts.text("survey.problem.key", { max: MAX_KEY });
  if (!keys.has(key)) return undefined;
  return texts.text("survey.problem.key.taken", { free: proposedKey(key, keys) });
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

const MAX_LANGUAGES = 20;

function canonical(typed: string): string | undefined {
  try {
    const [tag] = Intl.getCanonicalLocales(typed.replaceAll("_", "-"));
    const name =
      tag && new Intl.DisplayNames(["en"], { type: "language", fallback: "none" }).of(tag);
    return name !== undefined && tag !== undefined && tag.length <= 20 ? tag : undefined;
  } catch {
    return undefined;
  }
}
