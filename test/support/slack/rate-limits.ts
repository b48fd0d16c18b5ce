/** How often a method may be called ("Rate limits"). */
import {
  CHANNEL_BURST,
  CHANNEL_REFILL_MS,
  TIER_WINDOW_MS,
  TIERS,
  type Tier,
  UNLISTED_HISTORY_PER_MINUTE,
  WORKSPACE_MESSAGES_PER_MINUTE,
} from "./limits.ts";
import type { Timeline } from "./time.ts";

/** A tier, or a limit of its own. */
export type Pace = Tier | "special" | "post" | "history";

export interface RateLimits {
  /** Seconds to wait, or undefined when the call may go ahead (and then counts). */
  take(
    workspace: string,
    method: string,
    pace: Pace,
    channel: string | undefined,
  ): number | undefined;
}

export function createRateLimits(
  timeline: Timeline,
  options: { limits: "slack" | "off"; unlisted: boolean },
): RateLimits {
  const windows = new Map<string, number[]>();
  const buckets = new Map<string, { tokens: number; at: number }>();

  /** A window that slides: at most `most` calls in any minute. */
  const inWindow = (key: string, most: number): number | undefined => {
    const now = timeline.now();
    const calls = (windows.get(key) ?? []).filter((at) => now - at < TIER_WINDOW_MS);
    windows.set(key, calls);
    const oldest = calls[0];
    if (calls.length < most || oldest === undefined) {
      calls.push(now);
      return undefined;
    }
    return Math.max(1, Math.ceil((oldest + TIER_WINDOW_MS - now) / 1000));
  };
  /** A bucket that holds a burst and fills by one each second. */
  const inBucket = (key: string): number | undefined => {
    const now = timeline.now();
    const known = buckets.get(key) ?? { tokens: CHANNEL_BURST, at: now };
    const tokens = Math.min(CHANNEL_BURST, known.tokens + (now - known.at) / CHANNEL_REFILL_MS);
    const allowed = tokens >= 1;
    buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, at: now });
    return allowed ? undefined : 1;
  };

  return {
    take(workspace, method, pace, channel) {
      if (options.limits === "off" || pace === "special") return undefined;
      if (pace === "post") {
        return (
          inBucket(`${workspace} ${channel}`) ??
          inWindow(`${workspace} posting`, WORKSPACE_MESSAGES_PER_MINUTE)
        );
      }
      const key = `${workspace} ${method}`;
      if (pace === "history") {
        return inWindow(key, options.unlisted ? UNLISTED_HISTORY_PER_MINUTE : TIERS[3]);
      }
      return inWindow(key, TIERS[pace]);
    },
  };
}
