/**
 * Our own pacing, ahead of Discord's limits: about one message a second and place, one new
 * conversation a second. Headers tell the limits (discord.js follows them and refuses what comes too
 * early); this only keeps a crowd that waits in its order, each told when to come again.
 */
import { AppError } from "../../../src/errors.ts";

const INTERVAL_MS = 1000;
/** So many may follow one another at once after a quiet time: what headers of messages have shown. */
const BURST = 5;
/** Whoever is that late does not come any more: its delivery was cancelled. */
const GRACE_MS = 60_000;
/** Quiet lines are forgotten when there are more than this. */
const MAX_LINES = 1000;

interface Line {
  /** When the bucket is full again: generic cell rate algorithm (ITU-T I.371). */
  full: number;
  /** Who waits, first come first: delivery key → when it is expected. */
  readonly waiting: Map<string, number>;
}

export interface Pacing {
  /**
   * Takes the next slot of a place for this delivery.
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
      if (!lines.has(place) && lines.size >= MAX_LINES) forgetQuiet(lines, time);
      const line = lines.get(place) ?? { full: time, waiting: new Map() };
      lines.set(place, line);
      for (const [other, expected] of line.waiting) {
        if (expected + GRACE_MS < time) line.waiting.delete(other);
      }
      const slot = slotOf(line, key, time);
      if (slot > time) {
        line.waiting.set(key, slot);
        throw new AppError("rate-limited", "paced: one message a second and place", {
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
