/** Doing what happened to us, again and again while that can help. */
import { setTimeout as pause } from "node:timers/promises";
import { AppError, hasCode } from "../../../src/errors.ts";
import type { Log } from "../../../src/log.ts";
import { passes } from "../../common/patience.ts";

const LONGEST_PAUSE_MS = 60_000;

export type Work = () => Promise<void>;

export interface TryingOptions {
  /** The first pause before something is tried again; it doubles up to a minute. */
  readonly retryMs: number;
  /** What has failed for so many milliseconds is left. */
  readonly giveUpMs: number;
  readonly log: Log;
  readonly stopped: AbortSignal;
}

/** False when it has to be read back: it may work later. What never will is done with. Never rejects. */
export type CarryOut = (work: Work) => Promise<boolean>;

export function createTrying({ retryMs, giveUpMs, log, stopped }: TryingOptions): CarryOut {
  return async (work) => {
    for (let waited = 0, wait = retryMs; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
      const error = await failureOf(work);
      if (error === undefined) return true;
      const isOver = !mayPass(error) || waited >= giveUpMs;
      if (isOver || waited === 0) {
        const { code, message: reason, advice } = error;
        log.warn(
          { code, reason, advice, again: !isOver },
          "could not take in what happened in Discord",
        );
      }
      if (isOver || stopped.aborted) return !mayPass(error);
      const longer = Math.max(wait, error.retryAfterMs ?? 0);
      waited += longer;
      await pause(longer, undefined, { signal: stopped }).catch(() => {});
    }
  };
}

async function failureOf(work: Work): Promise<AppError | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error;
    // A bug, or a failure of the core's. Its text may hold anything.
    const name = error instanceof Error ? error.name : typeof error;
    return new AppError("temporary", `an unexpected failure (${name})`, { cause: error });
  }
}

const mayPass = (error: AppError): boolean => passes(error) || hasCode(error, "database-away");
