/** Values read from Slack and kept for a while: bounded, each asked for once at a time. */
import { AppError, hasCode } from "../../src/errors.ts";
import { DEFAULT_LIMIT_MS, slackError } from "./errors.ts";

export interface MemoOptions<T> {
  readonly load: (key: string) => Promise<T>;
  /** How long a value may be used, in milliseconds. */
  readonly ttl: (value: T) => number;
  readonly max: number;
  readonly now: () => number;
}

export interface Memo<T> {
  /** The value, at most as old as it may be. @throws AppError when it cannot be read. */
  read(key: string): Promise<T>;
  /** What was read last, however old. */
  last(key: string): T | undefined;
  /** It has changed: also an answer that is under way is not kept. */
  forget(key: string): void;
}

export function createMemo<T>(options: MemoOptions<T>): Memo<T> {
  const { load, ttl, max, now } = options;
  const kept = new Map<string, { readonly value: T; readonly at: number }>();
  const flights = new Map<string, Promise<T>>();
  let limitedUntil = 0;

  const keep = (key: string, value: T, at: number) => {
    kept.delete(key);
    kept.set(key, { value, at });
    const oldest = kept.keys().next();
    if (kept.size > max && !oldest.done) kept.delete(oldest.value);
  };
  const fly = (key: string): Promise<T> => {
    const at = now();
    const flight: Promise<T> = load(key)
      .then((value) => {
        if (flights.get(key) === flight) keep(key, value, at);
        return value;
      })
      .catch((error: unknown) => {
        const known = slackError(error, "read");
        if (hasCode(known, "rate-limited")) {
          limitedUntil = now() + (known.retryAfterMs ?? DEFAULT_LIMIT_MS);
        }
        throw known;
      })
      .finally(() => {
        if (flights.get(key) === flight) flights.delete(key);
      });
    flights.set(key, flight);
    return flight;
  };
  return {
    async read(key) {
      const known = kept.get(key);
      if (known !== undefined && now() - known.at < ttl(known.value)) return known.value;
      const flight = flights.get(key);
      if (flight !== undefined) return flight;
      if (now() < limitedUntil) throw limitedFor(limitedUntil - now());
      return fly(key);
    },
    last: (key) => kept.get(key)?.value,
    forget(key) {
      kept.delete(key);
      flights.delete(key);
    },
  };
}

function limitedFor(retryAfterMs: number): AppError {
  return new AppError("rate-limited", "Slack asked us to wait", { retryAfterMs });
}
