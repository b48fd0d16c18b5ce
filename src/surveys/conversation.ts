/**
 * The conversation with one person about one invitation: a plain record and a pure step.
 * No I/O, no clock, no randomness. Nothing in a person's words is ever an instruction: words only
 * become a score, a comment, or one of the few wishes listed in conversation-state.ts.
 */
import {
  type Circumstances,
  type Conversation,
  type Effect,
  type Input,
  type Notice,
  type Outcome,
  type Say,
  startAgain,
} from "./conversation-state.ts";
import { type Meaning, meaningOf } from "./meaning.ts";
import { firstLevel, nextStep, openQuestion } from "./next-step.ts";
import { isAnswerTo, type SurveyDefinition } from "./survey.ts";

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
  const meaning: Meaning =
    input.kind === "words"
      ? meaningOf(
          survey.questions[state.step] ?? survey.questions[0],
          input.text,
          circumstances.language,
        )
      : input;
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
    case "comment":
      return comment(survey, state, meaning.text);
    case "unclear":
      return unclear(survey, state);
  }
}

function say(state: Conversation, ...what: Say[]): Outcome {
  return { state, say: what, effects: [] };
}

/** Why nothing is accepted any more, if so. */
function refuse(
  survey: SurveyDefinition,
  state: Conversation,
  meaning: Meaning,
  { now, expiresAt }: Circumstances,
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

/** What follows after `state` was brought to its step: the next question, or thanks at the end. */
function follow(survey: SurveyDefinition, state: Conversation, wasDone: boolean) {
  const next = survey.questions[state.step];
  if (next !== undefined)
    return { say: [{ kind: "question", question: next.key }] as const, effects: [] };
  if (wasDone) return { say: [], effects: [] };
  const contact = survey.questions.some(
    (q) => q.kind === "yes-no" && state.answers[q.key] === "yes",
  );
  const level = firstLevel(survey, state.answers);
  return {
    say: [{ kind: "thanks", level, contact }] as const,
    effects: [{ kind: "finish" }] as const,
  };
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

/** Marks an open question as answered; the words themselves are kept with the answers only. */
const SAID = "said";
const SKIPPED = "skipped";

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

function comment(survey: SurveyDefinition, state: Conversation, text: string): Outcome {
  const open = openQuestion(survey);
  if (open === undefined) return unclear(survey, state);
  const effect: Effect = { kind: "comment", question: open, text };
  const current = survey.questions[state.step];
  const answers = { ...state.answers, [open]: SAID };
  if (current?.kind === "open") {
    const step = nextStep(survey, answers, state.step);
    const done = step === survey.questions.length;
    const moved: Conversation = {
      ...state,
      answers,
      step,
      askedAgain: false,
      ended: done ? "finished" : state.ended,
    };
    const next = follow(survey, moved, false);
    return { state: moved, say: next.say, effects: [effect, ...next.effects] };
  }
  // Words where a score or a yes was asked for: they are kept, and the question is asked once more.
  const ask = current !== undefined && !state.askedAgain;
  return {
    state: { ...state, answers, askedAgain: state.askedAgain || ask },
    say: ask
      ? [
          { kind: "notice", notice: "score-please" },
          { kind: "question", question: current.key, again: true },
        ]
      : [{ kind: "notice", notice: "comment-added" }],
    effects: [effect],
  };
}

function unclear(survey: SurveyDefinition, state: Conversation): Outcome {
  const current = survey.questions[state.step];
  if (current === undefined) return say(state, { kind: "notice", notice: "closed" });
  if (state.askedAgain) return say(state, { kind: "notice", notice: "unclear" });
  return {
    state: { ...state, askedAgain: true },
    say: [{ kind: "question", question: current.key, again: true }],
    effects: [],
  };
}
