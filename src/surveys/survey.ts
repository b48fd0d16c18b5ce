/**
 * What is asked: a survey's definition as it is kept, version by version. The words are frozen in
 * the version, so that an answer can always be read beside the question as it was asked.
 */
import { z } from "zod";
import { AppError } from "../errors.ts";
import { type Language, languages } from "../locales/index.ts";
import { metricNames } from "../metrics/metric.ts";
import { metrics } from "../metrics/registry.ts";

const wording = z
  .record(z.string(), z.string().min(1).max(2000))
  .refine((words) => "en" in words, { error: "an English wording is the fallback and needed" });

/** The same words per language; `en` is always there. */
export type Wording = z.infer<typeof wording>;

/** So short that every button of a question fits into a token (MAX_TOKEN_LENGTH). */
const key = z.string().regex(/^[a-z][a-z0-9-]{0,19}$/);

const question = z.discriminatedUnion("kind", [
  /** Answered with a step of the metric's scale. */
  z.object({ kind: z.literal("score"), key, metric: z.enum(metricNames), wording }),
  /**
   * Answered in words; worded by how good the first score was. Always optional. `unlessHigh`: not
   * asked after a high first score.
   */
  z.object({
    kind: z.literal("open"),
    key,
    wordings: z.object({ high: wording, middle: wording, low: wording }),
    unlessHigh: z.boolean().exactOptional(),
  }),
  /** Answered with yes or no; `onlyLow`: asked only after a low first score. */
  z.object({ kind: z.literal("yes-no"), key, wording, onlyLow: z.boolean() }),
]);

export type Question = z.infer<typeof question>;

const definition = z
  .object({
    metric: z.enum(metricNames),
    questions: z.array(question).min(1).max(8),
    /** False: whoever is unhappy here is nobody's case. */
    cases: z.boolean().exactOptional(),
  })
  .refine((d) => d.questions[0]?.kind === "score", {
    error: "the first question is the scored one",
  });

/** A survey version's definition; the first question is scored by `metric`. */
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

/** True when `value` is a possible answer to the question: a step of its scale, or yes or no. */
export function isAnswerTo(question: Question, value: number | string): boolean {
  switch (question.kind) {
    case "score": {
      const { min, max } = metrics[question.metric].scale;
      return Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
    }
    case "yes-no":
      return value === "yes" || value === "no";
    case "open":
      return false;
  }
}

/** The words for a language, English when there are none. */
export function wordsIn(words: Wording, language: Language): string {
  return words[language] ?? words.en ?? "";
}

/** One wording made from a function of the language. */
export function wordingFrom(say: (language: Language) => string): Wording {
  return Object.fromEntries(languages.map((language) => [language, say(language)]));
}
