/** What people write: in support chats, and to us. */
import { MessageType } from "discord.js";
import type { ChatRef, PlatformEvent, PlatformUser } from "../../../src/platform.ts";
import type { DiscordGuild } from "../guilds.ts";
import { readCustomId } from "../render/custom-id.ts";
import { plainWords } from "../words.ts";
import type { MessagePayload } from "./payloads.ts";
import { dateOf } from "./time.ts";

/** Everything else is about the channel: joins, pins, threads that begin. */
const saying: ReadonlySet<number> = new Set([
  MessageType.Default,
  MessageType.Reply,
  MessageType.ChatInputCommand,
  MessageType.ContextMenuCommand,
]);

/** Whether somebody says something with it; `ourselves` are never listened to (D12). */
export function says({ type, author }: MessagePayload, ourselves: string | undefined): boolean {
  return saying.has(type) && author.id !== ourselves;
}

/** Bots, and webhooks that write in anybody's name. */
export function isBot({ author, webhook_id }: MessagePayload): boolean {
  return author.bot === true || webhook_id != null;
}

/**
 * A message in a support chat. Only customers begin one; what a bot says is no human reply. Without
 * the message-content intent the text is empty, and the message counts all the same.
 */
export function chatMessage(
  message: MessagePayload,
  { guild, chat, from }: { guild: DiscordGuild; chat: ChatRef; from: PlatformUser },
): PlatformEvent {
  const begins = from.role === "customer" && from.bot !== true;
  return {
    kind: "chat-message",
    id: messageEventId(message.id),
    connection: guild.ref,
    at: dateOf(message.id),
    chat,
    from,
    text: plainWords(message.content),
    public: true,
    ...(begins ? {} : { opens: false }),
    bookmark: { place: chat.externalId, position: message.id },
  };
}

/** Words to us; undefined when there are none, only a picture or a sticker. */
export function directMessage(
  message: MessagePayload,
  { guild, from }: { guild: DiscordGuild; from: PlatformUser },
): PlatformEvent | undefined {
  const text = plainWords(message.content);
  if (text.trim() === "") return undefined;
  return {
    kind: "direct-message",
    id: messageEventId(message.id),
    connection: guild.ref,
    at: dateOf(message.id),
    from,
    text,
    bookmark: { place: message.channel_id, position: message.id },
  };
}

/** The same when it is read back as when it came by the gateway: it counts once (F8). */
function messageEventId(id: string): string {
  return `m:${id}`;
}

/** The guild that a message of ours in a direct message speaks for: its buttons say it. */
export function guildIn({ components }: MessagePayload): string | undefined {
  for (const value of customIdsIn(components)) {
    const guildId = readCustomId(value)?.guildId;
    if (guildId !== undefined) return guildId;
  }
  return undefined;
}

/** Components stand in one another; what a select holds are ids too. */
function* customIdsIn(value: unknown): Generator<string> {
  if (Array.isArray(value)) {
    for (const each of value) yield* customIdsIn(each);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner !== "string") yield* customIdsIn(inner);
      else if (key === "custom_id" || key === "value") yield inner;
    }
  }
}
