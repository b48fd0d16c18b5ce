/** Messages: posting, changing, deleting, reacting, and the events that follow. */
import { randomUUID } from "node:crypto";
import type { Events } from "./events.ts";
import type { Channel, Json, Message, Metadata, Team, UploadedFile, Whisper } from "./model.ts";
import { Refusal } from "./refusal.ts";
import type { State } from "./state.ts";
import type { Timeline } from "./time.ts";
import { messageJson } from "./wire.ts";

export interface NewMessage {
  readonly user: string;
  readonly team: Team;
  readonly text: string;
  readonly blocks?: readonly Json[] | undefined;
  readonly attachments?: readonly Json[] | undefined;
  readonly threadTs?: string | undefined;
  readonly botId?: string;
  readonly appId?: string | undefined;
  readonly subtype?: string;
  readonly metadata?: Metadata | undefined;
  readonly files?: UploadedFile[];
  readonly unfurl?: Message["unfurl"];
}

export interface Change {
  readonly text?: string;
  readonly blocks?: readonly Json[] | undefined;
  readonly attachments?: readonly Json[] | undefined;
  readonly metadata?: Metadata | undefined;
}

export interface Messages {
  post(channel: Channel, message: NewMessage): Message;
  /** `change` replaces text, blocks and attachments together, as chat.update does. */
  change(message: Message, by: string, change: Change): void;
  remove(message: Message): void;
  react(message: Message, user: string, emoji: string): void;
  unreact(message: Message, user: string, emoji: string): void;
  whisper(whisper: Omit<Whisper, "ts" | "edited">): Whisper;
  replies(message: Message): Message[];
}

/** `events` tells the app; nothing here knows how. */
export function createMessages(state: State, events: Events, timeline: Timeline): Messages {
  const changed = (message: Message, before: Json) => {
    const ts = timeline.ts();
    events.inChannel(message.channel, message.user, {
      type: "message",
      subtype: "message_changed",
      hidden: true,
      channel: message.channel.id,
      ts,
      event_ts: ts,
      message: messageJson(message, replies(message)),
      previous_message: before,
    });
  };
  const replies = (message: Message) =>
    message.channel.messages.filter(
      (other) => other.threadTs === message.ts && other.ts !== message.ts && !other.deleted,
    );
  const reaction = (type: string, message: Message, user: string, emoji: string) =>
    events.inChannel(message.channel, user, {
      type,
      user,
      reaction: emoji,
      item: { type: "message", channel: message.channel.id, ts: message.ts },
      item_user: message.user,
      event_ts: timeline.ts(),
    });

  return {
    replies,
    post(channel, input) {
      const message = newMessage(state, channel, input, timeline.ts());
      channel.messages.push(message);
      events.inChannel(channel, message.user, {
        ...messageJson(message, []),
        channel: channel.id,
        event_ts: message.ts,
        ...(message.botId === undefined ? { client_msg_id: randomUUID() } : {}),
      });
      return message;
    },
    change(message, by, change) {
      const before = messageJson(message, replies(message));
      if (change.text !== undefined) message.text = change.text;
      if ("blocks" in change) message.blocks = change.blocks;
      if ("attachments" in change) message.attachments = change.attachments;
      if (change.metadata !== undefined) message.metadata = change.metadata;
      // "chat.update": a message of an app that is changed with blocks is not marked as edited.
      if (change.blocks === undefined || message.botId === undefined) {
        message.edited = { user: by, ts: timeline.ts() };
      }
      changed(message, before);
    },
    remove(message) {
      const before = messageJson(message, replies(message));
      if (replies(message).length > 0) {
        message.subtype = "tombstone";
        message.text = "This message was deleted.";
        message.blocks = undefined;
        message.attachments = undefined;
        message.metadata = undefined;
        changed(message, before);
        return;
      }
      message.deleted = true;
      const ts = timeline.ts();
      events.inChannel(message.channel, message.user, {
        type: "message",
        subtype: "message_deleted",
        hidden: true,
        channel: message.channel.id,
        ts,
        event_ts: ts,
        deleted_ts: message.ts,
        previous_message: before,
      });
    },
    react(message, user, emoji) {
      const users = message.reactions.get(emoji) ?? [];
      if (users.includes(user)) throw new Refusal("already_reacted");
      message.reactions.set(emoji, [...users, user]);
      reaction("reaction_added", message, user, emoji);
    },
    unreact(message, user, emoji) {
      const users = message.reactions.get(emoji) ?? [];
      if (!users.includes(user)) throw new Refusal("no_reaction");
      const left = users.filter((other) => other !== user);
      if (left.length === 0) message.reactions.delete(emoji);
      else message.reactions.set(emoji, left);
      reaction("reaction_removed", message, user, emoji);
    },
    whisper(input) {
      const whisper: Whisper = { ...input, ts: timeline.ts(), edited: false };
      input.channel.whispers.push(whisper);
      return whisper;
    },
  };
}

/** A reply to a reply belongs to the thread's root, as in Slack. */
function rootOf(state: State, channel: Channel, threadTs: string | undefined): string | undefined {
  if (threadTs === undefined) return undefined;
  const parent = state.message(channel, threadTs);
  if (parent === undefined) throw new Refusal("thread_not_found");
  return parent.threadTs ?? parent.ts;
}

function newMessage(state: State, channel: Channel, input: NewMessage, ts: string): Message {
  const message: Message = {
    ts,
    channel,
    user: input.user,
    team: input.team,
    botId: input.botId,
    appId: input.appId,
    subtype: input.subtype,
    text: input.text,
    blocks: input.blocks,
    attachments: input.attachments,
    threadTs: rootOf(state, channel, input.threadTs),
    metadata: input.metadata,
    edited: undefined,
    reactions: new Map(),
    files: input.files ?? [],
    unfurl: input.unfurl ?? { links: false, media: true },
    deleted: false,
  };
  for (const file of message.files) file.shares.push({ channel, ts });
  return message;
}
