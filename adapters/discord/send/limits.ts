/**
 * Where nothing is called for a while: a limit holds its place, or with Discord's global limit
 * everything that this process sends (F3).
 */
import { AppError, hasCode } from "../../../src/errors.ts";
import { DEFAULT_LIMIT_MS } from "../errors.ts";

export interface Limits {
  /** @throws AppError `rate-limited` while the place or everything has to wait. */
  check(place: string): void;
  /** Notes a limit; gives the error to throw, which says who waits. */
  note(place: string, error: AppError): AppError;
}

/** `now` gives milliseconds. */
export function createLimits(now: () => number): Limits {
  const places = new Map<string, number>();
  let all = 0;
  return {
    check(place) {
      if (all > now()) throw held("connection", all - now());
      const until = places.get(place) ?? 0;
      if (until > now()) throw held("place", until - now());
    },
    note(place, error) {
      if (!hasCode(error, "rate-limited")) return error;
      const { retryAfterMs = DEFAULT_LIMIT_MS, waits } = error;
      const until = now() + retryAfterMs;
      if (waits === "connection") {
        all = Math.max(all, until);
        return held("connection", retryAfterMs, error);
      }
      for (const [other, over] of places) if (over <= now()) places.delete(other);
      places.set(place, until);
      return held("place", retryAfterMs, error);
    },
  };
}

function held(waits: "place" | "connection", retryAfterMs: number, cause?: AppError): AppError {
  const whom = waits === "place" ? "at this place" : "everywhere";
  return new AppError("rate-limited", `Discord asked us to wait ${whom}`, {
    retryAfterMs,
    waits,
    ...(cause === undefined ? {} : { cause }),
  });
}
