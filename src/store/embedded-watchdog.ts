/** Notices that somebody who was given work does not come back. */
export interface Watchdog {
  /** Work was handed over and may take `limitMs`. */
  busy(limitMs: number): void;
  /** The work came back. */
  idle(): void;
  stop(): void;
}

const TICK_MS = 500;

/**
 * Begins with work that may take `limitMs`; calls `onStuck` once when a piece of work takes longer.
 * Time is counted in ticks of this process, so that hours in which the whole machine slept or the
 * process was stopped are not held against the work.
 */
export function createWatchdog(limitMs: number, onStuck: () => void): Watchdog {
  let remaining = limitMs;
  let waiting = true;
  const timer = setInterval(() => {
    if (!waiting) return;
    remaining -= TICK_MS;
    if (remaining > 0) return;
    clearInterval(timer);
    onStuck();
  }, TICK_MS);
  timer.unref();
  return {
    busy(limit) {
      remaining = limit;
      waiting = true;
    },
    idle() {
      waiting = false;
    },
    stop() {
      clearInterval(timer);
    },
  };
}
