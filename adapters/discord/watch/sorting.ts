/** What has happened, put into the line of its place. Looks at discord.js's caches, calls nothing. */
import type { DiscordGuild } from "../guilds.ts";
import type { Chat } from "../receive/chat.ts";
import type { AuditPayload, ChannelPayload, MessagePayload } from "../receive/payloads.ts";
import { channelOf, type Happening } from "../receive.ts";
import type { CatchUp } from "./catch-up.ts";
import { chatIn, type Desk } from "./desk.ts";
import type { Directs } from "./directs.ts";
import type { Lines } from "./lines.ts";
import { type Marked, mayMark, takeMark } from "./marks.ts";
import { takeChatMessage, takeDirectMessage, takeStarter } from "./talk.ts";
import {
  changed,
  isAboutChats,
  noteEntry,
  placeOpened,
  takeChange,
  takeDeletion,
  takeEntryById,
} from "./turns.ts";

export interface Sorting {
  readonly desk: Desk;
  readonly directs: Directs;
  readonly catchUp: Pick<CatchUp, "readWhole" | "readAgain">;
  readonly lines: Pick<Lines, "add">;
}

/** Has to be called before discord.js has taken the news in. */
export function sort(sorting: Sorting, happening: Happening, newsId: string): void {
  switch (happening.kind) {
    case "message":
      sortMessage(sorting, happening.message);
      break;
    case "thread-seen":
      sortThread(sorting, happening.channel, newsId);
      break;
    case "threads-gained":
      sortGained(sorting, { ...happening, newsId });
      break;
    case "channel-changed":
      sortChange(sorting, happening.channel, newsId);
      break;
    case "channel-deleted":
      sortDeletion(sorting, happening.channel);
      break;
    case "reaction":
      sortMark(sorting, { ...happening, newsId });
      break;
    case "audited":
      sortEntry(sorting, happening.entry);
      break;
    case "ready":
    case "resumed":
      break;
  }
}

/** A channel was closed to us, and is no more: what waited goes out, what was said there is read. */
function sortGained(
  { desk, catchUp, lines }: Sorting,
  gained: {
    readonly guildId: string;
    readonly channels: readonly ChannelPayload[];
    readonly newsId: string;
  },
): void {
  const guild = desk.guilds.find(gained.guildId);
  if (guild === undefined) return;
  for (const chat of gained.channels.flatMap((each) => desk.support.find(channelOf(each)) ?? [])) {
    const id = `${gained.newsId}:${chat.ref.externalId}`;
    const event = placeOpened(guild, chat, id, desk.now());
    lines.add(chat.ref.externalId, async () => void (await desk.take(event)));
  }
  lines.add(gained.guildId, () => catchUp.readAgain(guild));
}

function sortChange({ desk, lines }: Sorting, channel: ChannelPayload, newsId: string): void {
  const guild = desk.guilds.find(channel.guild_id);
  const what = changed(desk, channel, newsId);
  if (guild !== undefined && what !== undefined)
    lines.add(channel.id, () => takeChange(desk, guild, what));
}

function sortMark({ desk, lines }: Sorting, marked: Marked): void {
  const guild = desk.guilds.find(marked.reaction.guild_id);
  if (guild !== undefined && mayMark(desk, marked.reaction))
    lines.add(placeOf(desk, marked.reaction), () => takeMark(desk, guild, marked));
}

function sortEntry({ desk, lines }: Sorting, entry: AuditPayload): void {
  const guild = desk.guilds.find(entry.guild_id);
  if (guild === undefined || !isAboutChats(entry)) return;
  noteEntry(desk, entry);
  lines.add(entry.target_id ?? "", () => takeEntryById(desk, guild, entry));
}

/** The line of the chat: of a thread that was started from it, for a message of a channel. */
function placeOf(
  { client }: Desk,
  about: { readonly channel_id: string; readonly message_id: string },
): string {
  return client.channels.cache.has(about.message_id) ? about.message_id : about.channel_id;
}

function sortMessage({ desk, directs, lines }: Sorting, message: MessagePayload): void {
  const { channel_id: place, guild_id: guildId } = message;
  if (guildId == null) {
    lines.add(place, () => takeDirectMessage(desk, directs, message));
    return;
  }
  const channel = desk.client.channels.cache.get(place);
  // Now: a ticket may be deleted before it is this message's turn.
  const known = desk.support.find(channel);
  const isElsewhere = channel !== undefined && known === undefined;
  if (isElsewhere || !desk.guilds.serves(guildId)) return;
  lines.add(place, async () => {
    const chat = known ?? (await chatIn(desk, place));
    if (chat !== undefined) await takeChatMessage(desk, message, chat);
  });
}

/** A thread that was made, or one that we are let into: what was said in it before is read. */
function sortThread(
  { desk, catchUp, lines }: Sorting,
  channel: ChannelPayload,
  newsId: string,
): void {
  const guild = desk.guilds.find(channel.guild_id);
  const chat = desk.support.find(channelOf(channel));
  if (guild === undefined || chat === undefined) return;
  if (channel.newly_created === true) {
    lines.add(channel.id, () => takeStarter(desk, chat));
    return;
  }
  // Whoever writes in a thread joins it: joining one that is known is no news.
  if (desk.client.channels.cache.has(channel.id)) return;
  lines.add(channel.id, async () => {
    await desk.take(placeOpened(guild, chat, newsId, desk.now()));
    await catchUp.readWhole({ chat });
  });
}

/** With a channel go its threads, and Discord says no word of them. */
function sortDeletion({ desk, lines }: Sorting, channel: ChannelPayload): void {
  const guild = desk.guilds.find(channel.guild_id);
  if (guild === undefined) return;
  for (const chat of chatsGoneWith(desk, guild, channel))
    lines.add(chat.ref.externalId, () => takeDeletion(desk, guild, chat));
}

function chatsGoneWith(
  { client, support }: Desk,
  { ref }: DiscordGuild,
  gone: ChannelPayload,
): Chat[] {
  // What is told of a deleted thread does not say whose it was; what we know of it does.
  const own = support.find(client.channels.cache.get(gone.id) ?? channelOf(gone));
  if (own !== undefined) return [own];
  const channels = client.guilds.cache.get(ref.externalId)?.channels.cache;
  const threads = [...(channels?.values() ?? [])].filter(
    (channel) => channel.isThread() && channel.parentId === gone.id,
  );
  return threads.flatMap((thread) => support.find(thread) ?? []);
}
