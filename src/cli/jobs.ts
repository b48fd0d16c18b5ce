/** `aftertalk jobs dead` and `jobs redrive`: what failed at every try, and once more. */
import { AppError } from "../errors.ts";
import { type Redriven, redriveJob } from "../scheduling/jobs/dead-jobs.ts";
import { type DeadJob, listDeadJobs } from "../store/dead-jobs.ts";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import { withDatabase } from "./with-database.ts";
import { withEngine } from "./with-engine.ts";

/** What a job of each queue is about, for people. */
const subjects: Readonly<Record<DeadJob["queue"], string>> = {
  ask: "a question that was to be asked, invitation",
  deliver: "a message that was to be sent, delivery",
  remove: "something that was to be removed on a platform, target",
};

/** Lists them, the latest first. */
export function showDeadJobs(context: CliContext): Promise<number> {
  return withDatabase(context, async ({ db }, workspace) => {
    const jobs = await listDeadJobs(db, workspace.id);
    const { out } = context;
    for (const { id, queue, about, error, tries, putInAt, diedAt } of jobs) {
      out.line(`${id}  ${subjects[queue]} ${about}`);
      const why = error ?? "it did not come to an end in time";
      out.line(
        `  ${tries} tries from ${putInAt.toISOString()} to ${diedAt.toISOString()}; the last: ${why}`,
      );
    }
    out.line(
      jobs.length === 0
        ? "No job failed for good."
        : "When what was wrong is mended: aftertalk jobs redrive ID, or --all",
    );
    out.result({ dead: jobs });
    return exitCodes.ok.code;
  });
}

/** Puts one or all of them in again; the running service, or the next start, works on them. */
export function redriveJobs(
  context: CliContext,
  id: string | undefined,
  { all = false }: { all?: boolean },
): Promise<number> {
  if ((id === undefined) !== all) {
    throw new AppError("bad-input", "Which job? Give the id of one, or --all.", {
      advice: "Run: aftertalk jobs dead",
    });
  }
  return withEngine(context, async (engine, workspace) => {
    const known = (await listDeadJobs(engine.db, workspace.id)).map((job) => job.id);
    const count: Record<Redriven, number> = { done: 0, over: 0, unknown: 0 };
    for (const each of known.filter((one) => all || one === id))
      count[await redriveJob(engine, workspace.id, each)] += 1;
    if (id !== undefined && count.done + count.over === 0) {
      throw new AppError("bad-input", "There is no such dead job.", {
        advice: "Run: aftertalk jobs dead",
      });
    }
    context.out.line(`Put in again: ${count.done}.`);
    if (count.over > 0) context.out.line(`Nothing is left to be done about ${count.over} more.`);
    context.out.result({ redriven: count.done, over: count.over });
    return exitCodes.ok.code;
  });
}
