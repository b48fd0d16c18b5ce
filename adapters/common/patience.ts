/** Trying again and not waiting too long: for the calls that are no deliveries. */
import { setTimeout as pause } from "node:timers/promises";
import { type AppError, hasCode } from "../../src/errors.ts";

/** Pauses between the tries at start, in milliseconds: a platform may be away for a moment. */
const START_PAUSES: readonly number[] = [1000, 2000, 5000, 10_000];

/** Calls until it works, with these pauses; a definite refusal is thrown at once. */
export type Persist = <T>(call: () => Promise<T>, pauses?: readonly number[]) => Promise<T>;

/** `errorOf` makes an AppError of whatever a call to the platform threw. */
export function createPersist(errorOf: (error: unknown) => AppError): Persist {
  return async (call, pauses = START_PAUSES) => {
    for (const wait of pauses) {
      try {
        return await call();
      } catch (error) {
        const known = errorOf(error);
        if (!passes(known)) throw known;
        await pause(Math.max(wait, Math.min(known.retryAfterMs ?? 0, wait * 10)));
      }
    }
    return call().catch((error: unknown) => {
      throw errorOf(error);
    });
  };
}

/** True for what may work in a moment. */
export function passes(error: AppError): boolean {
  return hasCode(error, "temporary") || hasCode(error, "rate-limited");
}

/** The value, or undefined when it is not there in time; the work itself goes on. */
export async function within<T>(work: Promise<T>, milliseconds: number): Promise<T | undefined> {
  const timer = new AbortController();
  const late = pause(milliseconds, undefined, { signal: timer.signal });
  try {
    return await Promise.race([work, late.catch(() => undefined)]);
  } finally {
    timer.abort();
  }
}
