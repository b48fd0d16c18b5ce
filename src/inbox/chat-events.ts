/** What happens in a support chat: it is counted, closed, planned for, opened again. */
import type { Engine, Work } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import { textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import { meetPerson } from "../people/meet.ts";
import type { EventOf, PlatformUser, Reply } from "../platform.ts";
import { onContact } from "../scheduling/ask/contact.ts";
import { noteReopening } from "../store/activity.ts";
import {
  type Chat,
  countCustomerMessage,
  lockChat,
  lockKnownChat,
  reopenChat,
} from "../store/chats.ts";
import type { Connection } from "../store/connections.ts";
import { countHandlerMessage } from "../store/handlers.ts";
import type { Person } from "../store/people.ts";
import { cancelPlanned } from "../store/planned.ts";
import { countGraphemes } from "../surveys/words.ts";
import { offerToClose } from "./close-button.ts";
import { closeAndPlan } from "./plan.ts";
import { planReply } from "./plan-reply.ts";
import { answerInChat } from "./thread-answer.ts";
import { isTeam, mayClose, mayReopen } from "./who-may.ts";

const nothing: Reply = { kind: "nothing" };

/** A message in a support chat. Only its length is kept. */
export async function onChatMessage(
  engine: Engine,
  work: Work,
  connection: Connection,
  event: EventOf<"chat-message">,
): Promise<Reply> {
  const { transaction } = work;
  const workspaceId = connection.workspace.id;
  const chat =
    event.opens === false
      ? await lockKnownChat(transaction, workspaceId, connection.id, event.chat)
      : await lockChat(transaction, workspaceId, connection.id, event.chat, event.at);
  if (chat === undefined) return nothing;
  const person = await meetPerson(work, workspaceId, connection.id, event.from);
  if (person.role === "customer" && !person.bot) {
    return onCustomerMessage(engine, work, connection, { event, chat, person });
  }
  const human = !person.bot && event.public;
  const replied = await countHandlerMessage(
    transaction,
    workspaceId,
    chat.id,
    person.id,
    human,
    event.at,
  );
  if (replied) await offerToClose(engine, work, connection, chat);
  return nothing;
}

async function onCustomerMessage(
  engine: Engine,
  work: Work,
  connection: Connection,
  said: { event: EventOf<"chat-message">; chat: Chat; person: Person },
): Promise<Reply> {
  const { event, chat, person } = said;
  if (await answerInChat(engine, work, connection, said)) return nothing;
  const characters = countGraphemes(event.text);
  const message = { customerId: person.id, characters, at: event.at, chat };
  await countCustomerMessage(work.transaction, connection.workspace.id, message);
  const reply =
    chat.state === "closed" ? await reopen(work, connection, chat, person, event.at) : nothing;
  await onContact(engine, work, connection, {
    person,
    userId: event.from.externalId,
    where: { chatId: event.chat.externalId },
  });
  return reply;
}

/** A chat was opened again: what was planned about it and not asked yet is cancelled. */
export async function onChatReopened(
  work: Work,
  connection: Connection,
  event: EventOf<"chat-reopened">,
): Promise<Reply> {
  const { transaction } = work;
  const workspaceId = connection.workspace.id;
  const chat = await lockKnownChat(transaction, workspaceId, connection.id, event.chat);
  if (chat === undefined) return nothing;
  const by = await actorOf(work, connection, event.by);
  const may = by === undefined || mayReopen(connection, by, chat);
  if (chat.state === "open" || !may) return nothing;
  if (by !== undefined && by.id === chat.customer_id) {
    const returned = { chatId: chat.id, customerId: by.id, at: event.at };
    await noteReopening(transaction, workspaceId, returned);
  }
  return reopen(work, connection, chat, by, event.at);
}

async function reopen(
  work: Work,
  connection: Connection,
  chat: Chat,
  by: Person | undefined,
  at: Date,
): Promise<Reply> {
  const workspaceId = connection.workspace.id;
  await reopenChat(work.transaction, workspaceId, chat.id, { at, byBot: by?.bot === true });
  const cancelled = await cancelPlanned(work.transaction, workspaceId, chat.id, "reopened");
  if (cancelled === 0 || by === undefined) return nothing;
  if (by.role === "customer" && !connection.settings.rehearsal) return nothing;
  const language = languageOf(connection, by);
  return lineReply(language, textsFor(language).text("plan.cancelled"));
}

/** A chat was closed: its handlers are frozen, and a question is planned if the gates allow one. */
export async function onChatClosed(
  engine: Engine,
  work: Work,
  connection: Connection,
  event: EventOf<"chat-closed">,
): Promise<Reply> {
  const { transaction } = work;
  const workspaceId = connection.workspace.id;
  const chat = await lockKnownChat(transaction, workspaceId, connection.id, event.chat);
  if (chat === undefined) {
    // A ✅ may stand on anything; whoever chose to close waits for an answer.
    if (event.reason !== "manual" || event.by === undefined) return nothing;
    const language = languageOf(connection, event.by);
    return lineReply(language, textsFor(language).text("chat.unknown"));
  }
  const by = await actorOf(work, connection, event.by);
  if (by !== undefined && !mayClose(connection, by, chat, event.reason)) {
    const language = languageOf(connection, by);
    return lineReply(language, textsFor(language).text("chat.close.not-allowed"));
  }
  if (chat.state === "closed") {
    if (event.reason !== "manual" || by === undefined) return nothing;
    const language = languageOf(connection, by);
    return lineReply(language, textsFor(language).text("chat.close.already"));
  }
  const plan = await closeAndPlan(engine, work, connection, chat.id, event);
  // Customers need not know what was planned about them.
  const tell = by !== undefined && (isTeam(by) || connection.settings.rehearsal);
  return tell ? planReply(engine, work, connection, by, plan) : nothing;
}

/** Who did it; undefined where the platform does not tell: then it was somebody who may. */
async function actorOf(
  work: Work,
  { id, workspace }: Connection,
  user: PlatformUser | undefined,
): Promise<Person | undefined> {
  return user && meetPerson(work, workspace.id, id, user);
}
