/**
 * The conversation with one person about one invitation: a plain record and a pure step.
 * No I/O, no clock, no randomness. Nothing in a person's words is ever an instruction: words only
 * become a score, a comment, or one of the few wishes listed in conversation-state.ts.
 */

import { comment, unclear, written } from "./comments.ts";
import {
  type Circumstances,
  type Conversation,
  type Input,
  type Notice,
  type Outcome,
  type Say,
  startAgain,
} from "./conversation-state.ts";
import { follow, SAID, SKIPPED, say } from "./follow.ts";
import { type Meaning, meaningOf } from "./meaning.ts";
import { firstLevel, nextStep, openQuestion } from "./next-step.ts";
import { isAnswerTo, questionOf, type SurveyDefinition } from "./survey.ts";

/** An answer can be changed for this long after it was first given. */
export const EDIT_WINDOW_MS = 24 * 60 * 60 * 1000;

/** How often "later" is granted for one invitation. */
const MAX_SNOOZES = 2;

/** The first thing that is said. */
export function begin(survey: SurveyDefinition): readonly Say[] {
  const first = survey.questions[0];
  return first === undefined ? [] : [{ kind: "question", question: first.key }];
}

/** One step of the conversation: the new state, what to say, what to keep. */
export function advance(
  survey: SurveyDefinition,
  state: Conversation,
  input: Input,
  circumstances: Circumstances,
): Outcome {
  const meaning = input.kind === "words" ? read(survey, state, input, circumstances) : input;
  // Whoever wants out is out at once, however late it is.
  if (meaning.kind === "wish" && (meaning.wish === "pause" || meaning.wish === "stop")) {
    return leave(state, meaning.wish);
  }
  const refusal = refuse(survey, state, meaning, circumstances);
  if (refusal !== undefined) return say(state, { kind: "notice", notice: refusal });
  switch (meaning.kind) {
    case "answer":
      return answer(survey, state, meaning, circumstances.now);
    case "wish":
      return wish(survey, state, meaning);
    case "change":
      return say(state, { kind: "question", question: meaning.question });
    case "undo":
      return {
        state: startAgain(state),
        say: begin(survey),
        effects: [{ kind: "withdraw" }],
      };
    case "comment": {
      if (input.kind !== "words" || input.form === undefined) {
        return comment(survey, state, meaning.text);
      }
      const { form, replaces = false } = input;
      return written(survey, state, { form, text: meaning.text, replaces });
    }
    case "unclear":
      return unclear(survey, state);
  }
}

/** What words mean as a reply to the question that waits; in a form they are a comment, or a way out. */
function read(
  survey: SurveyDefinition,
  state: Conversation,
  { text, form }: Extract<Input, { kind: "words" }>,
  circumstances: Circumstances,
): Meaning {
  if (form === undefined) {
    return meaningOf(survey.questions[state.step] ?? survey.questions[0], text, circumstances);
  }
  const meaning = meaningOf(questionOf(survey, form), text, circumstances);
  const out = meaning.kind === "wish" && (meaning.wish === "pause" || meaning.wish === "stop");
  return out ? meaning : { kind: "comment", text };
}

/** Why nothing of this kind is accepted any more, if so. */
export function refuse(
  survey: SurveyDefinition,
  state: Conversation,
  meaning: Meaning,
  { now, expiresAt }: Pick<Circumstances, "now" | "expiresAt">,
): Notice | undefined {
  const { scoredAt } = state;
  if (scoredAt === null) {
    if (now >= expiresAt) return "expired";
    // "Not now" may be followed by an answer after all; by anything else it was meant.
    return state.ended !== null && meaning.kind !== "answer" ? "closed" : undefined;
  }
  const editable = now < scoredAt + EDIT_WINDOW_MS;
  const waiting = state.step < survey.questions.length && now < expiresAt;
  if (editable) return undefined;
  const asksForChange =
    meaning.kind === "change" ||
    meaning.kind === "undo" ||
    (meaning.kind === "answer" && meaning.question in state.answers);
  return waiting && !asksForChange ? undefined : "too-late-to-change";
}

function answer(
  survey: SurveyDefinition,
  state: Conversation,
  given: Extract<Meaning, { kind: "answer" }>,
  now: number,
): Outcome {
  const index = survey.questions.findIndex((q) => q.key === given.question);
  const question = survey.questions[index];
  if (question === undefined || index > state.step || !isAnswerTo(question, given.value)) {
    return say(state, { kind: "notice", notice: "closed" });
  }
  const { comment: words, inWords } = given;
  const echo: Say = { kind: "answered", question: given.question, value: given.value };
  const open = words === undefined ? undefined : openQuestion(survey);
  const unchanged = state.answers[given.question] === given.value;
  if (unchanged && open === undefined) return say(state, echo);

  const answers = {
    ...state.answers,
    [given.question]: given.value,
    ...(open === undefined ? {} : { [open]: SAID }),
  };
  const wasDone = state.step === survey.questions.length;
  const step = nextStep(survey, answers, index === state.step ? index : state.step);
  const moved: Conversation = {
    ...state,
    answers,
    step,
    askedAgain: step === state.step && state.askedAgain,
    scoredAt: state.scoredAt ?? now,
    ended: step === survey.questions.length ? "finished" : null,
  };
  const noted: Say = {
    kind: "noted",
    question: given.question,
    value: given.value,
    ...(words === undefined ? {} : { comment: words }),
  };
  // A change of the score asks the waiting question anew only if its wording depends on the score.
  const reworded = firstLevel(survey, answers) !== firstLevel(survey, state.answers);
  const goOn =
    step !== state.step || reworded ? follow(survey, moved, wasDone) : { say: [], effects: [] };
  return {
    state: moved,
    say: [echo, ...(inWords ? [noted] : []), ...goOn.say],
    effects: [
      ...(unchanged
        ? []
        : [{ kind: "answer", question: given.question, value: given.value } as const]),
      ...(words === undefined || open === undefined
        ? []
        : [{ kind: "comment", question: open, text: words } as const]),
      ...goOn.effects,
    ],
  };
}

function wish(
  survey: SurveyDefinition,
  state: Conversation,
  meaning: Extract<Meaning, { kind: "wish" }>,
): Outcome {
  if (state.scoredAt !== null) return endEarly(survey, state, meaning);
  if (meaning.wish === "later" && state.snoozes < MAX_SNOOZES) {
    return {
      state: { ...state, ended: "later", snoozes: state.snoozes + 1 },
      say: [{ kind: "notice", notice: "later" }],
      effects: [{ kind: "snooze", ...(meaning.when === undefined ? {} : { when: meaning.when }) }],
    };
  }
  return {
    state: { ...state, ended: "declined" },
    say: [{ kind: "notice", notice: "declined" }],
    effects: [{ kind: "decline" }],
  };
}

/** The score is given: skip leaves out one question, anything else all that are left. */
function endEarly(
  survey: SurveyDefinition,
  state: Conversation,
  { wish: what, question }: Extract<Meaning, { kind: "wish" }>,
): Outcome {
  const current = survey.questions[state.step];
  const stale = question !== undefined && question !== current?.key;
  if (current === undefined || stale) return say(state, { kind: "notice", notice: "closed" });
  const answers = { ...state.answers, [current.key]: SKIPPED };
  const step = what === "skip" ? nextStep(survey, answers, state.step) : survey.questions.length;
  const done = step === survey.questions.length;
  const moved: Conversation = {
    ...state,
    answers,
    step,
    askedAgain: false,
    ended: done ? "finished" : null,
  };
  return { state: moved, ...follow(survey, moved, false) };
}

function leave(state: Conversation, what: "pause" | "stop"): Outcome {
  const open = state.scoredAt === null && state.ended === null;
  return {
    state: open ? { ...state, ended: "declined" } : state,
    say: [{ kind: "notice", notice: what === "pause" ? "paused" : "stopped" }],
    effects: [
      { kind: "consent", consent: what === "pause" ? "paused" : "never" },
      ...(open ? [{ kind: "decline" } as const] : []),
    ],
  };
}
