/** Ways to show something, best first. */
import { setTimeout as pause } from "node:timers/promises";
import { hasCode } from "../../../src/errors.ts";
import type { Log } from "../../../src/log.ts";
import { discordError } from "../errors.ts";

/** A rejection: the next one is tried. */
export type Way = () => Promise<unknown>;

/** Milliseconds. An answer waits so long for its turn rather than to be told elsewhere. */
const WORTH_WAITING_MS = 5000;
const TURNS = 3;

/** Shows it by the first way that works. Never rejects; `kind` is for the log. */
export async function firstOf(log: Log, kind: string, ways: readonly Way[]): Promise<void> {
  for (const [index, way] of ways.entries()) {
    try {
      return await inTurn(way);
    } catch (error) {
      // The error of the SDK has the token and the words in it: ours has Discord's number.
      const { message: reason } = discordError(error);
      const isLast = index === ways.length - 1;
      if (isLast) log.warn({ reason, kind }, "an answer could not be shown in Discord");
      else log.info({ reason, kind }, "an answer takes another way");
    }
  }
}

/** Limits of many answers at once are over in a moment (F3). */
async function inTurn(way: Way): Promise<void> {
  for (let turn = 1; ; turn += 1) {
    try {
      await way();
      return;
    } catch (error) {
      const known = discordError(error);
      const { retryAfterMs = 0 } = known;
      const waits = hasCode(known, "rate-limited") && retryAfterMs <= WORTH_WAITING_MS;
      if (!waits || turn === TURNS) throw known;
      await pause(retryAfterMs);
    }
  }
}
