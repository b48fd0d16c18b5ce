/** How an operator set this platform up, and what the parts of this adapter share. */

import type { Log } from "../../src/log.ts";
import type { CommandSpec } from "../../src/platform.ts";
import type { Say } from "../common/say.ts";

/** Channels, categories, roles and tags may be given by id or by name. */
export interface DiscordOptions {
  readonly token: string;
  /** Another base address than Discord's own, without /v10; the gateway comes from there. */
  readonly apiUrl?: string;
  /** The guilds to serve, by id; empty: the only one that the bot is in. */
  readonly guilds: readonly string[];
  /** Text channels (their threads), forums (their posts) and categories (their ticket channels). */
  readonly supportChannels: readonly string[];
  /** Roles. Empty: whoever may manage threads or messages. */
  readonly team: readonly string[];
  /** Roles. Empty: the admins only. */
  readonly leads: readonly string[];
  /** Roles. Empty: whoever may manage the server. */
  readonly admins: readonly string[];
  readonly leadsChannels: readonly string[];
  /** As themselves (✅), or the name of a guild's own emoji. */
  readonly closeEmoji: readonly string[];
  /** Names of forum tags that say "solved", compared without case. */
  readonly solvedTags: readonly string[];
  /** A ticket channel whose name begins with one of them is closed: `closed-`. */
  readonly closedNames: readonly string[];
  /** The shards that this process runs, of how many; absent: as many as Discord recommends, all here. */
  readonly shards?: { readonly ids: readonly number[]; readonly total: number };
  /** Slash commands as the core knows them. */
  readonly commands: readonly CommandSpec[];
  readonly say: Say;
  /** The languages that `say` knows, as BCP 47 tags. */
  readonly languages: readonly string[];
  readonly log: Log;
  /** Milliseconds since the epoch; tests move it by hand. */
  readonly now?: () => number;
}
