/**
 * What Discord's gateway tells about messages, chats and marks on them → what it is about, as plain
 * data; undefined for everything that is nothing to us (F19). Interactions have their own reader
 * (receive/interactions.ts).
 */

import type { ChatState } from "./receive/changes.ts";
import type { ChannelLike } from "./receive/chat.ts";
import {
  type AuditPayload,
  auditEntry,
  type ChannelPayload,
  channel,
  type MessagePayload,
  message,
  packet,
  type ReactionPayload,
  reaction,
  ready,
  threadList,
} from "./receive/payloads.ts";

/** Something happened. `sequence` counts within a session: a replayed event has the same. */
export type Happening = { readonly sequence: number } & (
  | { readonly kind: "ready"; readonly session: string }
  | { readonly kind: "resumed" }
  | { readonly kind: "message"; readonly message: MessagePayload }
  | { readonly kind: "thread-seen"; readonly channel: ChannelPayload }
  | {
      readonly kind: "threads-gained";
      readonly guildId: string;
      readonly channels: readonly ChannelPayload[];
    }
  | { readonly kind: "channel-changed"; readonly channel: ChannelPayload }
  | { readonly kind: "channel-deleted"; readonly channel: ChannelPayload }
  | { readonly kind: "reaction"; readonly added: boolean; readonly reaction: ReactionPayload }
  | { readonly kind: "audited"; readonly entry: AuditPayload }
);

/** A packet of the gateway, whatever it may be. */
export function readPacket(incoming: unknown): Happening | undefined {
  const parsed = packet.safeParse(incoming);
  if (!parsed.success) return undefined;
  const { t, s, d } = parsed.data;
  const what = readEvent(t, d);
  return what === undefined ? undefined : { ...what, sequence: s ?? 0 };
}

type Unnumbered<H> = H extends unknown ? Omit<H, "sequence"> : never;

function readEvent(type: string, data: unknown): Unnumbered<Happening> | undefined {
  switch (type) {
    case "READY":
      return made(ready.safeParse(data), ({ session_id }) => ({
        kind: "ready",
        session: session_id,
      }));
    case "RESUMED":
      return { kind: "resumed" };
    case "MESSAGE_CREATE":
      return made(message.safeParse(data), (found) => ({ kind: "message", message: found }));
    case "THREAD_CREATE":
      return made(channel.safeParse(data), (found) => ({ kind: "thread-seen", channel: found }));
    case "THREAD_LIST_SYNC":
      return made(threadList.safeParse(data), ({ guild_id, threads }) => ({
        kind: "threads-gained",
        guildId: guild_id,
        channels: threads,
      }));
    case "THREAD_UPDATE":
    case "CHANNEL_UPDATE":
      return made(channel.safeParse(data), (found) => ({
        kind: "channel-changed",
        channel: found,
      }));
    case "THREAD_DELETE":
    case "CHANNEL_DELETE":
      return made(channel.safeParse(data), (found) => ({
        kind: "channel-deleted",
        channel: found,
      }));
    case "MESSAGE_REACTION_ADD":
    case "MESSAGE_REACTION_REMOVE":
    case "MESSAGE_REACTION_REMOVE_EMOJI":
      return made(reaction.safeParse(data), (found) => ({
        kind: "reaction",
        added: type === "MESSAGE_REACTION_ADD",
        reaction: found,
      }));
    case "GUILD_AUDIT_LOG_ENTRY_CREATE":
      return made(auditEntry.safeParse(data), (entry) => ({ kind: "audited", entry }));
    default:
      return undefined;
  }
}

function made<T>(
  parsed: { readonly success: true; readonly data: T } | { readonly success: false },
  make: (data: T) => Unnumbered<Happening>,
): Unnumbered<Happening> | undefined {
  return parsed.success ? make(parsed.data) : undefined;
}

/** A payload's channel as the rest knows channels. */
export function channelOf({
  id,
  type,
  guild_id,
  parent_id,
  owner_id,
  name,
  applied_tags,
}: ChannelPayload): ChannelLike {
  return {
    ...{ id, type },
    ...(guild_id == null ? {} : { guildId: guild_id }),
    ...(parent_id == null ? {} : { parentId: parent_id }),
    ...(owner_id == null ? {} : { ownerId: owner_id }),
    ...(name == null ? {} : { name }),
    ...(applied_tags === undefined ? {} : { appliedTags: applied_tags }),
  };
}

/** How a thread stands; a channel is neither archived nor locked. */
export function threadState({
  thread_metadata,
}: ChannelPayload): Pick<ChatState, "archived" | "locked"> {
  const { archived = false, locked = false } = thread_metadata ?? {};
  return { archived, locked };
}
