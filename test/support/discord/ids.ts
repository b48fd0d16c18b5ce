/** Snowflakes ("Reference", section on snowflakes): milliseconds since 2015 in the upper 42 bits. */
import type { Timeline } from "../net/time.ts";

const DISCORD_EPOCH = 1_420_070_400_000n;
const LOW_BITS = 22n;

export interface Ids {
  /** Later than every one before it, even when the clock stands still. */
  snowflake(): string;
  /** Other names that only have to be unique: `next("session")` → "session-1". */
  next(prefix: string): string;
}

export function createIds(timeline: Timeline): Ids {
  let last = 0n;
  const counts = new Map<string, number>();
  return {
    snowflake() {
      const now = (BigInt(timeline.now()) - DISCORD_EPOCH) << LOW_BITS;
      last = now > last ? now : last + 1n;
      return String(last);
    },
    next(prefix) {
      const count = (counts.get(prefix) ?? 0) + 1;
      counts.set(prefix, count);
      return `${prefix}-${count}`;
    },
  };
}

/** The shard that hears of a guild ("Gateway", section on sharding); direct messages: shard 0. */
export function shardOf(guildId: string | undefined, shards: number): number {
  return guildId === undefined ? 0 : Number((BigInt(guildId) >> LOW_BITS) % BigInt(shards));
}
