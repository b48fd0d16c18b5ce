/** What keeps shards from telling us anything: refused for good, or told to wait. */
import type { AppError } from "../../../src/errors.ts";

export interface Shards {
  /** It was refused for good: why. Undefined: it has a session (again). */
  ends(shardId: number, ending: AppError | undefined): void;
  /** It has to wait for so long before it may begin; 0: no more. Undefined: all of them. */
  waits(shardId: number | undefined, milliseconds: number): void;
  /** The refusal of any shard. */
  ending(): AppError | undefined;
  /** Refused or waiting: nothing that a new connection would mend. */
  isExcused(shardId: number): boolean;
  /** Why it (or any) does not begin, for operators. */
  unready(shardId?: number): string | undefined;
}

/** Shorter waits are the usual turn-taking of shards. */
const WORTH_SAYING_MS = 10_000;

export function createShards(now: () => number): Shards {
  const endings = new Map<number, AppError>();
  const until = new Map<number | undefined, number>();
  const waitingUntil = (shardId: number | undefined) => until.get(shardId) ?? until.get(undefined);
  return {
    ends(shardId, ending) {
      if (ending === undefined) endings.delete(shardId);
      else endings.set(shardId, ending);
    },
    waits(shardId, milliseconds) {
      if (milliseconds < WORTH_SAYING_MS) until.delete(shardId);
      else until.set(shardId, now() + milliseconds);
    },
    ending: () => [...endings.values()][0],
    isExcused: (shardId) => endings.has(shardId) || waitingUntil(shardId) !== undefined,
    unready(shardId) {
      const ending = shardId === undefined ? [...endings.values()][0] : endings.get(shardId);
      if (ending !== undefined) return ending.message;
      const waits = shardId === undefined ? Math.max(0, ...until.values()) : waitingUntil(shardId);
      if (!waits) return undefined;
      return `Discord's gateway was opened too often lately; the next time is ${new Date(waits).toISOString()}`;
    },
  };
}
