/** What a Discord consists of. */
import type { Command } from "./command-rules.ts";

export type Json = Record<string, unknown>;

/** "Channel", section on types. */
export const channelTypes = {
  text: 0,
  direct: 1,
  category: 4,
  publicThread: 11,
  privateThread: 12,
  forum: 15,
} as const;
export type ChannelType = (typeof channelTypes)[keyof typeof channelTypes];

/** "Message", section on types: what people and apps write, and Discord's own notices. */
export const messageTypes = {
  written: 0,
  recipientAdd: 1,
  channelName: 4,
  threadCreated: 18,
  reply: 19,
  command: 20,
  threadStarter: 21,
  messageCommand: 23,
} as const;
const notices = new Set<number>([
  messageTypes.recipientAdd,
  messageTypes.channelName,
  messageTypes.threadCreated,
  messageTypes.threadStarter,
]);
/** "Message", section on types, column "deletable": these stay, whoever wants them gone. */
const lasting = new Set<number>([
  messageTypes.recipientAdd,
  messageTypes.channelName,
  messageTypes.threadStarter,
]);
export const isLasting = ({ type }: Message): boolean => lasting.has(type);

/** Whether Discord wrote it, not a person or an app. */
export const isNotice = ({ type }: Message): boolean => notices.has(type);

/** "Message", section on flags. */
export const flags = {
  suppressEmbeds: 1 << 2,
  ephemeral: 1 << 6,
  loading: 1 << 7,
  silent: 1 << 12,
  v2: 1 << 15,
};

export interface User {
  readonly id: string;
  name: string;
  readonly bot: boolean;
  /** It is no account, but the name under which a webhook writes. */
  readonly webhook: boolean;
  /** The language of their client. */
  locale: string;
  /** "closed": takes no direct messages of this bot, or of members of the guilds they share. */
  dm: "open" | "closed";
}

export interface Role {
  readonly id: string;
  name: string;
  permissions: bigint;
  mentionable: boolean;
}

export interface Member {
  readonly user: User;
  readonly guild: Guild;
  readonly roles: Set<string>;
  readonly joinedAt: number;
}

export interface AuditEntry {
  readonly id: string;
  readonly userId: string;
  readonly targetId: string;
  readonly action: number;
  readonly changes: readonly Json[];
}

export interface Guild {
  readonly id: string;
  name: string;
  locale: string;
  /** Only these choose a language; the others have "en-US". */
  readonly community: boolean;
  /** Id → name. */
  readonly emojis: Map<string, string>;
  readonly owner: User;
  readonly roles: Map<string, Role>;
  readonly members: Map<string, Member>;
  readonly audit: AuditEntry[];
  readonly commands: Map<string, Command>;
  /** "unavailable": an outage at Discord; "out": the bot is no member (any more). */
  bot: "in" | "unavailable" | "out";
}

export interface Overwrite {
  readonly id: string;
  /** 0 a role, 1 a member. */
  readonly type: 0 | 1;
  allow: bigint;
  deny: bigint;
}

export interface ThreadState {
  readonly ownerId: string;
  readonly createdAt: number;
  archived: boolean;
  locked: boolean;
  /** Minutes without a message after which Discord archives it. */
  autoArchive: number;
  /** When it was last archived or unarchived. */
  archivedAt: number;
  activeAt: number;
  tags: string[];
  readonly members: Set<string>;
}

export interface ForumTag {
  readonly id: string;
  readonly name: string;
  readonly moderated: boolean;
}

export interface Channel {
  readonly id: string;
  readonly type: ChannelType;
  readonly guild: Guild | undefined;
  name: string;
  topic: string | undefined;
  parent: Channel | undefined;
  readonly overwrites: Map<string, Overwrite>;
  readonly thread: ThreadState | undefined;
  readonly tags: ForumTag[];
  /** Of a direct message: the other one. */
  readonly recipient: User | undefined;
  readonly messages: Message[];
  /** It stays when that message is deleted ("Channel"). */
  lastMessageId: string | undefined;
  deleted: boolean;
}

export interface Attachment {
  readonly id: string;
  readonly filename: string;
  readonly description: string | undefined;
  readonly bytes: Buffer;
  readonly contentType: string;
}

export interface Message {
  readonly id: string;
  readonly channel: Channel;
  readonly author: User;
  /** One of `messageTypes`. */
  readonly type: number;
  content: string;
  embeds: Json[];
  components: Json[];
  attachments: Attachment[];
  flags: number;
  readonly at: number;
  editedAt: number | undefined;
  /** The message it replies to. */
  readonly replyTo: string | undefined;
  /** What a notice is about. */
  readonly reference: { channel: Channel; message: Message | undefined } | undefined;
  readonly nonce: string | undefined;
  /** Ids, "@everyone" or "@here": who was really notified when it was sent. */
  pings: string[];
  /** The only one who sees it. */
  readonly whisperTo: string | undefined;
  readonly interaction: Json | undefined;
  /** Emoji → ids of users. */
  readonly reactions: Map<string, string[]>;
  /** The thread that was started from it. */
  thread: Channel | undefined;
}

/** Whether it is a thread. */
export const isThread = (channel: Channel): channel is Channel & { thread: ThreadState } =>
  channel.thread !== undefined;
