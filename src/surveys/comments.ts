/** What is said in words and is neither a score nor a wish. Pure. */
import type { Conversation, Effect, Outcome, Say } from "./conversation-state.ts";
import { follow, SAID, say } from "./follow.ts";
import { nextStep, openQuestion } from "./next-step.ts";
import { questionOf, type SurveyDefinition } from "./survey.ts";

/** Words that are no score and no wish: kept, wherever in the conversation they come. */
export function comment(survey: SurveyDefinition, state: Conversation, text: string): Outcome {
  const open = openQuestion(survey);
  if (open === undefined) return unclear(survey, state);
  const effect: Effect = { kind: "comment", question: open, text };
  const current = survey.questions[state.step];
  const answers = { ...state.answers, [open]: SAID };
  if (current?.kind === "open") {
    const next = moveOn(survey, state, answers);
    const wrote: Say = { kind: "wrote", question: open, text };
    return { ...next, say: [wrote, ...next.say], effects: [effect, ...next.effects] };
  }
  // Words where a score or a yes was asked for: they are kept, and the question is asked once more.
  const ask = current !== undefined && !state.askedAgain;
  return {
    state: { ...state, answers, askedAgain: state.askedAgain || ask },
    say: ask
      ? [
          { kind: "notice", notice: "score-please" },
          { kind: "question", question: current.key, again: "kept" },
        ]
      : [{ kind: "notice", notice: "comment-added" }],
    effects: [effect],
  };
}

/** Words from the form of an open question: exactly a comment, whatever question waits just now. */
export function written(
  survey: SurveyDefinition,
  state: Conversation,
  { form, text, replaces }: { form: string; text: string; replaces: boolean },
): Outcome {
  const question = questionOf(survey, form);
  if (question?.kind !== "open") return say(state, { kind: "notice", notice: "closed" });
  const effect: Effect = { kind: "comment", question: form, text, ...(replaces && { replaces }) };
  const wrote: Say = { kind: "wrote", question: form, text };
  const answers = { ...state.answers, [form]: SAID };
  if (survey.questions[state.step]?.key !== form) {
    return { state: { ...state, answers }, say: [wrote], effects: [effect] };
  }
  const { state: moved, ...next } = moveOn(survey, state, answers);
  return { state: moved, say: [wrote, ...next.say], effects: [effect, ...next.effects] };
}

/** The open question that waited is answered: what comes next. */
function moveOn(
  survey: SurveyDefinition,
  state: Conversation,
  answers: Conversation["answers"],
): Outcome {
  const step = nextStep(survey, answers, state.step);
  const done = step === survey.questions.length;
  const moved: Conversation = {
    ...state,
    answers,
    step,
    askedAgain: false,
    ended: done ? "finished" : state.ended,
  };
  return { state: moved, ...follow(survey, moved, false) };
}

/** Words that mean nothing here: asked about once. */
export function unclear(survey: SurveyDefinition, state: Conversation): Outcome {
  const current = survey.questions[state.step];
  if (current === undefined) return say(state, { kind: "notice", notice: "closed" });
  if (state.askedAgain) return say(state, { kind: "notice", notice: "unclear" });
  return {
    state: { ...state, askedAgain: true },
    say: [{ kind: "question", question: current.key, again: "unclear" }],
    effects: [],
  };
}
