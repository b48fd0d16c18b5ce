/** Chats that are closed and opened again, by what happens to their thread, post or channel. */
import { AuditLogEvent } from "discord.js";
import type { PlatformEvent } from "../../../src/platform.ts";
import type { DiscordGuild } from "../guilds.ts";
import {
  type ChatChange,
  type ChatState,
  changeBetween,
  changeIn,
  deletionOf,
  isNothing,
  type Turn,
  turnOf,
} from "../receive/changes.ts";
import type { ChannelLike, Chat } from "../receive/chat.ts";
import type { AuditPayload, ChannelPayload } from "../receive/payloads.ts";
import { dateOf } from "../receive/time.ts";
import { channelOf, threadState } from "../receive.ts";
import { chatIn, type Desk } from "./desk.ts";
import { archivedAt } from "./reader.ts";

/** A change of a chat, compared with what was known of it before the news. */
export interface Changed {
  readonly chat: Chat;
  readonly change: ChatChange;
  readonly channel: ChannelPayload;
  /** For what Discord gives no id to: the same when the news is told again. */
  readonly newsId: string;
}

type FewDesk = Pick<Desk, "client" | "support">;

/** Has to be called before discord.js has taken the news in; undefined for what is no chat. */
export function changed(
  { client, support }: FewDesk,
  channel: ChannelPayload,
  newsId: string,
): Changed | undefined {
  const chat = support.find(channelOf(channel));
  if (chat === undefined) return undefined;
  const known = client.channels.cache.get(channel.id);
  const after = { ...threadState(channel), marked: chat.marked };
  // A thread that was not known slept: who woke it, the log tells.
  const before = known === undefined ? after : stateOf(known, support.find(known)?.marked ?? false);
  return { chat, change: changeBetween(before, after), channel, newsId };
}

function stateOf(known: ChannelLike, marked: boolean): ChatState {
  const archived = "archived" in known && known.archived === true;
  const locked = "locked" in known && known.locked === true;
  return { archived, locked, marked };
}

/** Discord told that a chat changed: the audit log tells who did it, if somebody did. */
export async function takeChange(
  desk: Desk,
  guild: DiscordGuild,
  { chat, change, channel, newsId }: Changed,
): Promise<void> {
  if (isNothing(change)) return;
  const turn = turnOf(chat.kind, change, undefined);
  if (turn !== undefined) {
    const entry = await desk.audit.find({
      guildId: chat.guildId,
      target: channel.id,
      change,
      isThread: chat.kind !== "ticket",
      read: (each) => changeIn(each, chat.marks),
    });
    if (entry !== undefined) return takeEntry(desk, guild, entry, chat);
    const timer = change.archived === true ? restingSince(channel) : undefined;
    const { id, at } = timer ?? { id: newsId, at: new Date(desk.now()) };
    await desk.take(eventOf(turn, { guild, chat, id, at }));
  }
  if (change.archived === false || change.locked === false) {
    await desk.take(placeOpened(guild, chat, newsId, desk.now()));
  }
}

/** When a thread was put away: told by Discord, so that reading it back tells the same. */
export function restingSince(channel: ChannelPayload): { readonly id: string; readonly at: Date } {
  const at = archivedAt(channel);
  return { id: `t:${channel.id}:${at}`, at: new Date(at) };
}

/** Somebody did something to a chat. The same entry a second time has no second effect. */
export async function takeEntry(
  desk: Desk,
  guild: DiscordGuild,
  entry: AuditPayload,
  chat: Chat,
): Promise<void> {
  const change = changeIn(entry, chat.marks);
  const userId = entry.user_id ?? undefined;
  // Waking a thread to ask in it opens no chat (D12).
  if (isNothing(change) || userId === desk.client.user?.id) return;
  const by =
    userId === undefined ? undefined : await desk.directory.member(guild, userId, "certain");
  const turn = turnOf(chat.kind, change, by);
  if (turn === undefined) return;
  const id = `a:${entry.id}`;
  await desk.take(eventOf(turn, { guild, chat, id, at: dateOf(entry.id) }));
}

/** Entries that tell what became of a chat. */
export function isAboutChats({ action_type }: AuditPayload): boolean {
  return action_type === AuditLogEvent.ThreadUpdate || action_type === AuditLogEvent.ChannelUpdate;
}

/** An entry by the gateway: remembered at once for the change that it explains. */
export function noteEntry(desk: Desk, entry: AuditPayload): void {
  const target = entry.target_id ?? "";
  const chat = desk.support.find(desk.client.channels.cache.get(target));
  if (chat !== undefined) desk.audit.note({ entry, target, change: changeIn(entry, chat.marks) });
}

export async function takeEntryById(
  desk: Desk,
  guild: DiscordGuild,
  entry: AuditPayload,
): Promise<void> {
  const chat = await chatIn(desk, entry.target_id ?? "");
  if (chat !== undefined) await takeEntry(desk, guild, entry, chat);
}

/** It is gone; a deleted thread asks nobody, a deleted ticket is done. */
export async function takeDeletion(desk: Desk, guild: DiscordGuild, chat: Chat): Promise<void> {
  const turn = deletionOf(chat.kind !== "ticket");
  const id = `d:${chat.ref.externalId}`;
  await desk.take(eventOf(turn, { guild, chat, id, at: new Date(desk.now()) }));
}

export function eventOf(
  turn: Turn,
  about: {
    readonly guild: DiscordGuild;
    readonly chat: Pick<Chat, "ref">;
    readonly id: string;
    readonly at: Date;
  },
): PlatformEvent {
  const { guild, chat, id, at } = about;
  return { ...turn, id, at, connection: guild.ref, chat: chat.ref };
}

/** What waited for this chat can go there now. */
export function placeOpened(
  guild: DiscordGuild,
  chat: Pick<Chat, "ref">,
  newsId: string,
  now: number,
): PlatformEvent {
  return {
    kind: "place-opened",
    id: `o:${newsId}`,
    connection: guild.ref,
    at: new Date(now),
    place: { kind: "chat", chatId: chat.ref.externalId },
  };
}
