/** What operators can type to find out why somebody was asked, or was not. */
import type { Command } from "commander";
import { NAMED_BY, wholeNumber } from "../arguments.ts";
import type { WhyOptions } from "../why.ts";
import type { Run } from "./run.ts";

/** Decisions are kept at least so long, unless answers are kept for less. */
const WHY_DAYS = 90;

export function addWhy(program: Command, run: Run): void {
  program
    .command("why")
    .description("why somebody was asked, or was not: every decision about them, and what waits")
    .argument("<person>", NAMED_BY)
    .option("--days <days>", "how far back", wholeNumber(1, 3650), WHY_DAYS)
    .action((text: string, options: WhyOptions) =>
      run(async (context) => (await import("../why.ts")).explainPerson(context, text, options)),
    );
}
