/** Asked in the chat itself, for everybody in it to see: what is an answer there, and what is not. */
import type { Engine, Work } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import type { EventOf } from "../platform.ts";
import type { Chat } from "../store/chats.ts";
import type { Connection } from "../store/connections.ts";
import type { Person } from "../store/people.ts";
import { lockConversationIn } from "../store/talks.ts";
import { meaningOf } from "../surveys/meaning.ts";
import { takeStep } from "./conversation-step.ts";

/**
 * True when the message is clearly a score, a yes or a no to the question that waits there: then it
 * is an answer and no message to the team. Comments and wishes are theirs; for those there are the
 * form and the menu.
 */
export async function answerInChat(
  engine: Engine,
  work: Work,
  connection: Connection,
  {
    event,
    chat,
    person,
  }: {
    event: EventOf<"chat-message">;
    chat: Chat;
    person: Person;
  },
): Promise<boolean> {
  if (connection.settings.askIn !== "thread") return false;
  const invitation = await lockConversationIn(
    work.transaction,
    connection.workspace.id,
    person.id,
    chat.id,
  );
  const { survey, conversation } = invitation ?? {};
  if (invitation === undefined || survey === undefined || conversation === undefined) return false;
  const question = survey.definition.questions[conversation.step];
  const { text } = event;
  const meaning = meaningOf(question, text, {
    language: languageOf(connection, person),
    seed: invitation.id,
  });
  const over = work.now.getTime() >= (invitation.expiresAt ?? 0);
  if (meaning.kind !== "answer" || over) return false;
  await takeStep(engine, work, {
    connection,
    person,
    at: invitation.address ?? { kind: "chat", chatId: event.chat.externalId },
    invitation,
    input: { kind: "words", text },
  });
  return true;
}
