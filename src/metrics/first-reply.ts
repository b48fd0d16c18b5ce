/** How long customers wait for the first reply of a human, by two clocks. Pure, nothing is rounded. */
import { isEarly, isShown } from "./ladder.ts";
import type { Range } from "./metric.ts";
import { wilson } from "./range.ts";
import { summariseWaits, type Wait, type WaitSummary } from "./waiting.ts";
import { type CurveStep, type MedianRange, medianRange, waitingCurve } from "./waiting-curve.ts";

/** The clock that counts: every hour, or only those in which somebody works. */
export const clocks = ["calendar", "working"] as const;
export type ClockName = (typeof clocks)[number];

/** A chat that a customer wrote in. Epoch milliseconds. */
export interface WaitingChat {
  readonly cameAt: number;
  /** The first public reply of a human after that. */
  readonly repliedAt: number | null;
  /** When it was closed, if it is. */
  readonly closedAt: number | null;
}

/** What is promised, and what time it is. */
export interface FirstReplyRules {
  readonly now: number;
  readonly promised: { readonly ms: number; readonly clock: ClockName };
  /** Working time between two instants, in milliseconds. */
  readonly worked: (from: number, to: number) => number;
}

/** Waits by one clock, in seconds. */
export interface ClockSummary extends WaitSummary {
  readonly medianRange: MedianRange | null;
  readonly curve: readonly CurveStep[];
  /** The longest wait that was seen, also of those who still wait. */
  readonly longest: number;
}

/** Replies within the promised time. */
export interface WithinPromise {
  readonly within: number;
  /** Those who have a reply, and those who have none though its time has passed. */
  readonly n: number;
  /** Percent; null when there is none of them. */
  readonly rate: number | null;
  /** 95 % (Wilson). */
  readonly range: Range | null;
}

export interface FirstReplySummary {
  readonly n: number;
  readonly answered: number;
  /** Open chats that nobody has replied to. */
  readonly waiting: number;
  /** Closed without a reply: they waited until then. */
  readonly closedWithout: number;
  readonly clocks: Readonly<Record<ClockName, ClockSummary>>;
  readonly promise: WithinPromise;
  readonly shown: boolean;
  readonly early: boolean;
}

/** Chats are counted one by one and only the number of those that waited equally long is kept. */
export interface FirstReplyTally {
  add(chat: WaitingChat): void;
  readonly n: number;
  summary(): FirstReplySummary;
}

/** Whole seconds are kept: however many chats there are, no more numbers than seconds to wait. */
export function createFirstReplyTally(rules: FirstReplyRules): FirstReplyTally {
  const { now, promised, worked } = rules;
  const waits: Record<ClockName, WaitCounts> = {
    calendar: createCounts(),
    working: createCounts(),
  };
  const passed: Record<ClockName, (from: number, to: number) => number> = {
    calendar: (from, to) => Math.max(0, to - from),
    working: worked,
  };
  const count = { n: 0, answered: 0, waiting: 0, within: 0, late: 0 };
  return {
    add({ cameAt, repliedAt, closedAt }) {
      const ended = repliedAt !== null;
      const until = repliedAt ?? closedAt ?? now;
      for (const clock of clocks) waits[clock].add(passed[clock](cameAt, until), ended);
      count.n += 1;
      if (ended) count.answered += 1;
      else if (closedAt === null) count.waiting += 1;
      const inTime = passed[promised.clock](cameAt, repliedAt ?? now) <= promised.ms;
      if (ended && inTime) count.within += 1;
      // Closing a chat is no reply: a promise that has passed without one was not kept.
      if (!inTime) count.late += 1;
    },
    get n() {
      return count.n;
    },
    summary() {
      const { n, answered, waiting } = count;
      return {
        ...{ n, answered, waiting, closedWithout: n - answered - waiting },
        clocks: {
          calendar: clockSummary(waits.calendar.list()),
          working: clockSummary(waits.working.list()),
        },
        promise: withinPromise(count.within, count.within + count.late),
        shown: isShown(n),
        early: isEarly(n),
      };
    },
  };
}

function withinPromise(within: number, n: number): WithinPromise {
  const rate = n === 0 ? null : (100 * within) / n;
  return { within, n, rate, range: wilson({ hits: within, n }) };
}

function clockSummary(waits: readonly Wait[]): ClockSummary {
  return {
    ...summariseWaits(waits),
    medianRange: medianRange(waits),
    curve: waitingCurve(waits),
    longest: waits.reduce((most, { lasted }) => Math.max(most, lasted), 0),
  };
}

interface WaitCounts {
  add(ms: number, ended: boolean): void;
  list(): Wait[];
}

function createCounts(): WaitCounts {
  const counts = { ended: new Map<number, number>(), open: new Map<number, number>() };
  return {
    add(ms, ended) {
      const seconds = Math.round(ms / 1000);
      const of = ended ? counts.ended : counts.open;
      of.set(seconds, (of.get(seconds) ?? 0) + 1);
    },
    list() {
      const listed = (of: ReadonlyMap<number, number>, ended: boolean) =>
        [...of].map(([lasted, times]): Wait => ({ lasted, ended, times }));
      return [...listed(counts.ended, true), ...listed(counts.open, false)];
    },
  };
}
