/** The workers: due jobs are taken in batches, each is settled by itself; the dead are told. */
import type { Job, JobResult, JobWithMetadata, PgBoss } from "pg-boss";
import { z } from "zod";
import { errorLine, type Log } from "../../log.ts";
import { DEAD, type JobTiming, widths } from "./job-queues.ts";
import type { Turns } from "./job-turns.ts";
import { type DiedJob, type JobData, type JobHandlers, type JobName, TryLater } from "./jobs.ts";

export interface Workshop {
  readonly boss: PgBoss;
  readonly log: Log;
  readonly timing: JobTiming;
  readonly turns: Readonly<Record<JobName, Turns>>;
}

/** Starts the workers of all queues; gives by which id each queue's are woken. */
export async function beginWork(
  workshop: Workshop,
  handlers: JobHandlers,
): Promise<ReadonlyMap<JobName, string>> {
  const { boss } = workshop;
  const workers = new Map<JobName, string>([
    ["ask", await beginQueue(workshop, "ask", handlers.ask)],
    ["deliver", await beginQueue(workshop, "deliver", handlers.deliver)],
    ["remove", await beginQueue(workshop, "remove", handlers.remove)],
  ]);
  await boss.work(
    DEAD,
    { pollingIntervalSeconds: 10, includeMetadata: true },
    async (jobs: JobWithMetadata[]) => {
      for (const job of jobs) await bury(handlers, job);
    },
  );
  return workers;
}

function beginQueue<N extends JobName>(
  { boss, log, timing, turns }: Workshop,
  name: N,
  handle: (data: JobData[N]) => Promise<void>,
): Promise<string> {
  const { batchSize, localConcurrency, atOnce } = widths[name];
  return boss.work(
    name,
    {
      batchSize,
      localConcurrency,
      // A full batch is followed by the next at once, not by a poll.
      burstWhenBatchFull: true,
      pollingIntervalSeconds: timing.poll,
      perJobResults: true,
    },
    (jobs: Job<JobData[N]>[]) => {
      if (jobs.length < batchSize) turns[name].rest();
      return eachOf(jobs, atOnce, settle);
    },
  );

  async function settle(job: Job<JobData[N]>): Promise<JobResult> {
    try {
      await handleOrWait(job.data);
      return { id: job.id, status: "completed" };
    } catch (error) {
      log.warn({ error, queue: name, job: job.id }, "a job failed and will be tried again");
      return { id: job.id, status: "failed", output: { error: errorLine(error) } };
    }
  }

  async function handleOrWait(data: JobData[N]): Promise<void> {
    try {
      await handle(data);
    } catch (error) {
      if (!(error instanceof TryLater)) throw error;
      // In seconds from now: by the database's clock, whatever this machine's says.
      const startAfter = Math.max(1, error.afterMs) / 1000;
      await boss.send(name, data, { startAfter, priority: turns[name].next(data.workspaceId) });
    }
  }
}

/** Works on all of them, at most `atOnce` at a time; the results as they come. */
async function eachOf<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = items.values();
  const walk = async () => {
    for (const item of queue) results.push(await work(item));
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, walk));
  return results;
}

const reported = z.object({ error: z.string() });
const about = z.union([
  z.object({ workspaceId: z.number(), invitationId: z.string() }),
  z.object({ workspaceId: z.number(), deliveryId: z.string() }),
  z.object({ workspaceId: z.number(), targetId: z.string() }),
]);

/** Keeps for operators that it died, and does what follows from it; twice has one effect. */
async function bury(handlers: JobHandlers, job: JobWithMetadata): Promise<void> {
  const data = about.parse(job.data);
  if ("deliveryId" in data) {
    await handlers.died(diedOf(job, "deliver", data, data.deliveryId));
    await handlers.deadDelivery(data);
  } else if ("targetId" in data) {
    await handlers.died(diedOf(job, "remove", data, data.targetId));
    await handlers.deadRemoval(data);
  } else {
    await handlers.died(diedOf(job, "ask", data, data.invitationId));
  }
}

function diedOf(
  job: JobWithMetadata,
  queue: JobName,
  { workspaceId }: { workspaceId: number },
  about: string,
): DiedJob {
  const said = reported.safeParse(job.sourceOutput);
  return {
    workspaceId,
    id: job.id,
    queue,
    about,
    error: said.success ? said.data.error : null,
    tries: (job.sourceRetryCount ?? 0) + 1,
    putInAt: job.sourceCreatedOn ?? job.createdOn,
  };
}
