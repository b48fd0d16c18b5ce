/** What is still to come in a forecast, the earliest first. Pure. */
import type { ForecastChat } from "../../store/forecast-facts.ts";
import type { InvitationKind } from "../../store/schema.ts";
import type { ForecastHuman } from "./forecast-human.ts";

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
  readonly human: ForecastHuman;
  readonly personId: string;
  readonly connectionId: string;
  readonly chatId: string | null;
  readonly closing: number | null;
  readonly surveyId: string | null;
  readonly origin: Origin;
  /** So much later than it was: of what is replayed. */
  readonly shiftMs: number;
  /** Step of a programme, and how often it has come round. */
  readonly step: number;
  readonly round: number;
  /** When it came due first. */
  readonly firstDueAt: number;
  /** From when on it asks about nothing; null: as the facts say. */
  readonly deadline: number | null;
  /** Somebody can be written to there. */
  readonly isKnown: boolean;
  /** When its audience was gone through and they were found in it; null: it was not. */
  readonly fitsAt: number | null;
  /** They are of its audience, as far as it was looked at. */
  fits: boolean;
  /** The chat that it is about, where that matters. */
  chat: ForecastChat | null;
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
  /** What held it back: numbers of a tally of its own. */
  heldBy: number[] | null;
}

export interface ForecastQueue {
  /** Everything, in no order. */
  all(): Iterable<Coming>;
  add(coming: Coming): void;
  /** When the earliest is due. */
  firstAt(): number | undefined;
  /** Everything that is due until then, in that order; of the same time what was put in first. */
  takeUntil(time: number): Coming[];
}

/** With its number in the order in which everything was put in. */
interface Entry {
  readonly coming: Coming;
  readonly at: number;
  readonly n: number;
}

/** A binary heap by when they are due. */
export function createQueue(): ForecastQueue {
  const heap: Entry[] = [];
  let added = 0;
  const isBefore = (a: Entry, b: Entry) => a.at < b.at || (a.at === b.at && a.n < b.n);
  /** Puts it where `from` is, or nearer to the top. */
  const rise = (entry: Entry, from: number) => {
    let at = from;
    while (at > 0) {
      const above = heap[(at - 1) >> 1];
      if (above === undefined || isBefore(above, entry)) break;
      heap[at] = above;
      at = (at - 1) >> 1;
    }
    heap[at] = entry;
  };
  /** Puts it at the top, or further down. */
  const sink = (entry: Entry) => {
    let at = 0;
    for (;;) {
      const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]];
      if (left === undefined) break;
      const isRight = right !== undefined && isBefore(right, left);
      const below = isRight ? right : left;
      if (isBefore(entry, below)) break;
      heap[at] = below;
      at = 2 * at + (isRight ? 2 : 1);
    }
    heap[at] = entry;
  };
  const take = (): Coming | undefined => {
    const first = heap[0];
    const last = heap.pop();
    if (last !== undefined && heap.length > 0) sink(last);
    return first?.coming;
  };
  return {
    all: () => heap.values().map(({ coming }) => coming),
    add(coming) {
      added += 1;
      rise({ coming, at: coming.dueAt, n: added }, heap.length);
    },
    firstAt: () => heap[0]?.at,
    takeUntil(time) {
      const taken: Coming[] = [];
      while ((heap[0]?.at ?? Number.POSITIVE_INFINITY) <= time) {
        const coming = take();
        if (coming !== undefined) taken.push(coming);
      }
      return taken;
    },
  };
}
