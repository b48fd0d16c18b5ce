/** What can be typed about jobs that failed for good. */
import type { Command } from "commander";
import type { Run } from "./run.ts";

export function addJobs(program: Command, run: Run): void {
  const jobs = program.command("jobs").description("work that failed at every try");
  jobs
    .command("dead")
    .description("list it: what it was about, how often it was tried, and why it failed")
    .action(() => run(async (context) => (await import("../jobs.ts")).showDeadJobs(context)));
  jobs
    .command("redrive")
    .description("have it tried again, once what was wrong is mended")
    .argument("[id]", "of one job, as dead shows it")
    .option("--all", "all of them")
    .action((id: string | undefined, options: { all?: boolean }) =>
      run(async (context) => (await import("../jobs.ts")).redriveJobs(context, id, options)),
    );
}
