/** When this was listening for the last time: so much later is known what may have been missed. */
import type { Log } from "../../../src/log.ts";
import type { CoreServices } from "../../../src/platform.ts";

export interface Seen {
  /** Undefined when it never was, or nobody knows. */
  last(shardId: number): Promise<Date | undefined>;
  /** From now on this shard misses nothing. */
  begin(shardId: number): void;
  /** It may have missed something. */
  end(shardId: number): void;
  /** Keeps that all shards that miss nothing were here now. Never rejects. */
  note(): Promise<void>;
}

const nameOf = (shardId: number): string => `watch.seen.${shardId}`;

export function createSeen({
  core,
  now,
  log,
}: {
  readonly core: Pick<CoreServices, "readNote" | "keepNote">;
  readonly now: () => number;
  readonly log: Log;
}): Seen {
  const listening = new Set<number>();
  return {
    async last(shardId) {
      const kept = Number((await core.readNote(nameOf(shardId))) ?? Number.NaN);
      return Number.isFinite(kept) ? new Date(kept) : undefined;
    },
    begin: (shardId) => void listening.add(shardId),
    end: (shardId) => void listening.delete(shardId),
    async note() {
      try {
        for (const shardId of listening) await core.keepNote(nameOf(shardId), String(now()));
      } catch {
        log.debug("could not note that Discord was listened to");
      }
    },
  };
}
