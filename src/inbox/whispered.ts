/**
 * A question that only one person sees in a chat. What is answered to a press there is one message
 * that shows how everything stands, the next question included: nothing more has to be posted where
 * others read along.
 */
import type { Engine, Work } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import { textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import type { Reply } from "../platform.ts";
import { talkAt } from "../scheduling/ask/asking.ts";
import { readAnswers } from "../store/answers.ts";
import { readChat } from "../store/chats.ts";
import type { Conversation, Say } from "../surveys/conversation-state.ts";
import { sayMessage } from "../surveys/messages.ts";
import { standing } from "../surveys/standing.ts";
import type { Talk } from "../surveys/talk.ts";
import type { Step } from "./conversation-step.ts";

/** True where the answer to a press is all that the person sees. */
export function isWhispered({ at, input }: Step): boolean {
  return at.kind === "whisper" && (input.kind !== "words" || input.form !== undefined);
}

/** What the presser sees in the place of what they pressed. */
export async function whisperedReply(
  work: Work,
  {
    step,
    talk,
    state,
    says,
  }: { step: Step; talk: Talk; state: Conversation; says: readonly Say[] },
): Promise<Reply> {
  const notice = says.find((each) => each.kind === "notice")?.notice;
  const alone = notice !== undefined || step.input.kind === "change";
  const thanks = says.filter(({ kind }) => kind === "thanks");
  const shown = alone ? says : [...(await standingNow(work, step, talk, state)), ...thanks];
  const message = sayMessage(talk, state, shown);
  if (message === undefined) return { kind: "nothing" };
  // "Too late" must not wipe out what stands there.
  const beside = notice === "closed" || notice === "too-late-to-change";
  return { kind: beside ? "message" : "update", message };
}

/** The opener was pressed by the one whom it names: the question as it stands now, asked only once. */
export async function showWhispered(
  engine: Engine,
  work: Work,
  presser: Omit<Step, "input">,
): Promise<Reply> {
  const { connection, person, invitation, at } = presser;
  const texts = textsFor(languageOf(connection, person));
  const { survey, conversation, chatId } = invitation;
  if (survey === undefined || conversation === undefined)
    return lineReply(texts.language, texts.text("talk.notice.unknown-version"));
  const workspaceId = connection.workspace.id;
  const chat = chatId === null ? undefined : await readChat(work.transaction, workspaceId, chatId);
  const asking = { workspaceId, invitation, person, survey, chat };
  const talk = await talkAt(engine, work, asking, at);
  const shown = await standingNow(work, presser, talk, conversation);
  const message = sayMessage(talk, conversation, shown);
  return message === undefined
    ? lineReply(texts.language, texts.text("talk.notice.closed"))
    : { kind: "message", message };
}

async function standingNow(
  { transaction, now }: Work,
  { connection, invitation }: Pick<Step, "connection" | "invitation">,
  talk: Talk,
  state: Conversation,
): Promise<readonly Say[]> {
  const answers = await readAnswers(transaction, connection.workspace.id, invitation.id);
  const words = [...answers].flatMap(([question, { text }]) =>
    text === null ? [] : [[question, text] as const],
  );
  const times = { now: now.getTime(), expiresAt: invitation.expiresAt ?? 0 };
  return standing(talk.survey, state, new Map(words), times);
}
