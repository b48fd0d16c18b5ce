/** What operators can type to make a schedule out of a sentence. */
import { type Command, Option } from "commander";
import { languages } from "../../locales/index.ts";
import type { AddScheduleOptions } from "../schedules-add.ts";
import type { Run } from "./run.ts";

/** `schedules`: the command that it belongs under. */
export function addSchedulesAdd(schedules: Command, run: Run): void {
  schedules
    .command("add")
    .description("make a schedule out of a sentence; what is not clear is asked about")
    .argument("<sentence>", 'for example "csat 15 minutes after a chat is closed"')
    .addOption(
      new Option("--language <language>", "in which it is answered; all are understood")
        .choices(languages)
        .default("en"),
    )
    .option("--name <name>", "what it is called, instead of the proposed name")
    .option("--dry-run", "show what it would be, and keep nothing")
    .option("--yes", "keep it without asking")
    .action((sentence: string, options: AddScheduleOptions) =>
      run(async (context) =>
        (await import("../schedules-add.ts")).addSchedule(context, sentence, options),
      ),
    );
}
