/** What a draft of a survey is while somebody works on it: it may lack words, never its shape. */
import { z } from "zod";
import { languages } from "../../locales/index.ts";
import { readDefinition, type SurveyDefinition } from "../../surveys/survey.ts";
import type { OpenDraft } from "../draft-kind.ts";

/** The longest key of a survey; with the word of an action it fits into a token. */
export const MAX_KEY = 20;
export const SURVEY_KEY = /^[a-z][a-z0-9-]{0,19}$/u;

/** Lines of a list of options, of which one is not clear yet: the same answer in other words, or a new one? */
const pending = z.object({
  question: z.string(),
  rows: z.array(z.object({ key: z.string().nullable(), words: z.record(z.string(), z.string()) })),
  /** The languages of the form. */
  shown: z.array(z.string()),
});
export type PendingOptions = z.output<typeof pending>;

const content = z.object({
  v: z.literal(1),
  key: z.string().min(1),
  /** Counts for a new one. */
  trigger: z.enum(["chat", "schedule", "recovery"]),
  definition: z.custom<SurveyDefinition>((it) => readDefinition(completed(it)) !== undefined),
  /** Tags of the languages that it is to be worded in, in the order of its forms. */
  languages: z.array(z.string().min(1)).min(1),
  pending: pending.exactOptional(),
  /** Key of the survey in whose place this one comes. */
  replaces: z.string().exactOptional(),
});

export type SurveyDraft = z.output<typeof content>;
export type OpenSurveyDraft = OpenDraft<SurveyDraft>;

export function readSurveyDraft(kept: unknown): SurveyDraft | undefined {
  const parsed = content.safeParse(kept);
  return parsed.success ? parsed.data : undefined;
}

const WORDINGS = new Set(["wording", "high", "middle", "low"]);

/** The same with something in the place of every wording that English lacks. */
function completed(value: unknown, name = ""): unknown {
  if (Array.isArray(value)) return value.map((each) => completed(each));
  if (typeof value !== "object" || value === null) return value;
  const words: Record<string, unknown> = { ...value };
  if (WORDINGS.has(name) && Object.values(words).every((each) => typeof each === "string"))
    return { ...words, en: words.en ?? "…" };
  return Object.fromEntries(
    Object.entries(words).map(([key, each]) => [key, completed(each, key)]),
  );
}

/** Which languages anything in it is worded in: ours first, in their order. */
export function languagesOf(definition: SurveyDefinition): string[] {
  const found = new Set<string>();
  const collect = (value: unknown, name = ""): void => {
    if (Array.isArray(value)) for (const each of value) collect(each);
    else if (typeof value === "object" && value !== null) {
      const inner = Object.entries(value);
      const worded = WORDINGS.has(name) && inner.every(([, each]) => typeof each === "string");
      for (const [key, each] of inner) worded ? found.add(key) : collect(each, key);
    }
  };
  collect(definition);
  const known: readonly string[] = languages;
  return [
    ...known.filter((each) => found.has(each)),
    ...[...found].filter((each) => !known.includes(each)),
  ];
}

/** A draft that begins with a definition as it stands. */
export function draftOf(
  key: string,
  trigger: SurveyDraft["trigger"],
  definition: SurveyDefinition,
): SurveyDraft {
  return { v: 1, key, trigger, definition, languages: languagesOf(definition) };
}
