/** Values read from Slack and kept for a while. */
import { AppError, hasCode } from "../../src/errors.ts";
import { createMemo, type Memo, type MemoOptions } from "../common/memo.ts";
import { DEFAULT_LIMIT_MS, slackError } from "./errors.ts";

/** As a common memo; while Slack asks us to wait, nothing is asked. `read` throws AppErrors. */
export function createSlackMemo<T>({ load, ...options }: MemoOptions<T>): Memo<T> {
  const { now } = options;
  let limitedUntil = 0;
  return createMemo({
    ...options,
    async load(key) {
      if (now() < limitedUntil) throw limitedFor(limitedUntil - now());
      try {
        return await load(key);
      } catch (error) {
        const known = slackError(error, "read");
        if (hasCode(known, "rate-limited")) {
          limitedUntil = now() + (known.retryAfterMs ?? DEFAULT_LIMIT_MS);
        }
        throw known;
      }
    },
  });
}

function limitedFor(retryAfterMs: number): AppError {
  return new AppError("rate-limited", "Slack asked us to wait", { retryAfterMs });
}
