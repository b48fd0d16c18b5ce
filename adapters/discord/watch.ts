/**
 * Everything that happens in Discord without being asked of us: messages in support chats and in
 * direct messages, chats that are closed and opened again, guilds and places that open. Each place
 * has its line, so that its events reach the inbox in their order; nothing rejects.
 */
import type { Client } from "discord.js";
import type { CoreServices, Inbox } from "../../src/platform.ts";
import type { Directory } from "./directory.ts";
import type { Guilds } from "./guilds.ts";
import type { DiscordOptions } from "./options.ts";
import type { Support } from "./receive/chat.ts";
import type { Tell } from "./send.ts";

export interface WatchOptions {
  readonly client: Client;
  readonly guilds: Guilds;
  readonly directory: Directory;
  readonly support: Support;
  readonly inbox: Inbox;
  readonly core: Pick<CoreServices, "bookmarks" | "readNote" | "keepNote">;
  /** Says what the core replies to a direct message. */
  readonly tell: Tell;
  readonly options: Pick<
    DiscordOptions,
    "closeEmoji" | "closedNames" | "leadsChannels" | "solvedTags" | "log" | "now"
  >;
  readonly pace?: Partial<Pace>;
}

/** In milliseconds. */
export interface Pace {
  /** How long the audit log may take to say who did something, before it is asked. */
  readonly audit: number;
  /** Between two requests while reading back (F3). */
  readonly read: number;
  /** The first pause before something is tried again; it doubles up to a minute. */
  readonly retry: number;
  /** How long a stop waits for what is under way. */
  readonly stop: number;
  /** Between two notes of having been here. */
  readonly seen: number;
}

export interface Watch {
  /** Listens from now on; what comes before `onNewSession` waits for it. Before the login. */
  start(): void;
  /** A shard has a new session and its guilds are there: reads back what was missed (F8). */
  onNewSession(shardId: number): void;
  /** Takes nothing more and waits for what is under way, for a few seconds at most. */
  stop(): Promise<void>;
}

export declare function createWatch(options: WatchOptions): Watch;
