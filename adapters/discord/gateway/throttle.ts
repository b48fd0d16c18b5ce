/**
 * When a shard may IDENTIFY: never sooner than Discord's concurrency allows, and never so often that
 * the token is at risk (budget.ts). The SDK asks before each one.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { Budget, StartLimit } from "./budget.ts";

export interface ThrottleOptions {
  readonly budget: Budget;
  /** What Discord says is left; undefined when it cannot be asked. */
  readonly readLimit: () => Promise<StartLimit | undefined>;
  /** How many shards may begin at the same time; the next ones after `turnMs`. */
  readonly concurrency: number;
  readonly turnMs: number;
  /** A shard has to wait for so many milliseconds; 0: no more. */
  readonly onWait: (shardId: number, milliseconds: number) => void;
  /** From now on no shard may begin. */
  readonly stopped: AbortSignal;
}

/** What the SDK calls an identify throttler. */
export function createThrottle(options: ThrottleOptions) {
  const { budget, concurrency, turnMs, onWait, stopped } = options;
  const queues = new Map<number, Promise<unknown>>();
  const lastAt = new Map<number, number>();

  /** What one shard has used up does not keep the others waiting. */
  const affordable = async (shardId: number, signal: AbortSignal): Promise<void> => {
    const wait = await budget.wait(shardId, await options.readLimit());
    if (wait <= 0) return;
    onWait(shardId, wait);
    await pause(wait, undefined, { signal });
  };
  const take = async (shardId: number, key: number, signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    const wait = (lastAt.get(key) ?? -turnMs) + turnMs - performance.now();
    if (wait > 0) await pause(wait, undefined, { signal });
    lastAt.set(key, performance.now());
    onWait(shardId, 0);
    await budget.note(shardId);
    signal.throwIfAborted();
  };
  const begin = async (shardId: number, signal: AbortSignal): Promise<void> => {
    await affordable(shardId, signal);
    const key = shardId % concurrency;
    const turn = (queues.get(key) ?? Promise.resolve()).then(() => take(shardId, key, signal));
    const queue = turn.catch(() => {});
    queues.set(key, queue);
    await turn;
  };

  return {
    async waitForIdentify(shardId: number, closed: AbortSignal): Promise<void> {
      try {
        await begin(shardId, AbortSignal.any([closed, stopped]));
      } catch (error) {
        // The SDK would open a new line for a shard that may not begin: when all ends, it waits.
        if (!closed.aborted && stopped.aborted) await new Promise(() => {});
        throw error;
      }
    },
  };
}
