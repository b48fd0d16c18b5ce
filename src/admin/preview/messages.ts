/** What people are sent in the course of a survey, by the functions that send it. Pure. */
import type { Language } from "../../locales/index.ts";
import type { Level } from "../../metrics/metric.ts";
import { metrics } from "../../metrics/registry.ts";
import type { Message } from "../../platform.ts";
import { advance, begin } from "../../surveys/conversation.ts";
import {
  type Conversation,
  type Input,
  newConversation,
} from "../../surveys/conversation-state.ts";
import { sayMessage } from "../../surveys/messages.ts";
import type { Question, SurveyDefinition } from "../../surveys/survey.ts";
import type { Talk } from "../../surveys/talk.ts";
import { NO_INVITATION, type Tokens } from "../../surveys/tokens.ts";
import type { PreviewView } from "./view.ts";

export interface Previewed {
  readonly definition: SurveyDefinition;
  readonly company: string;
  readonly view: PreviewView;
}

/** The messages of a stage, in their order; after a first answer nothing more is said than is asked. */
export function previewMessages({ definition, company, view }: Previewed): readonly Message[] {
  const { language, stage } = view;
  const talk = talkOf(definition, company, language);
  const state = newConversation();
  const first = sayMessage(talk, state, begin(definition));
  if (stage === "first") return first === undefined ? [] : [first];
  return following(talk, state, stage);
}

/** Long enough for every survey, and an end for one that goes round. */
const MOST_STEPS = 12;

function following(talk: Talk, before: Conversation, level: Level): Message[] {
  const { survey, language } = talk;
  const at = { now: 0, expiresAt: Number.MAX_SAFE_INTEGER, language, seed: NO_INVITATION };
  const messages: Message[] = [];
  let state = before;
  for (let step = 0; step < MOST_STEPS && state.ended === null; step += 1) {
    const question = survey.questions[state.step];
    if (question === undefined) break;
    const { state: next, say } = advance(survey, state, replyTo(question, level), at);
    const fresh = say.filter(({ kind }) => kind === "question" || kind === "thanks");
    const message = sayMessage(talk, next, fresh);
    if (message !== undefined) messages.push(message);
    if (next === state) break;
    state = next;
  }
  return messages;
}

/** As somebody answers who is that happy, and has nothing to write. */
function replyTo(question: Question, level: Level): Input {
  const { key } = question;
  switch (question.kind) {
    case "score":
      return { kind: "answer", question: key, value: metrics[question.metric].groups[level].from };
    case "choice": {
      const { options } = question;
      const fitting = options.find((each) => (each.level ?? "middle") === level) ?? options[0];
      return { kind: "answer", question: key, value: fitting?.key ?? "" };
    }
    case "yes-no":
      return { kind: "answer", question: key, value: "no" };
    case "open":
      return { kind: "wish", wish: "skip", question: key };
  }
}

function talkOf(survey: SurveyDefinition, company: string, language: Language): Talk {
  return {
    ...{ survey, language, company, workspaceId: 0, invitationId: NO_INVITATION },
    names: { customer: "Dana", agent: "Kim" },
    tokens: nothing(),
    promise: "named",
    place: { kind: "direct", userId: "" },
  };
}

/** Each button has its own, and none does anything. */
function nothing(): Tokens {
  let n = 0;
  return {
    sign() {
      n += 1;
      return `preview-${n}`;
    },
    verify: () => undefined,
  };
}
