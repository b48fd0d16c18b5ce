/** What people write, in support chats and to us, on its way to the inbox. */

import type { Chat } from "../receive/chat.ts";
import { chatMessage, directMessage, isBot, says } from "../receive/messages.ts";
import type { MessagePayload } from "../receive/payloads.ts";
import { authorOf, type Desk } from "./desk.ts";
import type { Directs } from "./directs.ts";

/** Takes in a message of a support chat. */
export async function takeChatMessage(
  desk: Desk,
  message: MessagePayload,
  chat: Chat,
): Promise<void> {
  const guild = desk.guilds.find(chat.guildId);
  if (guild === undefined || !says(message, desk.client.user?.id)) return;
  const { from, team } = await authorOf(desk, guild, message);
  const ref = team === undefined ? chat.ref : { ...chat.ref, team };
  // What the core replies would be for one person, and Discord shows a thread to all: it is left.
  await desk.take(chatMessage(message, { guild, chat: ref, from }));
}

/**
 * A thread that was started from a message begins with it, in the channel above. Nothing is there
 * when it was made without one, or the message was deleted.
 */
export async function takeStarter(desk: Desk, chat: Chat): Promise<void> {
  if (chat.kind !== "thread") return;
  const starter = await desk.reader.message(chat.parentId, chat.ref.externalId);
  if (typeof starter !== "string") await takeChatMessage(desk, starter, chat);
}

/** Takes in a message of the conversation with us, and says what the core replies. */
export async function takeDirectMessage(
  desk: Desk,
  directs: Directs,
  message: MessagePayload,
): Promise<void> {
  const ourselves = desk.client.user?.id;
  if (message.author.id === ourselves) directs.note(message);
  if (isBot(message) || !says(message, ourselves)) return;
  const found = await directs.find(message);
  const event = found === undefined ? undefined : directMessage(message, found);
  if (found === undefined || event === undefined) return;
  const reply = await desk.take(event);
  if (reply.kind === "message" || reply.kind === "update") {
    await desk.tell(found.guild, found.from.externalId, reply.message, `r${message.id}`);
  }
}
