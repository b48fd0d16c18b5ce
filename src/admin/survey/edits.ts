/** What can be done with a survey's definition, each as a function of it. Pure. */
import { type Language, languages as ourLanguages, textsFor } from "../../locales/index.ts";
import type { Level, MetricName } from "../../metrics/metric.ts";
import type { Question, ScoreQuestion, SurveyDefinition, Wording } from "../../surveys/survey.ts";

export const MAX_QUESTIONS = 8;
export const levels = ["high", "middle", "low"] as const satisfies readonly Level[];

type Wordings = Record<Level, Wording>;

/** The same with another question in the place of the one with this key. */
export function withQuestion(
  definition: SurveyDefinition,
  key: string,
  change: (question: Question) => Question,
): SurveyDefinition {
  const questions = definition.questions.map((each) => (each.key === key ? change(each) : each));
  return { ...definition, questions };
}

/** The words of a question; of an open one those after an answer of this level. */
export function wordsOfQuestion(question: Question, level: Level | undefined): Wording {
  return question.kind === "open" ? question.wordings[level ?? "middle"] : question.wording;
}

/** Other words in some languages; "" takes a language away. */
export function withWording(before: Wording, said: Readonly<Record<string, string>>): Wording {
  const kept = Object.entries({ ...before, ...said }).filter(([, words]) => words !== "");
  return Object.fromEntries(kept);
}

/** `level` is for an open question; without it all three are worded like this. */
export function reworded(
  question: Question,
  level: Level | undefined,
  said: Readonly<Record<string, string>>,
): Question {
  if (question.kind !== "open")
    return { ...question, wording: withWording(question.wording, said) };
  const { wordings } = question;
  return { ...question, wordings: rewordedLevels(wordings, level, said) };
}

export function rewordedLevels(
  wordings: Wordings,
  level: Level | undefined,
  said: Readonly<Record<string, string>>,
): Wordings {
  const changed = (each: Level) =>
    level === undefined || level === each ? withWording(wordings[each], said) : wordings[each];
  return { high: changed("high"), middle: changed("middle"), low: changed("low") };
}

/** When a question is asked that is not the first one. */
export type Asked = "always" | "unless-high" | "only-low";

export function askedWhen(question: Question): Asked {
  if (question.kind === "yes-no" && question.onlyLow) return "only-low";
  return question.kind !== "score" && question.unlessHigh === true ? "unless-high" : "always";
}

/** Only a yes or no can be for poor answers alone; a score is always asked. */
export function possibleAsked(question: Question): readonly Asked[] {
  if (question.kind === "score") return ["always"];
  return question.kind === "yes-no"
    ? ["always", "unless-high", "only-low"]
    : ["always", "unless-high"];
}

export function withAsked(question: Question, asked: Asked): Question {
  if (question.kind === "score") return question;
  const { unlessHigh: _, ...rest } = question;
  const unless = asked === "unless-high" ? { unlessHigh: true } : {};
  return rest.kind === "yes-no"
    ? { ...rest, ...unless, onlyLow: asked === "only-low" }
    : { ...rest, ...unless };
}

/** An answer to a choice that an open question waits for, as one word for a form. */
export function afterWord(after: { question: string; option: string }): string {
  return `${after.question}/${after.option}`;
}

/** Asked only after this answer; undefined: after any. */
export function withOnlyAfter(question: Question, word: string | undefined): Question {
  if (question.kind !== "open") return question;
  const { onlyAfter: _, ...rest } = question;
  const [asked, option] = word?.split("/") ?? [];
  return asked === undefined || option === undefined
    ? rest
    : { ...rest, onlyAfter: { question: asked, option } };
}

/** A scale whose ends are called as usual. */
export function withoutEnds({ ends: _, ...question }: ScoreQuestion): ScoreQuestion {
  return question;
}

/** What the low end was called in a language the high one is called, and the other way round. */
export function withEndsTurned(question: Question, language: string): Question {
  if (question.kind !== "score" || question.ends === undefined) return question;
  const { low, high } = question.ends;
  const turn = (one: Wording, other: Wording) =>
    withWording(one, { [language]: other[language] ?? "" });
  return { ...question, ends: { low: turn(low, high), high: turn(high, low) } };
}

/** Which first answers of a choice are good and poor ones, by the keys of its options. */
export function withLevels(
  question: Question,
  chosen: { readonly high: readonly string[]; readonly low: readonly string[] },
): Question {
  if (question.kind !== "choice") return question;
  const options = question.options.map(({ level: _, ...option }) => {
    if (chosen.high.includes(option.key)) return { ...option, level: "high" as const };
    return chosen.low.includes(option.key) ? { ...option, level: "low" as const } : option;
  });
  return { ...question, options };
}

export function withAdded(definition: SurveyDefinition, question: Question): SurveyDefinition {
  return { ...definition, questions: [...definition.questions, question] };
}

/** Without a question, and without what waited for an answer to it. */
export function withRemoved(definition: SurveyDefinition, key: string): SurveyDefinition {
  const questions = definition.questions
    .filter((each) => each.key !== key)
    .map((each) =>
      each.kind === "open" && each.onlyAfter?.question === key
        ? withOnlyAfter(each, undefined)
        : each,
    );
  return { ...definition, questions };
}

/** True where a question can be moved up: the first one says what the survey measures, and stays. */
export function canMoveUp({ questions }: SurveyDefinition, key: string): boolean {
  const at = questions.findIndex((each) => each.key === key);
  const [above, it] = [questions[at - 1], questions[at]];
  if (at < 2 || above === undefined || it === undefined) return false;
  return !(it.kind === "open" && it.onlyAfter?.question === above.key);
}

export function movedUp(definition: SurveyDefinition, key: string): SurveyDefinition {
  if (!canMoveUp(definition, key)) return definition;
  const questions = [...definition.questions];
  const at = questions.findIndex((each) => each.key === key);
  questions.splice(at - 1, 0, ...questions.splice(at, 1));
  return { ...definition, questions };
}

/** A score in the usual words of its metric, in those of our languages that are wanted. */
export function scoreQuestion(
  metric: MetricName,
  key: string,
  { company, languages }: { readonly company: string; readonly languages: readonly string[] },
): Question {
  const wording = Object.fromEntries(
    ourLanguages
      .filter((each) => languages.includes(each))
      .map((each) => [each, textsFor(each).text(`ask.${metric}.question`, { company })]),
  );
  return { kind: "score", key, metric, wording };
}

/** A key that no question has or had. */
export function questionKey(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  for (let n = 2; ; n += 1) if (!taken.has(`${wanted}-${n}`)) return `${wanted}-${n}`;
}

/** The usual thanks as ones own, to be changed. */
export function usualThanks(languages: readonly string[]): Wordings {
  const say = (key: "talk.thanks.high" | "talk.thanks.middle" | "talk.thanks.low") =>
    Object.fromEntries(
      ourLanguages
        .filter((each) => languages.includes(each))
        .map((each: Language) => [each, textsFor(each).text(key)]),
    );
  return {
    high: say("talk.thanks.high"),
    middle: say("talk.thanks.middle"),
    low: say("talk.thanks.low"),
  };
}

/** The survey without any words in a language. */
export function withoutLanguage(definition: SurveyDefinition, language: string): SurveyDefinition {
  const strip = (wording: Wording): Wording => withWording(wording, { [language]: "" });
  const stripLevels = (wordings: Wordings): Wordings =>
    rewordedLevels(wordings, undefined, { [language]: "" });
  const questions = definition.questions.map((question): Question => {
    if (question.kind === "open") return { ...question, wordings: stripLevels(question.wordings) };
    const wording = strip(question.wording);
    if (question.kind === "score" && question.ends !== undefined) {
      const ends = { low: strip(question.ends.low), high: strip(question.ends.high) };
      // Where no language has any left they are called as usual.
      const none = [ends.low, ends.high].some((words) => Object.keys(words).length === 0);
      return none ? withoutEnds({ ...question, wording }) : { ...question, wording, ends };
    }
    if (question.kind !== "choice") return { ...question, wording };
    const options = question.options.map((each) => ({ ...each, wording: strip(each.wording) }));
    return { ...question, wording, options };
  });
  const { thanks, fallback, ...rest } = definition;
  return {
    ...rest,
    ...(fallback === undefined || fallback === language ? {} : { fallback }),
    questions,
    ...(thanks === undefined ? {} : { thanks: stripLevels(thanks) }),
  };
}

/** A flag that is only there when it is not as usual. */
export function withCounting(
  definition: SurveyDefinition,
  { apart, cases }: { readonly apart: boolean; readonly cases: boolean },
): SurveyDefinition {
  const { apart: _, cases: __, ...rest } = definition;
  return { ...rest, ...(apart ? { apart } : {}), ...(cases ? {} : { cases }) };
}
