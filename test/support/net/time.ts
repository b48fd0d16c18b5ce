/** An emulator's own clock: now, and what happens later. */
import type { Clock } from "../../../src/clock.ts";

export interface Timeline {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls `then` when the clock has moved on by `ms`; the result takes it back. */
  after(ms: number, then: () => void): () => void;
  /** Does at once what is due; a clock moved by hand is otherwise looked at every few milliseconds. */
  runDue(): void;
  stop(): void;
}

const LOOK_EVERY_MS = 4;

interface Plan {
  readonly due: number;
  readonly order: number;
  readonly then: () => void;
}

/** Without a clock: the machine's. With one: time passes only when a test moves it. */
export function createTimeline(clock?: Clock): Timeline {
  const plans = new Set<Plan>();
  let order = 0;
  let timer: NodeJS.Timeout | undefined;
  const now = () => (clock === undefined ? Date.now() : clock.now().getTime());

  const runDue = () => {
    const due = [...plans]
      .filter((plan) => plan.due <= now())
      .sort((a, b) => a.due - b.due || a.order - b.order);
    for (const plan of due) {
      if (plans.delete(plan)) plan.then();
    }
    lookAgain();
  };
  const lookAgain = () => {
    clearTimeout(timer);
    timer = undefined;
    if (plans.size === 0) return;
    const next = Math.min(...[...plans].map((plan) => plan.due)) - now();
    timer = setTimeout(runDue, clock === undefined ? Math.max(0, next) : LOOK_EVERY_MS);
    timer.unref();
  };

  return {
    now,
    after(ms, then) {
      order += 1;
      const plan = { due: now() + ms, order, then };
      plans.add(plan);
      lookAgain();
      return () => {
        plans.delete(plan);
      };
    },
    runDue,
    stop() {
      plans.clear();
      clearTimeout(timer);
    },
  };
}
