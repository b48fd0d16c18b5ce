/** What operators can type to see beforehand what a schedule would do. */
import type { Command } from "commander";
import { wholeNumber } from "../arguments.ts";
import type { PreviewScheduleOptions } from "../schedules-preview.ts";
import type { Run } from "./run.ts";

const PREVIEW_DAYS = 30;

/** `schedules`: the command that it belongs under. */
export function addSchedulesPreview(schedules: Command, run: Run): void {
  schedules
    .command("preview")
    .description("whom a schedule would ask in the days ahead, when, and what holds others back")
    .argument("<name>")
    .option("--days <days>", "how far ahead", wholeNumber(1, 90), PREVIEW_DAYS)
    .option("--no-replay", "only what is known to come, without what may happen as lately")
    .action((name: string, options: PreviewScheduleOptions) =>
      run(async (context) =>
        (await import("../schedules-preview.ts")).previewScheduleNamed(context, name, options),
      ),
    );
}
