/** Trying again: for the calls that are no deliveries. */
import { setTimeout as pause } from "node:timers/promises";
import { discordError, passes } from "./errors.ts";

/** Pauses between the tries at start, in milliseconds: Discord may be away for a moment. */
const START_PAUSES: readonly number[] = [1000, 2000, 5000, 10_000];

/** Calls until it works, with these pauses; a definite refusal is thrown at once. */
export async function persist<T>(
  call: () => Promise<T>,
  pauses: readonly number[] = START_PAUSES,
): Promise<T> {
  for (const wait of pauses) {
    try {
      return await call();
    } catch (error) {
      const known = discordError(error, "read");
      if (!passes(known)) throw known;
      await pause(Math.max(wait, Math.min(known.retryAfterMs ?? 0, wait * 10)));
    }
  }
  return call().catch((error: unknown) => {
    throw discordError(error, "read");
  });
}
