/** How a conversation stands, for whoever looks at it again: what was answered, and what waits. Pure. */
import { begin, EDIT_WINDOW_MS } from "./conversation.ts";
import type { Circumstances, Conversation, Say } from "./conversation-state.ts";
import { SAID, SKIPPED } from "./follow.ts";
import type { SurveyDefinition } from "./survey.ts";

/**
 * Everything that one message can show: each answer with its way to change it as long as that may
 * be, and the question that waits. `words`: what was said to open questions, by their keys.
 */
export function standing(
  survey: SurveyDefinition,
  state: Conversation,
  words: ReadonlyMap<string, string>,
  { now, expiresAt }: Pick<Circumstances, "now" | "expiresAt">,
): readonly Say[] {
  const open = now < expiresAt;
  if (state.scoredAt === null) {
    return open ? begin(survey) : [{ kind: "notice", notice: "expired" }];
  }
  const editable = now < state.scoredAt + EDIT_WINDOW_MS;
  const settled = editable ? {} : ({ settled: true } as const);
  const given = survey.questions.flatMap(({ key }): Say[] => {
    const value = state.answers[key];
    if (value === undefined || value === SKIPPED) return [];
    if (value !== SAID) return [{ kind: "answered", question: key, value, ...settled }];
    const text = words.get(key);
    return text === undefined ? [] : [{ kind: "wrote", question: key, text, ...settled }];
  });
  const waiting = open || editable ? survey.questions[state.step] : undefined;
  return waiting === undefined ? given : [...given, { kind: "question", question: waiting.key }];
}
