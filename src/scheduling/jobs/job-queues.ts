/** The queues: how patient each is, and how many jobs are taken and worked on at once. */
import type { JobName } from "./jobs.ts";

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
  /** How long a stop waits for what is under way; then it is released to be tried again. */
  readonly grace?: number;
}

/**
 * Production: what a crashed process had taken is taken up again within 86 s (docs/faults.md, D3):
 * the lease, a sweep, twice the first retry, a poll. What it had not taken waits for a poll only.
 */
export const defaultTiming: Required<JobTiming> = {
  lease: 60,
  sweep: 15,
  poll: 1,
  retry: 5,
  grace: 8,
};

/** A job is given up after this many retries; with back-off that is about two hours. */
const MAX_RETRIES = 11;
const MAX_RETRY_SECONDS = 1800;
const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

/** The queue of jobs that failed for good. */
export const DEAD = "dead";
export const jobNames = ["ask", "deliver", "remove"] as const satisfies readonly JobName[];

/** What pg-boss is told of the queues. */
export function queueOptions(timing: JobTiming) {
  const patience = {
    retryLimit: MAX_RETRIES,
    retryBackoff: true,
    retryDelay: timing.retry,
    retryDelayMax: MAX_RETRY_SECONDS,
    expireInSeconds: timing.lease,
  };
  return {
    dead: { ...patience, retentionSeconds: 30 * DAY },
    working: {
      ...patience,
      deadLetter: DEAD,
      // A deferred question may wait for weeks.
      retentionSeconds: 400 * DAY,
      // Done is done; and as long as a job stands there none with the same key is put in.
      deleteAfterSeconds: 10 * MINUTE,
    },
  };
}

interface Width {
  /** Jobs that a worker takes at a time; it takes new ones when all of them are done. */
  readonly batchSize: number;
  /** Workers in this process. */
  readonly localConcurrency: number;
  /** Jobs of a batch that are under way at once. */
  readonly atOnce: number;
}

/**
 * Asking is the database's work, and its connections are few: large batches, few at once.
 * Deliveries wait for platforms: a batch is done when its slowest call is, so it is small, and there
 * are several workers: 50 slow calls keep two of them busy until an adapter's time-out, the other two
 * go on with what comes in meanwhile. Forgetting somebody may be many calls of a platform: one at a
 * time is left alone with its patience.
 */
export const widths: Readonly<Record<JobName, Width>> = {
  ask: { batchSize: 500, localConcurrency: 4, atOnce: 2 },
  deliver: { batchSize: 25, localConcurrency: 4, atOnce: 25 },
  remove: { batchSize: 1, localConcurrency: 2, atOnce: 1 },
};
