/** New messages of a conversation, and other words in the place of earlier ones. */
import type { Engine, Work } from "../engine.ts";
import { post } from "../outbox/post.ts";
import type { Message } from "../platform.ts";
import { newId } from "../store/ids.ts";
import type { Conversation, Say } from "../surveys/conversation-state.ts";
import { sayMessage } from "../surveys/messages.ts";
import { opener, type Talk } from "../surveys/talk.ts";
import type { Step as FullStep } from "./conversation-step.ts";

/** What is said does not depend on what was. */
type Step = Omit<FullStep, "input">;

/** Sends the new message, and remembers in which one each question stands. */
export async function speak(
  engine: Engine,
  work: Work,
  step: Step,
  talk: Talk,
  state: Conversation,
  fresh: readonly Say[],
): Promise<Conversation> {
  const message = sayMessage(talk, state, fresh);
  if (message === undefined) return state;
  const turn = state.turn + 1;
  const places = { ...state.places };
  for (const each of fresh) if (each.kind === "question") places[each.question] = turn;
  await deliver(engine, work, step, message, talkKey(step, turn));
  return { ...state, turn, places };
}

function talkKey(step: Step, turn: number): string {
  return `talk:${step.invitation.id}:${turn}`;
}

async function deliver(
  engine: Engine,
  work: Work,
  step: Step,
  message: Message,
  key: string,
  replaces?: string,
): Promise<void> {
  await post(engine, work, {
    workspaceId: step.connection.workspace.id,
    connectionId: step.connection.id,
    key,
    purpose: "talk",
    invitationId: step.trial === undefined ? step.invitation.id : null,
    personId: step.person.id,
    address: step.at,
    message,
    ...(replaces === undefined ? {} : { replaces }),
  });
}

/** Shows something else in the place of a question that was sent before. */
export async function editQuestion(
  engine: Engine,
  work: Work,
  { step, talk, state }: { step: Step; talk: Talk; state: Conversation },
  question: string,
  what: Say,
): Promise<void> {
  const place = state.places[question];
  const message = sayMessage(talk, state, [what]);
  if (place === undefined || message === undefined) return;
  // It may stand where others read along: there it is opened by its button again.
  const again = what.kind === "question" ? { opener: opener(talk, step.person.name) } : {};
  const shown = { ...message, ...again };
  await deliver(engine, work, step, shown, `edit:${newId()}`, talkKey(step, place));
}
