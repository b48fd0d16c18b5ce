/** What every step of a conversation is made of. Pure. */
import type { Conversation, Effect, Outcome, Say } from "./conversation-state.ts";
import { firstLevel } from "./next-step.ts";
import type { SurveyDefinition } from "./survey.ts";

/** Marks an open question as answered; the words themselves are kept with the answers only. */
export const SAID = "said";
export const SKIPPED = "skipped";

/** Nothing changes, something is said. */
export function say(state: Conversation, ...what: Say[]): Outcome {
  return { state, say: what, effects: [] };
}

/** What follows after `state` was brought to its step: the next question, or thanks at the end. */
export function follow(
  survey: SurveyDefinition,
  state: Conversation,
  wasDone: boolean,
): { readonly say: readonly Say[]; readonly effects: readonly Effect[] } {
  const next = survey.questions[state.step];
  if (next !== undefined) return { say: [{ kind: "question", question: next.key }], effects: [] };
  if (wasDone) return { say: [], effects: [] };
  const contact = survey.questions.some(
    (q) => q.kind === "yes-no" && state.answers[q.key] === "yes",
  );
  const level = firstLevel(survey, state.answers);
  return {
    say: [{ kind: "thanks", level, contact }],
    effects: [{ kind: "finish" }],
  };
}
