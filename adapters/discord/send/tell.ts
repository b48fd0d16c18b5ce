/** What we say to somebody beside the deliveries of the core: answers to what they wrote. */
import { setTimeout as pause } from "node:timers/promises";
import type { Log } from "../../../src/log.ts";
import type { ChatPlatform, Message } from "../../../src/platform.ts";
import { passes } from "../../common/patience.ts";
import { discordError } from "../errors.ts";
import type { DiscordGuild } from "../guilds.ts";

/**
 * Says something to somebody in their direct messages: tries a few times, with the same key (at most
 * 25 characters) so that it is said once. Never rejects.
 */
export type Tell = (
  guild: DiscordGuild,
  userId: string,
  message: Message,
  key: string,
) => Promise<void>;

/** Pauses between the tries, in milliseconds. */
const PAUSES: readonly number[] = [1000, 5000, 20_000];
/** An answer that would come later than this comes too late. */
const MOST_MS = 60_000;

export interface TellOptions {
  readonly send: ChatPlatform["send"];
  readonly running: () => boolean;
  readonly log: Log;
  readonly pauses?: readonly number[];
}

export function createTell({ send, running, log, pauses = PAUSES }: TellOptions): Tell {
  return async ({ ref }, userId, message, key) => {
    for (const wait of [...pauses, undefined]) {
      try {
        await send(ref, { kind: "direct", userId }, message, key);
        return;
      } catch (error) {
        const known = discordError(error);
        const { retryAfterMs = 0 } = known;
        const again = wait !== undefined && passes(known) && retryAfterMs <= MOST_MS;
        if (!again || !running()) {
          log.warn({ error: known, advice: known.advice }, "somebody could not be answered");
          return;
        }
        await pause(Math.max(wait, retryAfterMs), undefined, { ref: false });
      }
    }
  };
}
