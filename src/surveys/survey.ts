/**
 * What is asked: a survey's definition as it is kept, version by version. The words are frozen in
 * the version, so that an answer can always be read beside the question as it was asked.
 */
import { z } from "zod";
import { AppError } from "../errors.ts";
import { type Language, languages, spokenBy } from "../locales/index.ts";
import { metricNames } from "../metrics/metric.ts";
import { metrics } from "../metrics/registry.ts";
import { SAID, SKIPPED } from "./follow.ts";

const wording = z
  .record(z.string(), z.string().min(1).max(2000))
  .refine((words) => Object.keys(words).length > 0, {
    error: "a wording in one language is needed",
  });

/** The same words per language, in one at least. */
export type Wording = z.infer<typeof wording>;

/** So short that every button of a question fits into a token (MAX_TOKEN_LENGTH). */
const key = z.string().regex(/^[a-z][a-z0-9-]{0,19}$/);

/** Both together stand in the token of an option, which has room for so many characters of them. */
const MAX_CHOICE_KEYS = 31;

/** An option with this key stays last, however the others are mixed. */
export const OTHER = "other";

/** Worded by how good the first answer was. */
const wordings = z.object({ high: wording, middle: wording, low: wording });

/** One of several answers. `level`: how good it is as the first answer; `middle` without it. */
const option = z.object({
  key: key.refine((k) => k !== SAID && k !== SKIPPED, { error: "this word is taken" }),
  wording,
  level: z.enum(["high", "middle", "low"]).exactOptional(),
});

/** One of a choice's options. */
export type ChoiceOption = z.infer<typeof option>;

/**
 * Answered with one of the options. `shuffled`: in another order for every person, the same whenever
 * it is shown to them; {@link OTHER} stays last.
 */
const choice = z
  .object({
    kind: z.literal("choice"),
    key,
    wording,
    // What Discord's select holds.
    options: z.array(option).min(2).max(25),
    order: z.enum(["given", "shuffled"]),
    unlessHigh: z.boolean().exactOptional(),
  })
  .refine((q) => new Set(q.options.map((each) => each.key)).size === q.options.length, {
    error: "every option has a key of its own",
    path: ["options"],
  })
  .refine((q) => q.options.every((each) => q.key.length + each.key.length <= MAX_CHOICE_KEYS), {
    error: `the keys of a question and its option have at most ${MAX_CHOICE_KEYS} characters together`,
    path: ["options"],
  });

const question = z.discriminatedUnion("kind", [
  /** Answered with a step of the metric's scale; `ends`: what its ends are called, else as always. */
  z.object({
    kind: z.literal("score"),
    key,
    metric: z.enum(metricNames),
    wording,
    ends: z.object({ low: wording, high: wording }).exactOptional(),
  }),
  /**
   * Answered in words; worded by how good the first answer was. Always optional. `unlessHigh`: not
   * asked after a high first answer; `onlyAfter`: asked only after this option of a choice.
   */
  z.object({
    kind: z.literal("open"),
    key,
    wordings,
    unlessHigh: z.boolean().exactOptional(),
    onlyAfter: z.object({ question: key, option: key }).exactOptional(),
  }),
  /** Answered with yes or no; `onlyLow`: asked only after a low first answer. */
  z.object({
    kind: z.literal("yes-no"),
    key,
    wording,
    onlyLow: z.boolean(),
    unlessHigh: z.boolean().exactOptional(),
  }),
  choice,
]);

export type Question = z.infer<typeof question>;

export type ChoiceQuestion = z.infer<typeof choice>;

export type ScoreQuestion = Extract<Question, { kind: "score" }>;

const definition = z
  .object({
    /** Absent where the first question is a choice, which nothing is scored by. */
    metric: z.enum(metricNames).exactOptional(),
    questions: z.array(question).min(1).max(8),
    /** In which language whoever speaks none of its languages is asked; else in English, if it is one. */
    fallback: z.enum(languages).exactOptional(),
    /** False: whoever is unhappy here is nobody's case. */
    cases: z.boolean().exactOptional(),
    /**
     * True: worded like no other survey of its metric, so its answers are a series of their own and
     * never mixed into the figures of the metric.
     */
    apart: z.boolean().exactOptional(),
    /** What is said at the end instead of the usual thanks. */
    thanks: wordings.exactOptional(),
  })
  .refine(
    ({ metric, questions: [first] }) =>
      metric === undefined
        ? first?.kind === "choice"
        : first?.kind === "score" && first.metric === metric,
    { error: "the first question is scored by the survey's metric, or a choice without one" },
  );

/** The shape of a survey, as it is kept and as it stands in a file. */
export const surveySchema = definition;

/** A survey version's definition; the first question is scored by `metric`, or it is a choice. */
export type SurveyDefinition = z.infer<typeof definition>;

/** A survey as it is asked: one version of it. `id` and `version` name it. */
export interface Survey {
  readonly id: string;
  readonly version: number;
  readonly definition: SurveyDefinition;
}

/**
 * Reads a kept definition. `undefined` when it is of a shape this program does not know (written by
 * another version): the conversation then ends politely.
 */
export function readDefinition(kept: unknown): SurveyDefinition | undefined {
  const parsed = definition.safeParse(kept);
  return parsed.success ? parsed.data : undefined;
}

/** The definition of a survey that is to be kept. Errors: `bad-input` when it could not be asked. */
export function checkDefinition(made: SurveyDefinition): SurveyDefinition {
  const parsed = definition.safeParse(made);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new AppError("bad-input", `This survey cannot be asked: ${where.join("; ")}`, {
    advice: "A key has at most 20 lower-case letters, digits and hyphens.",
  });
}

/** The question by its key. */
export function questionOf(survey: SurveyDefinition, questionKey: string): Question | undefined {
  return survey.questions.find((q) => q.key === questionKey);
}

/** True when `value` is a possible answer to the question: a step of its scale, yes or no, an option. */
export function isAnswerTo(question: Question, value: number | string): boolean {
  switch (question.kind) {
    case "score": {
      const { min, max } = metrics[question.metric].scale;
      return Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
    }
    case "yes-no":
      return value === "yes" || value === "no";
    case "choice":
      return chosenOption(question, value) !== undefined;
    case "open":
      return false;
  }
}

/** The option with this key; `undefined` when the question has none of it. */
export function chosenOption(question: Question | undefined, value: unknown) {
  return question?.kind === "choice"
    ? question.options.find(({ key }) => key === value)
    : undefined;
}

/** What somebody chose, as the survey called it that asked: {@link wordsIn} reads it. */
export interface ChosenWords extends Pick<SurveyDefinition, "fallback"> {
  readonly wording: Wording;
}

/** `undefined` when the survey has no such question, or none with this option. */
export function chosenWords(
  survey: SurveyDefinition,
  questionKey: string,
  value: unknown,
): ChosenWords | undefined {
  const option = chosenOption(questionOf(survey, questionKey), value);
  const { fallback } = survey;
  return option && { wording: option.wording, ...(fallback && { fallback }) };
}

/** Who reads one Chinese script reads the other rather than another language. */
const siblings: { readonly [L in Language]?: Language } = {
  "zh-Hans": "zh-Hant",
  "zh-Hant": "zh-Hans",
};

/**
 * The words that whoever speaks `tag` reads, wherever a survey's words are shown: those of their language
 * (de-AT reads de), of its other script, of the survey's fallback, the English ones, else the first.
 */
export function wordsIn(
  words: Wording,
  tag: string,
  { fallback }: Pick<SurveyDefinition, "fallback">,
): string {
  const own = spokenBy(tag);
  const wanted = [...widening(tag), own, own && siblings[own], fallback, ...languages];
  const found = wanted.find((each) => each !== undefined && Object.hasOwn(words, each));
  return (found && words[found]) ?? Object.values(words)[0] ?? "";
}

/** "zh-Hant-TW", "zh-Hant", "zh". */
function widening(tag: string): string[] {
  const parts = tag.replaceAll("_", "-").split("-");
  return parts.map((_, i) => parts.slice(0, parts.length - i).join("-"));
}

/** One wording made from a function of the language. */
export function wordingFrom(say: (language: Language) => string): Wording {
  return Object.fromEntries(languages.map((language) => [language, say(language)]));
}
