/** Drafts of schedules as they begin: with a sentence, with what is kept, with a form. Pure but for reading. */
import type { Schedule } from "../../scheduling/definition/schedule.ts";
import { AFTER_CHAT } from "../../scheduling/definition/timing.ts";
import { readSentence } from "../../scheduling/sentence/read-sentence.ts";
import type { Question } from "../../scheduling/sentence/reading.ts";
import { knownToSentences } from "../../store/sentence-names.ts";
import type { DraftContext } from "../draft-kind.ts";
import { emptyContent, type ScheduleContent } from "./content.ts";
import type { TriggerName } from "./fields.ts";
import type { Written } from "./form.ts";

export interface SaidSchedule {
  readonly content: ScheduleContent;
  /** What the sentence leaves open; empty when it was understood. */
  readonly questions: readonly Question[];
}

/** Longer than anything that is understood; it says so itself. */
const LONGEST_SENTENCE = 3000;

/** `name`: of the schedule that is changed by it, or that a new one is to have. */
export async function saySchedule(
  { db, reader }: Pick<DraftContext, "db" | "reader">,
  said: string,
  before: { readonly content: ScheduleContent; readonly name: string },
): Promise<SaidSchedule> {
  const { workspace, language } = reader;
  const sentence = said.slice(0, LONGEST_SENTENCE);
  const known = await knownToSentences(db, workspace.id);
  const reading = readSentence(sentence, { language, known, timeZone: workspace.timeZone });
  const content = { ...before.content, sentence };
  if (reading.outcome === "questions") return { content, questions: reading.questions };
  const { schedule } = reading;
  const written = { ...schedule, name: before.name || schedule.name };
  return { content: { ...content, written }, questions: [] };
}

/** What is kept, to be looked at or changed. */
export function contentOf(
  { definition }: Pick<Schedule, "definition">,
  more: Partial<ScheduleContent> = {},
): ScheduleContent {
  return { ...emptyContent, written: { ...definition }, ...more };
}

/** What a new schedule begins with when its time is chosen first: what usually goes with it. */
export function usualFor(trigger: TriggerName): Written {
  const usual: Readonly<Partial<Record<TriggerName, readonly [kind: string, survey: string]>>> = {
    "chat-closed": ["chat", AFTER_CHAT],
    "chat-reopened": ["other", ""],
    "person-joined": ["onboarding", "onboarding-ces"],
    "account-joined": ["onboarding", "onboarding-ces"],
    "signals-reached": ["churn", "churn-check-in"],
    "person-left": ["exit", "exit"],
    "account-left": ["exit", "exit"],
  };
  const [kind, survey] = usual[trigger] ?? ["relationship", "relationship-nps"];
  return { name: "", kind, ...(survey === "" ? {} : { survey }), trigger: { on: trigger } };
}
