/**
 * What people do comes in here: commands, buttons, menus, forms and what they type in the options of
 * commands. Written first, then answered, and always something in time, whatever the database does.
 */
import type { Client } from "discord.js";
import type { ChatRef, CoreServices, Inbox } from "../../src/platform.ts";
import type { Directory } from "./directory.ts";
import type { Guilds } from "./guilds.ts";
import type { DiscordOptions } from "./options.ts";
import type { Tell } from "./send.ts";

/** In milliseconds from when Discord told us of what somebody did. It waits 3 s. */
export interface Deadlines {
  /** An answer that is not there by then follows later, and "one moment" is shown. */
  readonly answer: number;
  /** The same where the answer is a form: that can only be the first answer. */
  readonly form: number;
  /** How long a stop waits for what is under way. */
  readonly stop: number;
}

export interface ListenerOptions {
  readonly client: Client;
  readonly options: Pick<DiscordOptions, "commands" | "say" | "log" | "now">;
  readonly guilds: Pick<Guilds, "all" | "find">;
  readonly directory: Directory;
  /** The support chat that a channel is, if it is one. */
  readonly support: {
    chatOf(channel: unknown): ChatRef | undefined;
  };
  readonly inbox: Inbox;
  readonly core: Pick<CoreServices, "suggest">;
  readonly tell: Tell;
  readonly deadlines?: Partial<Deadlines>;
}

export interface Listener {
  /** Listens from now on; the gateway is opened after this. */
  start(): void;
  /** Takes nothing more and finishes what is under way. Never rejects. */
  stop(): Promise<void>;
}
