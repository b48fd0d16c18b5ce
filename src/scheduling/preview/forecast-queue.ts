/** What is still to come in a forecast, the earliest first. Pure. */
import type { InvitationKind } from "../../store/schema.ts";

/** How it is known that a question will come. */
export type Origin =
  /** It waits already. */
  | "planned"
  /** Its day is known: somebody joined, a chat is closed, a date, a cron expression, a programme. */
  | "known"
  /** Nobody can know it: something of the last weeks, as if it happened again. */
  | "replayed";

/** A question that will come due. Times are epoch milliseconds. */
export interface Coming {
  /** Index in the schedules of the forecast; null: of none of them. */
  readonly schedule: number | null;
  readonly scheduleId: string | null;
  readonly kind: InvitationKind;
  /** Who joins in a replay is nobody who is there: their id with a mark behind it. */
  readonly humanId: string;
  readonly personId: string;
  readonly connectionId: string;
  readonly chatId: string | null;
  readonly closing: number | null;
  readonly invitationId: string | null;
  readonly surveyId: string | null;
  readonly origin: Origin;
  /** So much later than it was: of what is replayed. */
  readonly shiftMs: number;
  /** Nothing that happened to the human before counts: in a replay they are met for the first time. */
  readonly isNew: boolean;
  /** Step of a programme, and how often it has come round. */
  readonly step: number;
  readonly round: number;
  /** When it came due first. */
  readonly firstDueAt: number;
  /** From when on it asks about nothing; null: as the facts say. */
  readonly deadline: number | null;
  /** When it is decided next. */
  dueAt: number;
  /** Whether it was decided before. */
  came: boolean;
  /** The slot of a daily cap that it has. */
  slotAt: number | null;
  /** When it was asked; null as long as it was not. */
  askedAt: number | null;
  /** For which reason it was deferred last. */
  heldFor: string | null;
  /** What held it back, and when: see forecast-tally.ts. */
  heldBy: Set<string> | null;
}

export interface ForecastQueue {
  readonly size: number;
  /** Everything, in no order. */
  all(): Iterable<Coming>;
  add(coming: Coming): void;
  /** The earliest, which stays. */
  peek(): Coming | undefined;
  take(): Coming | undefined;
}

/** A binary heap by when they are due. */
export function createQueue(): ForecastQueue {
  const heap: Coming[] = [];
  const dueAt = (index: number) => heap[index]?.dueAt ?? Number.POSITIVE_INFINITY;
  const swap = (a: number, b: number) => {
    const [one, other] = [heap[a], heap[b]];
    if (one === undefined || other === undefined) return;
    heap[a] = other;
    heap[b] = one;
  };
  const sink = () => {
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      const child = dueAt(left + 1) < dueAt(left) ? left + 1 : left;
      if (dueAt(child) >= dueAt(at)) return;
      swap(at, child);
      at = child;
    }
  };
  return {
    get size() {
      return heap.length;
    },
    all: () => heap.values(),
    add(coming) {
      let at = heap.push(coming) - 1;
      while (at > 0) {
        const parent = (at - 1) >> 1;
        if (dueAt(parent) <= dueAt(at)) return;
        swap(parent, at);
        at = parent;
      }
    },
    peek: () => heap[0],
    take() {
      const first = heap[0];
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) {
        heap[0] = last;
        sink();
      }
      return first;
    },
  };
}
