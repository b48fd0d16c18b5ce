/**
 * The way in: the connections to Discord's gateway, their sessions and their health. What comes in
 * goes to the listeners of the client (listen.ts, watch.ts); here is only whether it can come.
 */
import type { Client } from "discord.js";
import type { CoreServices } from "../../src/platform.ts";
import type { DiscordOptions } from "./options.ts";

export interface GatewayOptions {
  readonly client: Client;
  readonly options: Pick<DiscordOptions, "log" | "shards">;
  readonly core: Pick<CoreServices, "readNote" | "keepNote">;
  /**
   * A shard has a new session, at the start or because the old one could not be resumed, and its
   * guilds are there: what happened before it has to be read back (F8). It may throw and reject.
   */
  readonly onNewSession?: (shardId: number) => unknown;
}

export interface Gateway {
  /**
   * Resolves when everything can come in, or after a while when Discord makes us wait; then it goes
   * on by itself and `unready` says why. Rejects with an AppError when there is something to mend.
   */
  start(): Promise<void>;
  /** Closes every line, whatever state it is in; never hangs, never rejects. */
  stop(): Promise<void>;
  /** Why nothing comes in just now, for operators. */
  unready(): string | undefined;
}
