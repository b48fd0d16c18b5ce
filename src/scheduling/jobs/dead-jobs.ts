/** What becomes of jobs that failed at every try, and how they are tried again. */
import { doWork, type Engine, type Work } from "../../engine.ts";
import {
  giveUpPlanned,
  keepDeadJob,
  planAgain,
  sendAgain,
  takeDeadJob,
} from "../../store/dead-jobs.ts";
import type { DiedJob } from "./jobs.ts";

/** Keeps it for operators; an invitation that nobody could decide about ends here. */
export async function buryJob(engine: Engine, job: DiedJob): Promise<void> {
  const { workspaceId, ...rest } = job;
  await doWork(engine, async ({ transaction, now }) => {
    await keepDeadJob(transaction, workspaceId, { ...rest, diedAt: now });
    if (job.queue === "ask") await giveUpPlanned(transaction, workspaceId, job.about, now);
  });
  engine.log.error(
    { job: job.id, queue: job.queue, about: job.about, tries: job.tries },
    "a job failed at every try; see: aftertalk jobs dead",
  );
}

/**
 * `done`: it is in the queue again. `over`: nothing is left to be done about it, and it is off the
 * list. `unknown`: there is no such dead job, or somebody else was faster.
 */
export type Redriven = "done" | "over" | "unknown";

/** Puts a dead job in again, once however many ask for it. */
export async function redriveJob(
  engine: Engine,
  workspaceId: number,
  id: string,
): Promise<Redriven> {
  return doWork(engine, (work) => redriveIn(engine, work, workspaceId, id));
}

/** The same as part of somebody's transaction. */
export async function redriveIn(
  engine: Pick<Engine, "jobs">,
  { transaction, now, wake }: Work,
  workspaceId: number,
  id: string,
): Promise<Redriven> {
  const dead = await takeDeadJob(transaction, workspaceId, id);
  if (dead === undefined) return "unknown";
  const { queue, about } = dead;
  if (queue === "ask" && (await planAgain(transaction, workspaceId, about, now))) {
    const data = { workspaceId, invitationId: about };
    await engine.jobs.enqueue(transaction, "ask", data, now);
  } else if (queue === "deliver" && (await sendAgain(transaction, workspaceId, about, now))) {
    await engine.jobs.enqueue(transaction, "deliver", { workspaceId, deliveryId: about });
  } else {
    // What could not be removed after an erasure is counted there; where it was is not known any more.
    return "over";
  }
  wake.add(queue);
  return "done";
}
