/**
 * The way out: one call is one POST, failures are AppErrors, and a message carries its delivery's key
 * as the nonce by which Discord keeps a repeated message away (D4, D6).
 */
import type { Client } from "discord.js";
import type { ChatPlatform, Message } from "../../src/platform.ts";
import type { DiscordGuild, Guilds } from "./guilds.ts";
import type { DiscordOptions } from "./options.ts";

export interface SenderOptions {
  readonly client: Client;
  readonly guilds: Guilds;
  readonly options: DiscordOptions;
}

/**
 * Says something to somebody in their direct messages, beside the deliveries of the core: tries a
 * few times, with the same key (at most 25 characters) so that it is said once. Never rejects.
 */
export type Tell = (
  guild: DiscordGuild,
  userId: string,
  message: Message,
  key: string,
) => Promise<void>;

export type Sender = Required<Pick<ChatPlatform, "send" | "update">> & {
  readonly tell: Tell;
  /** Why nothing goes out: the token was refused. */
  unready(): string | undefined;
  stop(): void;
};
