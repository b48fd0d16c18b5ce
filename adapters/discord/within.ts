/** Not waiting too long. */
import { setTimeout as pause } from "node:timers/promises";

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
