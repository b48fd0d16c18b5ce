/** Discord, whole: the guilds, what comes in from them, what goes out to them. */
import type { ChatPlatform, ConnectionRef } from "../../src/platform.ts";

export interface DiscordPlatform {
  readonly platform: ChatPlatform;
  /** The guilds that are served and that the bot is in. */
  readonly connections: readonly {
    readonly ref: ConnectionRef;
    readonly name: string;
    readonly settings?: { readonly locale?: string };
  }[];
}

/** Pauses between tries at start, in milliseconds; tests shorten them. */
export interface DiscordPauses {
  readonly start?: readonly number[];
}
