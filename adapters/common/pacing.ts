/**
 * Our own pacing, ahead of a platform's limits: about one message a second and place, after a quiet
 * time a few at once. Whoever comes too early is told when to come again and keeps its place in the
 * line.
 */
import { AppError } from "../../src/errors.ts";

const INTERVAL_MS = 1000;
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
  /** Nothing of this place is remembered. */
  forget(place: string): void;
}

/** `burst`: how many may follow one another at once; `now` gives milliseconds. */
export function createPacing(burst: number, now: () => number): Pacing {
  const lines = new Map<string, Line>();
  return {
    take(place, key) {
      const time = now();
      if (!lines.has(place) && lines.size >= MAX_PLACES) forgetQuiet(lines, time);
      const line = lines.get(place) ?? { full: time, waiting: new Map() };
      lines.set(place, line);
      for (const [other, expected] of line.waiting) {
        if (expected + GRACE_MS < time) line.waiting.delete(other);
      }
      const slot = slotOf(line, key, time, burst);
      if (slot > time) {
        line.waiting.set(key, slot);
        throw new AppError("rate-limited", "paced: one message a second and place", {
          retryAfterMs: slot - time,
        });
      }
      line.waiting.delete(key);
      line.full = Math.max(line.full, time) + INTERVAL_MS;
    },
    forget: (place) => void lines.delete(place),
  };
}

/** When it is this delivery's turn, behind all that came before it. */
function slotOf({ full, waiting }: Line, key: string, time: number, burst: number): number {
  const keys = [...waiting.keys()];
  const ahead = waiting.has(key) ? keys.indexOf(key) : keys.length;
  return Math.max(time, Math.max(full, time) + (ahead - (burst - 1)) * INTERVAL_MS);
}

function forgetQuiet(lines: Map<string, Line>, time: number): void {
  for (const [place, { full, waiting }] of lines) {
    if (full <= time && waiting.size === 0) lines.delete(place);
  }
}
