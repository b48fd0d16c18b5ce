/** What a sentence about a schedule may refer to, and what reading it gives. Plain values. */
import type { Language } from "../../locales/index.ts";
import type { MetricName } from "../../metrics/metric.ts";
import type { ScheduleInput } from "../definition/schedule.ts";
import type { KnownToSchedules } from "../definition/schedule-check.ts";
import type { CodedProblem } from "../definition/schedule-issues.ts";

export interface KnownSurvey {
  readonly key: string;
  readonly metric: MetricName | null;
  /** It asks about a chat; else it is one for schedules. */
  readonly aboutChats: boolean;
  /** What else it is called, in any language. */
  readonly names: readonly string[];
}

/** A date that people or accounts have. */
export interface KnownDate {
  readonly name: string;
  readonly of: "person" | "account";
  readonly names?: readonly string[];
}

/** What of a workspace a sentence may name. */
export interface KnownToSentences {
  readonly surveys: readonly KnownSurvey[];
  /** Keys of surveys that are put away. */
  readonly archived?: readonly string[];
  /** Names that are taken, so another one is proposed. */
  readonly schedules: readonly string[];
  readonly teams: readonly string[];
  readonly channels: readonly string[];
  readonly plans: readonly string[];
  readonly tags: readonly string[];
  readonly accounts: readonly string[];
  readonly platforms: readonly string[];
  readonly dates: readonly KnownDate[];
  /** When the workspace asks anybody. */
  readonly asking?: KnownToSchedules["asking"];
}

export interface ReadingOptions {
  /** The reader's: questions offer their choices in it. Words of every language are understood. */
  readonly language: Language;
  readonly known: KnownToSentences;
  /** The workspace's, by which fixed times are meant. */
  readonly timeZone: string;
}

/** A part of the sentence: offsets of the text, the end not in it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Which words gave which field: "max 40 a day" gave `limits.perDay`. */
export interface Use extends Span {
  readonly text: string;
  readonly fields: readonly string[];
}

/** An answer to a question: the words that say it, and the sentence with them in it. */
export interface Choice {
  readonly words: string;
  readonly sentence: string;
  /** Of two that do not go together: the words that hold. */
  readonly keeps?: string;
}

export const questionCodes = [
  "empty",
  "too-long",
  "unknown-words",
  "not-clear",
  "not-expressible",
  "contradiction",
  "survey-missing",
  "survey-which",
  "survey-two",
  "survey-archived",
  "step-when",
  "survey-only-chats",
  "trigger-missing",
  "after-what",
  "start-of-every",
  "every-impossible",
  "every-other",
  "day-missing",
  "time-missing",
  "time-vague",
  "time-two-meanings",
  "time-local-day",
  "date-numeric",
  "once-only",
  "length-none",
  "length-calendar",
  "length-too-long",
  "users",
  "language-which",
  "name-unknown",
  "name-two-meanings",
  "both-of-a-list",
  "metric-missing",
  "scores-not-together",
  "tier-missing",
  "repeat-missing",
  "repeat-from-where",
  "does-not-fit",
] as const;
export type QuestionCode = (typeof questionCodes)[number];

/** Something that is missing, ambiguous or not understood. */
export interface Question {
  readonly code: QuestionCode;
  /** What it is about; empty at the end when something is missing. */
  readonly span: Span;
  /** The words of the span. */
  readonly text: string;
  /** What stands in the question's text besides; names come from the workspace. */
  readonly params: Readonly<Record<string, string>>;
  readonly choices: readonly Choice[];
  /** Of what would not work: why, so that it can be said in every language. */
  readonly problem?: Pick<CodedProblem, "path" | "code" | "params">;
}

export type Reading =
  | {
      readonly outcome: "understood";
      readonly schedule: ScheduleInput;
      readonly used: readonly Use[];
    }
  | { readonly outcome: "questions"; readonly questions: readonly Question[] };
