/**
 * Durable jobs on the same database (pg-boss): what has a time or may have to be tried again.
 * A job is put in inside the transaction that causes it; running one twice has one effect, because
 * each handler looks at the state it finds.
 */
import type { Transaction } from "kysely";
import { fromKysely, type Job, type Db as JobDatabase, type JobResult, PgBoss } from "pg-boss";
import { AppError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Schema } from "../store/schema.ts";

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

/** What a job that failed for good was about. */
type Dead = JobData[JobName];

/** Thrown by a handler: try again, not before `afterMs` from now. Does not count as a failure. */
export class TryLater extends Error {
  readonly afterMs: number;

  constructor(afterMs: number) {
    super(`try again in ${afterMs} ms`);
    this.name = "TryLater";
    this.afterMs = afterMs;
  }
}

/** What happens with due jobs. `dead…` is told once when a job has failed for good. */
export interface JobHandlers {
  ask(data: JobData["ask"]): Promise<void>;
  deliver(data: JobData["deliver"]): Promise<void>;
  remove(data: JobData["remove"]): Promise<void>;
  deadDelivery(data: JobData["deliver"]): Promise<void>;
  deadRemoval(data: JobData["remove"]): Promise<void>;
}

export interface Jobs {
  /** Makes the queues; needed before anything is put in. */
  start(): Promise<void>;
  /** Begins to work on due jobs. */
  work(handlers: JobHandlers): Promise<void>;
  /** Puts a job in, together with the rest of the transaction; `startAfter` as a date. */
  enqueue<N extends JobName>(
    transaction: Transaction<Schema>,
    name: N,
    data: JobData[N],
    startAfter?: Date,
  ): Promise<void>;
  /** Wakes the workers of a queue after a commit, so that nobody waits for the next poll. */
  wake(name: JobName): void;
  stop(): Promise<void>;
}

/** Times in seconds; shortened in tests. */
export interface JobTiming {
  /** A job that is longer at work than this is taken to be abandoned and tried again. */
  readonly lease: number;
  /** How often abandoned jobs are looked for. */
  readonly sweep: number;
  /** How often due jobs are looked for without being woken. */
  readonly poll: number;
  /** The wait before the first retry; it doubles, with jitter. */
  readonly retry: number;
}

/**
 * Production: what a crashed process had taken is taken up again within 86 s (docs/faults.md, D3):
 * the lease, a sweep, twice the first retry, a poll. What it had not taken waits for a poll only.
 */
const defaultTiming: JobTiming = { lease: 60, sweep: 15, poll: 1, retry: 5 };

/** A delivery is given up after this many tries; with back-off that is about two hours. */
const MAX_RETRIES = 11;
const MAX_RETRY_SECONDS = 1800;
/** An id that no job has. */
const NO_JOB = "00000000-0000-0000-0000-000000000000";
const BATCH = 50;
/**
 * Deliveries wait for platforms. A batch is done when its slowest call is, so it is small, and there
 * are several workers: 50 slow calls keep two of them busy until an adapter's time-out, the other two
 * go on with what comes in meanwhile.
 */
const DELIVER = { batchSize: 25, localConcurrency: 4 };
/** Forgetting somebody may be many calls of a platform: one at a time is left alone with its patience. */
const REMOVE = { batchSize: 1, localConcurrency: 2, burstWhenBatchFull: true };
const DEAD = "dead";
const DAY = 24 * 60 * 60;

/** Jobs on `database`, which is pg-boss's view of our database. */
export function createJobs(options: {
  database: JobDatabase;
  kind: "postgres" | "embedded";
  log: Log;
  timing?: JobTiming;
}): Jobs {
  const { database, kind, log } = options;
  const timing = options.timing ?? defaultTiming;
  const boss = new PgBoss({
    db: database,
    backend: kind === "embedded" ? "pglite" : "postgres",
    schedule: false,
    superviseIntervalSeconds: timing.sweep,
    monitorIntervalSeconds: timing.sweep,
    maintenanceIntervalSeconds: Math.max(timing.sweep, 300),
  });
  boss.on("error", (error) => log.error({ error }, "job queue"));
  const workers = new Map<JobName, string>();

  return {
    async start() {
      await boss.start();
      const patience = {
        retryLimit: MAX_RETRIES,
        retryBackoff: true,
        retryDelay: timing.retry,
        retryDelayMax: MAX_RETRY_SECONDS,
        expireInSeconds: timing.lease,
      };
      const dead = { ...patience, retentionSeconds: 30 * DAY };
      await boss.createQueue(DEAD, dead);
      await boss.updateQueue(DEAD, dead);
      const queue = {
        ...patience,
        deadLetter: DEAD,
        // A deferred question may wait for weeks.
        retentionSeconds: 400 * DAY,
        deleteAfterSeconds: DAY,
      };
      for (const name of ["ask", "deliver", "remove"] as const) {
        await boss.createQueue(name, queue);
        await boss.updateQueue(name, queue);
        // Known from here on: looking a queue up inside a transaction would wait for ever on PGlite.
        await boss.findJobs(name, { id: NO_JOB });
      }
    },
    async work(handlers) {
      const options = {
        batchSize: BATCH,
        pollingIntervalSeconds: timing.poll,
        burstWhenBatchFull: true,
        perJobResults: true,
      } as const;
      workers.set(
        "ask",
        await boss.work("ask", options, (jobs: Job<JobData["ask"]>[]) =>
          Promise.all(jobs.map((job) => settle("ask", job, handlers.ask))),
        ),
      );
      workers.set(
        "deliver",
        await boss.work("deliver", { ...options, ...DELIVER }, (jobs: Job<JobData["deliver"]>[]) =>
          Promise.all(jobs.map((job) => settle("deliver", job, handlers.deliver))),
        ),
      );
      workers.set(
        "remove",
        await boss.work("remove", { ...options, ...REMOVE }, (jobs: Job<JobData["remove"]>[]) =>
          Promise.all(jobs.map((job) => settle("remove", job, handlers.remove))),
        ),
      );
      await boss.work<Dead>(DEAD, { pollingIntervalSeconds: 10 }, async (jobs) => {
        for (const { data } of jobs) {
          if ("deliveryId" in data) await handlers.deadDelivery(data);
          else if ("targetId" in data) await handlers.deadRemoval(data);
        }
      });
    },
    async enqueue(transaction, name, data, startAfter) {
      const id = await boss.send(name, data, {
        db: fromKysely(transaction),
        ...(startAfter === undefined ? {} : { startAfter }),
      });
      if (id === null) throw new AppError("temporary", `the job "${name}" was not accepted`);
    },
    wake(name) {
      const worker = workers.get(name);
      if (worker !== undefined) boss.notifyWorker(worker);
    },
    async stop() {
      await boss.stop({ graceful: true, timeout: 8000, close: false });
    },
  };

  async function settle<T extends object>(
    name: JobName,
    job: Job<T>,
    handle: (data: T) => Promise<void>,
  ): Promise<JobResult> {
    try {
      await handle(job.data);
      return { id: job.id, status: "completed" };
    } catch (error) {
      if (error instanceof TryLater) {
        await boss.send(name, job.data, { startAfter: new Date(Date.now() + error.afterMs) });
        return { id: job.id, status: "completed" };
      }
      log.warn({ error, queue: name, job: job.id }, "a job failed and will be tried again");
      return { id: job.id, status: "failed" };
    }
  }
}
