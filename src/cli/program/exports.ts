/** What can be typed to take data out, for spreadsheets and other programs. */
import type { Command } from "commander";
import { summarySteps } from "../../exporting/days.ts";
import { formats } from "../../exporting/format.ts";
import { cuts } from "../../metrics/filter.ts";
import { oneOf, parseDay, parseMetric } from "../arguments.ts";
import type { ExportAnswersOptions, ExportSummaryOptions } from "../export.ts";
import type { Run } from "./run.ts";

export function addExports(program: Command, run: Run): void {
  const exporting = program
    .command("export")
    .description("write answers or figures to a file for spreadsheets and other programs")
    .addHelpText("after", `\n${examples}`);
  withCommon(exporting.command("answers"))
    .description("every answer and every question asked, one a row; import takes them back")
    .option("--names", "with names and addresses of customers")
    .addHelpText("after", `\n${answersHelp}`)
    .action((options: ExportAnswersOptions) =>
      run(async (context) => (await import("../export.ts")).exportAnswers(context, options)),
    );
  withCommon(exporting.command("summary"))
    .description("score, range, distribution and response rate, by time and by part")
    .option("--every <step>", summarySteps.join(", "), oneOf("steps", summarySteps), "week")
    .option("--by <cut>", cuts.join(", "), oneOf("cuts", cuts))
    .addHelpText("after", `\n${summaryHelp}`)
    .action((options: ExportSummaryOptions) =>
      run(async (context) => (await import("../export.ts")).exportSummary(context, options)),
    );
  withDays(program.command("audit"))
    .description("write who changed what, what was there before, and when, the oldest first")
    .option("--names", "with what people are called, beside their ids")
    .addHelpText("after", `\n${auditHelp}`)
    .action((options: ExportAnswersOptions) =>
      run(async (context) => (await import("../export.ts")).exportAudit(context, options)),
    );
}

function withCommon(command: Command): Command {
  return withDays(command).option("--metric <metric>", "only this one", parseMetric);
}

function withDays(command: Command): Command {
  return command
    .option("--from <day>", "from this day on (2026-10-05)", parseDay)
    .option("--to <day>", "up to and with this day", parseDay)
    .option("--format <format>", formats.join(", "), oneOf("formats", formats), "csv")
    .option("--file <file>", "a new file; standard output without it")
    .option("--bom", "begin with a byte order mark, by which Excel knows UTF-8");
}

const answersHelp = `Whatever was asked or answered in those days is in it, with all that belongs to it.
Customers are pseudonyms without --names. What was said under "only totals" is sealed: nobody can
read it, and import takes it back. docs/export.md explains the columns.

Examples:
  aftertalk export answers --file answers.csv
  aftertalk export answers --from 2026-10-01 --to 2026-10-31 --metric nps --bom --file october.csv`;

const summaryHelp = `What fewer than five answers would show stays empty. docs/export.md explains the columns.

Examples:
  aftertalk export summary --every month --by team --file teams.csv
  aftertalk export summary --metric nps --format jsonl`;

const auditHelp = `before and after are JSON: settings by name, a survey or schedule with its definition.

Examples:
  aftertalk audit --from 2026-11-01 --format jsonl
  aftertalk audit --names --file audit.csv`;

const examples = `Examples:
  aftertalk export answers --file answers.csv
  aftertalk export summary --every month --by team --file teams.csv`;
