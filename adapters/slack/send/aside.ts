/**
 * Calls beside the sending: looking for messages, removing them. When Slack asks those to wait, only
 * they wait, in that workspace: what goes out for the first time has limits of its own.
 */
import { AppError, hasCode } from "../../../src/errors.ts";
import { DEFAULT_LIMIT_MS, slackError } from "../errors.ts";
import type { SlackWorkspace } from "../workspace.ts";

/** @throws AppError, also while it has to wait: then nothing is called. */
export type Aside = <T>(workspace: SlackWorkspace, work: () => Promise<T>) => Promise<T>;

/** `doing` is what has to wait, for operators; `now` gives milliseconds. */
export function createAside(doing: string, now: () => number): Aside {
  const limitedUntil = new Map<string, number>();
  const limited = (retryAfterMs: number, cause?: AppError) =>
    new AppError("rate-limited", `Slack asked us to wait before ${doing}`, {
      retryAfterMs,
      ...(cause === undefined ? {} : { cause }),
    });
  return async (workspace, work) => {
    const id = workspace.ref.externalId;
    const wait = (limitedUntil.get(id) ?? 0) - now();
    if (wait > 0) throw limited(wait);
    try {
      return await work();
    } catch (error) {
      const known = slackError(error, "read");
      if (!hasCode(known, "rate-limited")) throw known;
      const retryAfterMs = known.retryAfterMs ?? DEFAULT_LIMIT_MS;
      limitedUntil.set(id, now() + retryAfterMs);
      throw limited(retryAfterMs, known);
    }
  };
}
