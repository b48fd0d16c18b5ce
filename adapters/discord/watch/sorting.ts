/** What has happened, put into the line of its place. Looks at discord.js's caches, calls nothing. */
import type { DiscordGuild } from "../guilds.ts";
import type { Chat } from "../receive/chat.ts";
import type { ChannelPayload, MessagePayload } from "../receive/payloads.ts";
import { channelOf, type Happening } from "../receive.ts";
import type { CatchUp } from "./catch-up.ts";
import { chatIn, type Desk } from "./desk.ts";
import type { Directs } from "./directs.ts";
import type { Lines } from "./lines.ts";
import { mayMark, takeMark } from "./marks.ts";
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
  readonly catchUp: Pick<CatchUp, "readWhole">;
  readonly lines: Pick<Lines, "add">;
}

/** Has to be called before discord.js has taken the news in. */
export function sort(sorting: Sorting, happening: Happening, newsId: string): void {
  const { desk, lines } = sorting;
  switch (happening.kind) {
    case "message":
      return sortMessage(sorting, happening.message);
    case "thread-seen":
      return sortThread(sorting, happening.channel, newsId);
    case "channel-changed": {
      const guild = desk.guilds.find(happening.channel.guild_id);
      const what = changed(desk, happening.channel, newsId);
      if (guild === undefined || what === undefined) return;
      return lines.add(happening.channel.id, () => takeChange(desk, guild, what));
    }
    case "channel-deleted":
      return sortDeletion(sorting, happening.channel);
    case "reaction": {
      const { added, reaction } = happening;
      const guild = desk.guilds.find(reaction.guild_id);
      if (guild === undefined || !mayMark(desk, reaction)) return;
      return lines.add(placeOf(desk, reaction), () =>
        takeMark(desk, guild, { added, reaction, newsId }),
      );
    }
    case "audited": {
      const { entry } = happening;
      const guild = desk.guilds.find(entry.guild_id);
      if (guild === undefined || !isAboutChats(entry)) return;
      noteEntry(desk, entry);
      return lines.add(entry.target_id ?? "", () => takeEntryById(desk, guild, entry));
    }
    case "ready":
    case "resumed":
      return;
  }
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
  const isElsewhere = channel !== undefined && desk.support.find(channel) === undefined;
  if (isElsewhere || !desk.guilds.serves(guildId)) return;
  lines.add(place, async () => {
    const chat = await chatIn(desk, place);
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

function chatsGoneWith({ client, support }: Desk, { ref }: DiscordGuild, gone: ChannelPayload): Chat[] {
  const own = support.find(channelOf(gone));
  if (own !== undefined) return [own];
  const channels = client.guilds.cache.get(ref.externalId)?.channels.cache;
  const threads = [...(channels?.values() ?? [])].filter(
    (channel) => channel.isThread() && channel.parentId === gone.id,
  );
  return threads.flatMap((thread) => support.find(thread) ?? []);
}
