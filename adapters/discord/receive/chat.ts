/**
 * What a support chat is on Discord: a thread of a support channel, a post of a support forum, or a
 * text channel under a support category, as ticket bots make them. Never the leads' channel and its
 * threads, nor a thread that we started.
 */
import { ChannelType, channelLink } from "discord.js";
import type { ChatRef } from "../../../src/platform.ts";
import { folded } from "../directory/names.ts";
import type { DiscordOptions } from "../options.ts";
import type { Marks } from "./changes.ts";

/** As much of a channel as we need: discord.js's own are like this, and payloads are made so. */
export interface ChannelLike {
  readonly id: string;
  readonly type: number;
  readonly guildId?: string | null;
  readonly parentId?: string | null;
  readonly name?: string | null;
  /** Of a post: ids of tags. */
  readonly appliedTags?: readonly string[];
  /** Of a thread: who started it. */
  readonly ownerId?: string | null;
}

/** `post`: of a forum. `private`: only those who were added see it, and it has no first message. */
export type ChatKind = "thread" | "private" | "post" | "ticket";

/** A chat with what its closing depends on. */
export interface Chat {
  readonly kind: ChatKind;
  readonly guildId: string;
  readonly ref: ChatRef;
  /** The channel, forum or category that it is in. */
  readonly parentId: string;
  /** A tag says that it is solved, or a ticket's name that it is closed. */
  readonly marked: boolean;
  /** How tags and names of it are understood. */
  readonly marks: Marks;
}

/** Where channels are known by their ids, and who we are: discord.js's client. */
export interface KnownChannels {
  readonly user?: { readonly id: string } | null;
  readonly channels: {
    readonly cache: {
      get(id: string): (ChannelLike & { readonly availableTags?: readonly Tag[] }) | undefined;
    };
  };
}

interface Tag {
  readonly id: string;
  readonly name: string;
}

export interface Support {
  /** The chat that a channel or thread is; undefined for everything else. No call. */
  find(channel: ChannelLike | null | undefined): Chat | undefined;
  /** The same as the port knows it. */
  chatOf(channel: ChannelLike | null | undefined): ChatRef | undefined;
  /** The chat that a message is in, or that was started from it. */
  chatAt(channel: ChannelLike | null | undefined, messageId: string): ChatRef | undefined;
  /** Whether its threads or posts are chats, or its channels when it is a category. */
  isSupport(channel: ChannelLike | null | undefined): boolean;
}

/** Knows channels by discord.js's cache, which follows the gateway. */
export function createSupport({
  client,
  options,
}: {
  readonly client: KnownChannels;
  readonly options: Pick<
    DiscordOptions,
    "supportChannels" | "leadsChannels" | "solvedTags" | "closedNames"
  >;
}): Support {
  const solved = new Set(options.solvedTags.map(folded));
  /** Cards and what is said beneath them, wherever the leads' channel is. */
  const isOurs = (channel: ChannelLike, parent: ChannelLike): boolean =>
    isLeads(options.leadsChannels, channel) ||
    isLeads(options.leadsChannels, parent) ||
    (channel.ownerId != null && channel.ownerId === client.user?.id);
  const isSupport = (channel: ChannelLike | null | undefined): channel is ChannelLike =>
    channel != null && isNamed(options.supportChannels, channel);
  const tagsOf = (parentId: string, ids: readonly string[]): string[] => {
    const { availableTags = [] } = client.channels.cache.get(parentId) ?? {};
    const known = new Map(availableTags.map(({ id, name }) => [id, name]));
    return ids.flatMap((id) => known.get(id) ?? []);
  };

  const support: Support = {
    isSupport,
    find(channel) {
      if (channel?.guildId == null || channel.parentId == null) return undefined;
      const { id, guildId, parentId, name } = channel;
      const parent = client.channels.cache.get(parentId);
      if (!isSupport(parent) || isOurs(channel, parent)) return undefined;
      const kind = kindOf(channel, parent, isSupport(channel));
      if (kind === undefined) return undefined;
      const ids = channel.appliedTags ?? [];
      const others = tagsOf(parentId, ids).filter((tag) => !solved.has(folded(tag)));
      const marks: Marks = {
        isSolved: (tagIds) =>
          kind === "post" && tagsOf(parentId, tagIds).some((tag) => solved.has(folded(tag))),
        isClosedName: (own) => kind === "ticket" && isClosedName(options.closedNames, own),
      };
      const ref: ChatRef = {
        externalId: id,
        channel: kind === "ticket" ? nameOf(parent) : `#${nameOf(parent)}`,
        url: channelLink(id, guildId),
        ...(others.length > 0 ? { tags: others } : {}),
      };
      const marked = marks.isSolved(ids) || marks.isClosedName(name ?? "");
      return { kind, guildId, parentId, ref, marked, marks };
    },
    chatOf: (channel) => support.find(channel)?.ref,
    chatAt: (channel, messageId) =>
      support.chatOf(channel) ??
      // A thread that was started from a message has the message's id.
      (isSupport(channel) ? support.chatOf(client.channels.cache.get(messageId)) : undefined),
  };
  return support;
}

function kindOf(
  { type }: ChannelLike,
  parent: ChannelLike,
  isListed: boolean,
): ChatKind | undefined {
  switch (type) {
    case ChannelType.PublicThread:
    case ChannelType.AnnouncementThread:
      return isForum(parent) ? "post" : "thread";
    case ChannelType.PrivateThread:
      return "private";
    case ChannelType.GuildText:
      // One that is listed itself has threads that are chats, and is none.
      return parent.type === ChannelType.GuildCategory && !isListed ? "ticket" : undefined;
    default:
      return undefined;
  }
}

/** A category or forum of the same name is another one. */
function isLeads(leadsChannels: readonly string[], channel: ChannelLike): boolean {
  const { type } = channel;
  const isText = type === ChannelType.GuildText || type === ChannelType.GuildAnnouncement;
  return isText && isNamed(leadsChannels, channel);
}

const isForum = ({ type }: ChannelLike): boolean =>
  type === ChannelType.GuildForum || type === ChannelType.GuildMedia;

const nameOf = ({ id, name }: ChannelLike): string => name ?? id;

/** Whether a setting names it: by id, or by name in any case, with or without its #. */
export function isNamed(
  setting: readonly string[],
  { id, name }: { readonly id: string; readonly name?: string | null },
): boolean {
  const own = name == null ? undefined : folded(name);
  return setting.some((one) => one === id || folded(one) === own);
}

/** A ticket bot's word for "closed" stands at the beginning of a channel's name. */
export function isClosedName(closedNames: readonly string[], name: string): boolean {
  const own = folded(name);
  return closedNames.some((begin) => begin !== "" && own.startsWith(folded(begin)));
}
