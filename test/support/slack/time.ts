/** Slack's own clock: an emulator's, with unique message timestamps. */
import type { Clock } from "../../../src/clock.ts";
import * as net from "../net/time.ts";

export interface Timeline extends net.Timeline {
  /** A message timestamp, "seconds.microseconds", later than every one before it. */
  ts(): string;
}

/** Without a clock: the machine's. With one: time passes only when a test moves it. */
export function createTimeline(clock?: Clock): Timeline {
  const timeline = net.createTimeline(clock);
  let lastMicro = 0;
  return {
    ...timeline,
    ts() {
      lastMicro = Math.max(timeline.now() * 1000, lastMicro + 1);
      const seconds = Math.floor(lastMicro / 1_000_000);
      return `${seconds}.${String(lastMicro % 1_000_000).padStart(6, "0")}`;
    },
  };
}
