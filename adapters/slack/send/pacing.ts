/**
 * Our own pacing: about one message a second and channel, as Slack asks of apps
 * (https://docs.slack.dev/apis/web-api/rate-limits#rate-limits__posting-messages; short bursts are
 * tolerated). Whoever comes too early is told when to come again and keeps its place in the line.
 */
import { AppError } from "../../../src/errors.ts";

/** One message a second and channel. */
const INTERVAL_MS = 1000;
/** So many may follow one another at once after a quiet time. */
const BURST = 2;
/** Whoever is that late does not come any more: its delivery was cancelled. */
const GRACE_MS = 60_000;
/** Quiet places are forgotten when there are more than this. */
const MAX_PLACES = 1000;

interface Line {
  /** When the bucket is full again: generic cell rate algorithm (ITU-T I.371). */
  full: number;
  /** Who waits, first come first: delivery key → when it is expected. */
  readonly waiting: Map<string, number>;
}

export interface Pacing {
  /**
   * Takes the place's next slot for this delivery.
   * @throws AppError `rate-limited` without `waits` when the slot is later: come again then.
   */
  take(place: string, key: string): void;
}

/** `now` gives milliseconds. */
export function createPacing(now: () => number): Pacing {
  const lines = new Map<string, Line>();
  return {
    take(place, key) {
      const time = now();
      const line = lines.get(place) ?? { full: time, waiting: new Map() };
      if (!lines.has(place) && lines.size >= MAX_PLACES) forgetQuiet(lines, time);
      lines.set(place, line);
      for (const [other, expected] of line.waiting) {
        if (expected + GRACE_MS < time) line.waiting.delete(other);
      }
      const slot = slotOf(line, key, time);
      if (slot > time) {
        line.waiting.set(key, slot);
        throw new AppError("rate-limited", "paced: one message a second and channel", {
          retryAfterMs: slot - time,
        });
      }
      line.waiting.delete(key);
      line.full = Math.max(line.full, time) + INTERVAL_MS;
    },
  };
}

/** When it is this delivery's turn, behind all that came before it. */
function slotOf({ full, waiting }: Line, key: string, time: number): number {
  const keys = [...waiting.keys()];
  const ahead = waiting.has(key) ? keys.indexOf(key) : keys.length;
  return Math.max(time, Math.max(full, time) + (ahead - (BURST - 1)) * INTERVAL_MS);
}

function forgetQuiet(lines: Map<string, Line>, time: number): void {
  for (const [place, { full, waiting }] of lines) {
    if (full <= time && waiting.size === 0) lines.delete(place);
  }
}
