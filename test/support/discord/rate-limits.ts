/** Buckets with their headers, the global limit, and the ban for invalid requests ("Rate Limits"). */
import type { Timeline } from "../net/time.ts";
import {
  BAN_MS,
  BUCKETS,
  type BucketName,
  GLOBAL_PER_SECOND,
  INVALID_WINDOW_MS,
} from "./limits.ts";
import type { WorldOptions } from "./world.ts";

export interface Wait {
  readonly seconds: number;
  readonly global: boolean;
}

export interface Taken {
  /** X-RateLimit-… of this bucket. */
  readonly headers: Record<string, string>;
  /** Undefined: the request may go ahead, and has counted. */
  readonly wait: Wait | undefined;
}

export interface RateLimits {
  /** `key`: the route with its major parameter. `exempt`: does not count for the global limit. */
  take(bucket: BucketName, key: string, exempt: boolean): Taken;
  /** Counts one that was answered 401, 403 or 429. */
  countInvalid(): void;
  /** Invalid requests within the window. */
  invalid(): number;
  /** Seconds until the address is let in again. */
  banned(): number | undefined;
}

export function createRateLimits(timeline: Timeline, options: WorldOptions): RateLimits {
  const windows = new Map<string, { until: number; used: number }>();
  let second = { from: 0, used: 0 };
  let wrong: number[] = [];
  let banUntil = 0;

  const globally = (): Wait | undefined => {
    const now = timeline.now();
    if (now - second.from >= 1000) second = { from: now, used: 0 };
    second.used += 1;
    if (second.used <= GLOBAL_PER_SECOND) return undefined;
    return { seconds: (second.from + 1000 - now) / 1000, global: true };
  };
  const inWindow = () => {
    wrong = wrong.filter((at) => timeline.now() - at < INVALID_WINDOW_MS);
    return wrong;
  };

  return {
    take(bucket, key, exempt) {
      if (options.limits === "off") return { headers: {}, wait: undefined };
      const { limit, ms } = BUCKETS[bucket];
      const now = timeline.now();
      const known = windows.get(`${bucket} ${key}`);
      const current =
        known === undefined || known.until <= now ? { until: now + ms, used: 0 } : known;
      windows.set(`${bucket} ${key}`, current);
      const free = current.used < limit;
      const after = (current.until - now) / 1000;
      const wait = free ? undefined : { seconds: after, global: false };
      const held = wait ?? (exempt ? undefined : globally());
      if (held === undefined) current.used += 1;
      const headers = {
        "x-ratelimit-limit": String(limit),
        "x-ratelimit-remaining": String(limit - current.used),
        "x-ratelimit-reset": String(current.until / 1000),
        "x-ratelimit-reset-after": after.toFixed(3),
        "x-ratelimit-bucket": `bucket-${bucket}`,
      };
      return { headers, wait: held };
    },
    countInvalid() {
      wrong.push(timeline.now());
      if (inWindow().length >= options.invalidRequests) banUntil = timeline.now() + BAN_MS;
    },
    invalid: () => inWindow().length,
    banned() {
      const left = banUntil - timeline.now();
      return left > 0 ? Math.ceil(left / 1000) : undefined;
    },
  };
}
