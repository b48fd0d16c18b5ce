/**
 * One line for each place: what happens there is worked on in its order, what fails for the moment
 * is tried again, and other places do not wait for it. Nothing rejects, and memory is bounded.
 */
import type { Log } from "../../../src/log.ts";
import { within } from "../../common/patience.ts";
import { createTrying, type Work } from "./trying.ts";

/** What waits in all lines together; more is read back later. */
const MAX_WAITING = 10_000;
/** What has failed for so long is left, and read back later. */
const GIVE_UP_MS = 10 * 60_000;

export interface Lines {
  /** Adds to the end of a place's line. What cannot be taken in or done counts as missed. */
  add(place: string, work: Work): void;
  /** Before everything that waits there: what happened earlier. */
  addFirst(place: string, work: Work): void;
  /** Nothing begins until it is let go; lines fill meanwhile. */
  hold(): () => void;
  /** Whether nothing waits and nothing is under way. */
  idle(): boolean;
  /**
   * Whether something could not be taken in. Its place takes nothing more until `forgive`, so that
   * nothing later moves on how far it was read.
   */
  missed(): boolean;
  /** What was missed is about to be read back. */
  forgive(): void;
  /** Begins nothing more; resolves when what is under way has ended or its time is over. */
  stop(patienceMs: number): Promise<void>;
}

export function createLines({
  retryMs,
  giveUpMs = GIVE_UP_MS,
  maxWaiting = MAX_WAITING,
  log,
}: {
  /** The first pause before something is tried again; it doubles up to a minute. */
  readonly retryMs: number;
  readonly giveUpMs?: number;
  readonly maxWaiting?: number;
  readonly log: Log;
}): Lines {
  const waiting = new Map<string, Work[]>();
  const running = new Set<Promise<void>>();
  const stopping = new AbortController();
  const carryOut = createTrying({ retryMs, giveUpMs, log, stopped: stopping.signal });
  let size = 0;
  let holds = 0;
  const broken = new Set<string>();

  const run = async (place: string): Promise<void> => {
    for (;;) {
      const line = waiting.get(place) ?? [];
      const work = holds > 0 || stopping.signal.aborted ? undefined : line.shift();
      if (work === undefined) break;
      const isDone = await carryOut(work);
      size -= 1;
      if (!isDone) abandon(place);
    }
    if (waiting.get(place)?.length === 0) waiting.delete(place);
  };
  const abandon = (place: string): void => {
    broken.add(place);
    const line = waiting.get(place);
    size -= line?.splice(0).length ?? 0;
  };
  const active = new Set<string>();
  const begin = (place: string): void => {
    if (active.has(place) || holds > 0) return;
    active.add(place);
    // Not at once: whoever adds it may first have to take in what it is about.
    const going = Promise.resolve()
      .then(() => run(place))
      .finally(() => {
        active.delete(place);
        running.delete(going);
        // Something may have come, or been let go, just when it ended.
        if (waiting.has(place) && !stopping.signal.aborted) begin(place);
      });
    running.add(going);
  };

  const take = (place: string, work: Work, isFirst: boolean): void => {
    if (stopping.signal.aborted) return;
    if (size >= maxWaiting) abandon(place);
    if (broken.has(place)) return;
    size += 1;
    const line = waiting.get(place) ?? [];
    waiting.set(place, isFirst ? [work, ...line] : line);
    if (!isFirst) line.push(work);
    begin(place);
  };

  return {
    add: (place, work) => take(place, work, false),
    addFirst: (place, work) => take(place, work, true),
    hold() {
      let held = true;
      holds += 1;
      return () => {
        if (!held) return;
        held = false;
        holds -= 1;
        if (holds === 0) for (const place of [...waiting.keys()]) begin(place);
      };
    },
    idle: () => size === 0,
    missed: () => broken.size > 0,
    forgive: () => broken.clear(),
    async stop(patienceMs) {
      stopping.abort();
      waiting.clear();
      await within(Promise.allSettled([...running]), patienceMs);
    },
  };
}
