/** What can be typed about schedules: when people are asked what. */
import type { Command } from "commander";
import type { ApplyOptions } from "../schedules-file.ts";
import type { Run } from "./run.ts";
import { addSchedulesAdd } from "./schedules-add.ts";
import { addSchedulesPreview } from "./schedules-preview.ts";

export function addSchedules(program: Command, run: Run): void {
  const schedules = program
    .command("schedules")
    .description("when people are asked what, and whom")
    .addHelpText("after", `\n${examples}`);
  schedules
    .command("list")
    .description("all schedules, whether they are on, and when they ask")
    .action(() => run(async (context) => (await import("../schedules.ts")).showSchedules(context)));
  schedules
    .command("show")
    .description("one schedule in plain words")
    .argument("<name>")
    .action((name: string) =>
      run(async (context) => (await import("../schedules.ts")).showSchedule(context, name)),
    );
  for (const [word, state, what] of [
    ["on", "on", "switch a schedule on; what was over by then is not asked about"],
    ["off", "paused", "switch a schedule off; what it planned is not asked"],
  ] as const) {
    schedules
      .command(word)
      .description(what)
      .argument("<name>")
      .action((name: string) =>
        run(async (context) =>
          (await import("../schedules.ts")).turnSchedule(context, name, state),
        ),
      );
  }
  schedules
    .command("history")
    .description("every version of a schedule: when, by whom, and what changed")
    .argument("<name>")
    .action((name: string) =>
      run(async (context) => (await import("../schedules.ts")).showHistory(context, name)),
    );
  addSchedulesPreview(schedules, run);
  addSchedulesAdd(schedules, run);
  addFile(schedules, run);
}

function addFile(schedules: Command, run: Run): void {
  schedules
    .command("export")
    .description("write all schedules as YAML, to be read, changed and applied")
    .argument("[file]", "a new file; without it: standard output")
    .action((file: string | undefined) =>
      run(async (context) => (await import("../schedules-file.ts")).exportSchedules(context, file)),
    );
  schedules
    .command("apply")
    .description(
      "make the schedules what a file says: all of it or, when something is wrong, nothing",
    )
    .argument("<file>", "YAML as export writes it; - reads standard input")
    .option("--dry-run", "show what would change, and change nothing")
    .option("--prune", "archive the schedules that are not in the file")
    .action((file: string, options: ApplyOptions) =>
      run(async (context) =>
        (await import("../schedules-file.ts")).applySchedules(context, file, options),
      ),
    );
}

const examples = `Examples:
  aftertalk schedules list
  aftertalk schedules preview still-solved --days 30
  aftertalk schedules on still-solved
  aftertalk schedules add "nps every Monday at 9:00 for detractors" --dry-run
  aftertalk schedules export schedules.yaml
  aftertalk schedules apply schedules.yaml --dry-run
docs/schedules.md has every field.`;
