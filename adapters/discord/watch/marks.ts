/** ✅ of the team on what a chat began with: a closing; taken away, and none left: an opening. */
import type { PlatformEvent } from "../../../src/platform.ts";
import { isTeam } from "../../common/people.ts";
import type { DiscordGuild } from "../guilds.ts";
import type { Chat } from "../receive/chat.ts";
import type { ReactionPayload } from "../receive/payloads.ts";
import { emojiInRoute, isCloseEmoji, isCloseTarget } from "../receive/reactions.ts";
import { chatIn, type Desk } from "./desk.ts";
import type { Look } from "./reader.ts";

/** Somebody put a mark on a message, or took it away. */
export interface Marked {
  readonly added: boolean;
  readonly reaction: ReactionPayload;
  /** The same when the news is told again. */
  readonly newsId: string;
}

/** Whether a mark can be one: the emoji, and where it stands, as far as that needs no call. */
export function mayMark({ client, support, options }: Desk, reaction: ReactionPayload): boolean {
  if (!isCloseEmoji(options.closeEmoji, reaction.emoji)) return false;
  const channel = client.channels.cache.get(reaction.channel_id);
  return channel === undefined || support.isSupport(channel) || support.find(channel) !== undefined;
}

export async function takeMark(desk: Desk, guild: DiscordGuild, marked: Marked): Promise<void> {
  const { reaction, added, newsId } = marked;
  const isCleared = reaction.user_id == null && !added;
  const by = await actorOf(desk, guild, reaction);
  if (!isCleared && (by === undefined || !isTeam(by))) return;
  const chat = await chatAt(desk, reaction);
  if (chat === undefined || !(await isTarget(desk, guild, chat, reaction))) return;
  if (!added && (await remain(desk, guild, reaction))) return;
  const base = {
    id: `r:${newsId}`,
    connection: guild.ref,
    at: new Date(desk.now()),
    chat: chat.ref,
    ...(by === undefined ? {} : { by }),
  };
  const event: PlatformEvent = added
    ? { ...base, kind: "chat-closed", reason: "solved" }
    : { ...base, kind: "chat-reopened" };
  await desk.take(event);
}

async function actorOf({ directory }: Desk, guild: DiscordGuild, reaction: ReactionPayload) {
  const { user_id: id, member } = reaction;
  if (id == null) return undefined;
  // Only what is put there tells the member.
  return member?.user === undefined
    ? directory.member(guild, id, "certain")
    : directory.userOf(guild, { user: member.user, member });
}

/** The chat that the message is in, or that was started from it. */
async function chatAt(desk: Desk, reaction: ReactionPayload): Promise<Chat | undefined> {
  const { channel_id: channelId, message_id: messageId } = reaction;
  const inside = await chatIn(desk, channelId);
  if (inside !== undefined) return inside;
  const channel = desk.client.channels.cache.get(channelId);
  return desk.support.isSupport(channel) ? chatIn(desk, messageId) : undefined;
}

async function isTarget(
  desk: Desk,
  guild: DiscordGuild,
  { kind, ref }: Chat,
  reaction: ReactionPayload,
): Promise<boolean> {
  const { channel_id: channelId, message_id: messageId } = reaction;
  const about = { chatId: ref.externalId, messageId };
  if (kind === "ticket" || kind === "private") {
    const byTeam = await isOurSide(desk, guild, reaction);
    return isCloseTarget(kind, { ...about, firstId: undefined, byTeam });
  }
  const isMade = kind === "thread" && channelId === ref.externalId;
  const [first] = isMade ? await desk.reader.messagesAfter(channelId, "0", 1) : [];
  return isCloseTarget(kind, { ...about, firstId: first?.id, byTeam: false });
}

/** Whether the team or we wrote the message; other bots open tickets in a customer's name. */
async function isOurSide(
  { client, directory, reader }: Desk,
  guild: DiscordGuild,
  reaction: ReactionPayload,
): Promise<boolean> {
  const { channel_id, message_id, message_author_id } = reaction;
  const author =
    message_author_id ?? value(await reader.message(channel_id, message_id))?.author.id;
  if (author === undefined || author === client.user?.id) return true;
  const writer = await directory.member(guild, author, "certain");
  return writer !== undefined && isTeam(writer);
}

/** Whether somebody else of the team has a mark there still: an event tells of one person's alone. */
async function remain(
  { directory, reader, options }: Desk,
  guild: DiscordGuild,
  { channel_id, message_id }: ReactionPayload,
): Promise<boolean> {
  const reactions = value(await reader.message(channel_id, message_id))?.reactions ?? [];
  for (const { emoji } of reactions.filter((each) =>
    isCloseEmoji(options.closeEmoji, each.emoji),
  )) {
    for (const id of await reader.reactors(channel_id, message_id, emojiInRoute(emoji))) {
      const user = await directory.member(guild, id, "at-least");
      if (user !== undefined && isTeam(user)) return true;
    }
  }
  return false;
}

const value = <T extends object>(look: Look<T>): T | undefined =>
  typeof look === "string" ? undefined : look;
