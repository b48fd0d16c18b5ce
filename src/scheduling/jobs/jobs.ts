/**
 * Durable jobs on the same database (pg-boss): what has a time or may have to be tried again.
 * A job is put in inside the transaction that causes it; running one twice has one effect, because
 * each handler looks at the state it finds.
 */
import type { Transaction } from "kysely";
import { fromKysely, type Db as JobDatabase, type JobInsert, PgBoss } from "pg-boss";
import { v5 } from "uuid";
import { type Clock, systemClock } from "../../clock.ts";
import { AppError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import type { Schema } from "../../store/schema.ts";
import { DEAD, defaultTiming, type JobTiming, jobNames, queueOptions } from "./job-queues.ts";
import { createTurns } from "./job-turns.ts";
import { beginWork } from "./job-workers.ts";

export type { JobTiming } from "./job-queues.ts";

/**
 * What a job is about. `ask`: an invitation is due; `deliver`: a message is to be sent; `remove`:
 * something is to be removed on a platform after an erasure. Ids of ours and nothing else.
 */
export interface JobData {
  readonly ask: { readonly workspaceId: number; readonly invitationId: string };
  readonly deliver: { readonly workspaceId: number; readonly deliveryId: string };
  readonly remove: { readonly workspaceId: number; readonly targetId: string };
}
export type JobName = keyof JobData;

/** Thrown by a handler: try again, not before `afterMs` from now. Does not count as a failure. */
export class TryLater extends Error {
  readonly afterMs: number;

  constructor(afterMs: number) {
    super(`try again in ${afterMs} ms`);
    this.name = "TryLater";
    this.afterMs = afterMs;
  }
}

/** A job that failed for good: see store/dead-jobs. */
export interface DiedJob {
  readonly workspaceId: number;
  /** The queue's id of it. */
  readonly id: string;
  readonly queue: JobName;
  /** The invitation, the delivery or what was to be removed. */
  readonly about: string;
  /** What the last try said, without anybody's data; null when it did not come to an end. */
  readonly error: string | null;
  readonly tries: number;
  readonly putInAt: Date;
}

/** What happens with due jobs. `died`, then `dead…` are told when a job has failed for good. */
export interface JobHandlers {
  ask(data: JobData["ask"]): Promise<void>;
  deliver(data: JobData["deliver"]): Promise<void>;
  remove(data: JobData["remove"]): Promise<void>;
  deadDelivery(data: JobData["deliver"]): Promise<void>;
  deadRemoval(data: JobData["remove"]): Promise<void>;
  died(job: DiedJob): Promise<void>;
}

/** A job to be put in; `startAfter`: not before. */
export interface JobItem<N extends JobName> {
  readonly data: JobData[N];
  readonly startAfter?: Date;
}

export interface Jobs {
  /** Makes the queues; needed before anything is put in. */
  start(): Promise<void>;
  /** Begins to work on due jobs. */
  work(handlers: JobHandlers): Promise<void>;
  /**
   * Puts a job in, together with the rest of the transaction; `startAfter` as a date. An `ask` with
   * a date that waits already, or was done for that date just now, is not put in twice.
   */
  enqueue<N extends JobName>(
    transaction: Transaction<Schema>,
    name: N,
    data: JobData[N],
    startAfter?: Date,
  ): Promise<void>;
  /** The same of many in one statement. */
  enqueueAll<N extends JobName>(
    transaction: Transaction<Schema>,
    name: N,
    items: readonly JobItem<N>[],
  ): Promise<void>;
  /** Wakes the workers of a queue after a commit, so that nobody waits for the next poll. */
  wake(name: JobName): void;
  stop(): Promise<void>;
}

/** Namespace of the ids of jobs that have a key; chosen at random. */
const KEYED = "5d1c0a52-5f0e-4d0b-9a55-0b6a86b1f2c4";
/** An id that no job has. */
const NO_JOB = "00000000-0000-0000-0000-000000000000";
const STATEMENT = 5000;

/** Jobs on `database`, which is pg-boss's view of our database. */
export function createJobs(options: {
  database: JobDatabase;
  kind: "postgres" | "embedded";
  log: Log;
  clock?: Clock;
  timing?: JobTiming;
}): Jobs {
  const { database, kind, log, clock = systemClock } = options;
  const timing = { ...defaultTiming, ...options.timing };
  const boss = new PgBoss({
    db: database,
    backend: kind === "embedded" ? "pglite" : "postgres",
    schedule: false,
    superviseIntervalSeconds: timing.sweep,
    monitorIntervalSeconds: timing.sweep,
    maintenanceIntervalSeconds: Math.max(timing.sweep, 300),
  });
  boss.on("error", (error) => log.error({ error }, "job queue"));
  const turns = {
    ask: createTurns(clock),
    deliver: createTurns(clock),
    remove: createTurns(clock),
  };
  let workers: ReadonlyMap<JobName, string> = new Map();

  function toInsert<N extends JobName>(name: N, { data, startAfter }: JobItem<N>): JobInsert {
    const id = keyOf(name, data, startAfter);
    return {
      ...(id === undefined ? {} : { id }),
      data,
      priority: turns[name].next(data.workspaceId, startAfter),
      ...(startAfter === undefined ? {} : { startAfter }),
    };
  }

  return {
    async start() {
      await boss.start();
      const { dead, working } = queueOptions(timing);
      await boss.createQueue(DEAD, dead);
      await boss.updateQueue(DEAD, dead);
      for (const name of jobNames) {
        await boss.createQueue(name, working);
        await boss.updateQueue(name, working);
        // Known from here on: looking a queue up inside a transaction would wait for ever on PGlite.
        await boss.findJobs(name, { id: NO_JOB });
      }
    },
    async work(handlers) {
      workers = await beginWork({ boss, log, timing, turns }, handlers);
    },
    async enqueue(transaction, name, data, startAfter) {
      const item = { data, ...(startAfter === undefined ? {} : { startAfter }) };
      const { data: _, ...settings } = toInsert(name, item);
      const id = await boss.send(name, data, { ...settings, db: fromKysely(transaction) });
      if (id === null && settings.id === undefined)
        throw new AppError("temporary", `the job "${name}" was not accepted`);
    },
    async enqueueAll(transaction, name, items) {
      const db = fromKysely(transaction);
      const inserts = new Map(
        items.map((item, i) => {
          const insert = toInsert(name, item);
          return [insert.id ?? i, insert];
        }),
      );
      const all = [...inserts.values()];
      for (let i = 0; i < all.length; i += STATEMENT)
        await boss.insert(name, all.slice(i, i + STATEMENT), { db });
    },
    wake(name) {
      const worker = workers.get(name);
      if (worker !== undefined) boss.notifyWorker(worker);
    },
    async stop() {
      await boss.stop({ graceful: true, timeout: timing.grace * 1000, close: false });
    },
  };
}

/**
 * The id of a job of which there is one only. An invitation is due at a time once: whoever finds it
 * overdue puts it in again, and nothing is doubled when it only had to wait for its turn.
 */
function keyOf(name: JobName, data: JobData[JobName], startAfter: Date | undefined) {
  if (name !== "ask" || startAfter === undefined || !("invitationId" in data)) return undefined;
  return v5(`${data.workspaceId}/${data.invitationId}@${startAfter.toISOString()}`, KEYED);
}
