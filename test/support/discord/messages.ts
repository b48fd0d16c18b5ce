/** Messages: writing, changing, deleting, reacting, with what the app hears of it. */
import type { Timeline } from "../net/time.ts";
import type { Events } from "./events.ts";
import type { Ids } from "./ids.ts";
import { NONCE_MS } from "./limits.ts";
import { type AllowedMentions, pingsIn, textsOf } from "./mentions.ts";
import {
  type Attachment,
  type Channel,
  type Json,
  type Message,
  messageTypes,
  type User,
} from "./model.ts";
import type { Threads } from "./threads.ts";

export interface NewMessage {
  readonly author: User;
  readonly id?: string;
  readonly type?: number;
  readonly content?: string;
  readonly embeds?: readonly Json[];
  readonly components?: readonly Json[];
  readonly attachments?: readonly Attachment[];
  readonly flags?: number;
  readonly replyTo?: Message | undefined;
  /** Of a notice. */
  readonly reference?: Message["reference"];
  /** Ids of who is mentioned, whatever the text says. */
  readonly mentions?: readonly string[];
  readonly nonce?: string | undefined;
  readonly allowed?: AllowedMentions | undefined;
  readonly whisperTo?: string | undefined;
  readonly interaction?: Json | undefined;
}

export interface Change {
  readonly content?: string | undefined;
  readonly embeds?: Json[] | undefined;
  readonly components?: Json[] | undefined;
  readonly attachments?: Attachment[] | undefined;
  readonly flags?: number | undefined;
  readonly allowed?: AllowedMentions | undefined;
}

export interface Messages {
  post(channel: Channel, message: NewMessage): Message;
  /** `edited: false`: it becomes what it was meant to be, as a deferred answer does. */
  change(message: Message, change: Change, edited?: boolean): void;
  remove(message: Message): void;
  react(message: Message, userId: string, emoji: string): void;
  unreact(message: Message, userId: string, emoji: string): void;
  /** Takes all reactions away, or all with this emoji. */
  clear(message: Message, emoji?: string): void;
  /** The message that this nonce of this author made some minutes ago, wherever that was. */
  byNonce(author: User, nonce: string): Message | undefined;
}

export function createMessages(
  ids: Ids,
  timeline: Timeline,
  events: Events,
  threads: Threads,
): Messages {
  const byNonce = new Map<string, Message>();
  return {
    post(channel, given) {
      const { author, content = "", components = [], allowed, replyTo } = given;
      if (channel.thread !== undefined) threads.revive(channel, author);
      const message: Message = {
        id: given.id ?? ids.snowflake(),
        channel,
        author,
        type: given.type ?? (replyTo === undefined ? messageTypes.written : messageTypes.reply),
        content,
        embeds: [...(given.embeds ?? [])],
        components: [...components],
        attachments: [...(given.attachments ?? [])],
        flags: given.flags ?? 0,
        at: timeline.now(),
        editedAt: undefined,
        replyTo: replyTo?.id,
        reference: given.reference,
        nonce: given.nonce,
        pings: [
          ...(given.mentions ??
            pingsIn(textsOf(content, components), channel, author, allowed, replyTo?.author)),
        ],
        whisperTo: given.whisperTo,
        interaction: given.interaction,
        reactions: new Map(),
        thread: undefined,
      };
      channel.messages.push(message);
      if (message.nonce !== undefined) byNonce.set(`${author.id} ${message.nonce}`, message);
      if (message.whisperTo === undefined) channel.lastMessageId = message.id;
      events.message("MESSAGE_CREATE", message);
      return message;
    },
    change(message, { allowed, ...change }, edited = true) {
      const given = Object.entries(change).filter(([, value]) => value !== undefined);
      Object.assign(message, Object.fromEntries(given));
      if (edited) message.editedAt = timeline.now();
      else {
        const text = textsOf(message.content, message.components);
        message.pings = pingsIn(text, message.channel, message.author, allowed);
      }
      events.message("MESSAGE_UPDATE", message);
    },
    remove(message) {
      const { messages } = message.channel;
      messages.splice(messages.indexOf(message), 1);
      events.messageDeleted(message);
    },
    react(message, userId, emoji) {
      const users = message.reactions.get(emoji) ?? [];
      if (users.includes(userId)) return;
      message.reactions.set(emoji, [...users, userId]);
      events.reaction("MESSAGE_REACTION_ADD", message, userId, emoji);
    },
    unreact(message, userId, emoji) {
      const users = message.reactions.get(emoji) ?? [];
      if (!users.includes(userId)) return;
      const left = users.filter((id) => id !== userId);
      if (left.length === 0) message.reactions.delete(emoji);
      else message.reactions.set(emoji, left);
      events.reaction("MESSAGE_REACTION_REMOVE", message, userId, emoji);
    },
    clear(message, emoji) {
      if (emoji === undefined) message.reactions.clear();
      else if (!message.reactions.delete(emoji)) return;
      events.cleared(message, emoji);
    },
    byNonce(author, nonce) {
      const known = byNonce.get(`${author.id} ${nonce}`);
      return known !== undefined && timeline.now() - known.at <= NONCE_MS ? known : undefined;
    },
  };
}
