/**
 * Turns between workspaces: a burst of one does not hold up another. Each job gets a second of its
 * workspace's own time line, the present one or the one after its latest job's, and the queue takes
 * the smallest first. So ten thousand jobs of one workspace stand hours ahead on its line, one of
 * another goes next, and two that are both behind take turns; nothing waits for ever, because the
 * present overtakes it.
 */
import type { Clock } from "../../clock.ts";

/** Priorities are 32-bit numbers: seconds are counted from here. */
const BEGINNING_MS = Date.UTC(2026, 0, 1);

export interface Turns {
  /** The priority of a workspace's next job; the higher goes first. */
  next(workspaceId: number, startAfter?: Date): number;
  /** Nobody waits any more: whoever had much to do is not made to wait for it afterwards. */
  rest(): void;
}

/** Turns of one queue. */
export function createTurns(clock: Clock): Turns {
  const latest = new Map<number, number>();
  return {
    next(workspaceId, startAfter) {
      const at = secondOf(clock.now());
      // What is only due later is no burst of today.
      if (startAfter !== undefined && secondOf(startAfter) > at) return -secondOf(startAfter);
      const turn = Math.max(at, (latest.get(workspaceId) ?? 0) + 1);
      latest.set(workspaceId, turn);
      return -turn;
    },
    rest: () => latest.clear(),
  };
}

function secondOf(date: Date): number {
  return Math.floor((date.getTime() - BEGINNING_MS) / 1000);
}
