/** The command line: what can be typed. What each command does is in cli/, one file each. */
import { Command, CommanderError } from "commander";
import { parseMetric, wholeNumber } from "./cli/arguments.ts";
import { type CliContext, createContext, type Surroundings } from "./cli/context.ts";
import { exitCodes } from "./cli/exit-codes.ts";
import { explain } from "./cli/explain.ts";
import type { ImportFileOptions } from "./cli/import.ts";
import { addPlatforms } from "./cli/platform-tools.ts";
import type { SeedOptions } from "./cli/seed.ts";
import type { MetricName } from "./metrics/metric.ts";
import { MOST_WEEKS, USUAL_WEEKS } from "./sampling/weeks.ts";

/** Runs one command and gives its exit code. Nothing is thrown. */
export async function runCommandLine(surroundings: Surroundings): Promise<number> {
  const context = createContext(surroundings);
  let exitCode: number = exitCodes.ok.code;
  const program = createProgram(surroundings, async (run) => {
    exitCode = await run(context);
  });
  try {
    await program.parseAsync(surroundings.args, { from: "user" });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) return explain(context, error);
    if (error.exitCode === 0) return exitCodes.ok.code; // --help, --version
    context.out.result({ error: { code: "usage", message: error.message } });
    return exitCodes.usage.code;
  }
}

/** How a command is run: commands are loaded only when they are. */
type Run = (command: (context: CliContext) => Promise<number>) => Promise<void>;

function createProgram({ stdout, stderr, tools }: Surroundings, run: Run): Command {
  const program = new Command("aftertalk")
    .description("Asks customers how it went, right after the talk, and says what changed.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
    })
    .showHelpAfterError("(--help shows what can be typed)")
    .addHelpText("after", `\n${examples}\n\n${exitCodeHelp()}`);
  addService(program, run);
  addData(program, run);
  addQuestions(program, run);
  addPlatforms(program, tools, run);
  for (const command of allCommands(program)) {
    command.option("--json", "print the result as JSON on standard output, and nothing else there");
  }
  return program;
}

function allCommands(program: Command): Command[] {
  return program.commands.flatMap((command) => [command, ...command.commands]);
}

function addService(program: Command, run: Run): void {
  program
    .command("start")
    .description("run the service; Ctrl-C stops it")
    .action(() => run(async (context) => (await import("./cli/start.ts")).start(context)));
  program
    .command("doctor")
    .description("check settings, data, database and platforms, and say how to mend what is wrong")
    .action(() => run(async (context) => (await import("./cli/doctor.ts")).doctor(context)));
  const migrate = program
    .command("migrate")
    .description("bring the database's schema up to date")
    .action(() => run(async (context) => (await import("./cli/migrate.ts")).migrate(context)));
  migrate
    .command("status")
    .description("list the migrations and whether they are applied")
    .action(() =>
      run(async (context) => (await import("./cli/migrate.ts")).showMigrations(context)),
    );
}

function addData(program: Command, run: Run): void {
  program
    .command("seed")
    .description("fill with sample data, marked as such")
    .option(
      "--weeks <number>",
      "full weeks before this one",
      wholeNumber(1, MOST_WEEKS),
      USUAL_WEEKS,
    )
    .option("--remove", "remove all sample data")
    .action((options: SeedOptions) =>
      run(async (context) => (await import("./cli/seed.ts")).seed(context, options)),
    );
  program
    .command("import")
    .description("import answers from a CSV file; the same file twice adds nothing")
    .argument("<file>", "UTF-8 CSV with a header; - reads standard input")
    .option("--skip-bad <file>", "import the good rows, write the bad ones to this new file")
    .addHelpText("after", `\n${columnHelp}`)
    .action((file: string, options: ImportFileOptions) =>
      run(async (context) => (await import("./cli/import.ts")).importFile(context, file, options)),
    );
}

function addQuestions(program: Command, run: Run): void {
  program
    .command("summary")
    .description("a metric in a period: score, range, change, comments")
    .argument("<metric>", "nps, ces, csat, resolution, expectation or emotion", parseMetric)
    .argument(
      "[period...]",
      "week (the default), last month, 30d, all, 2026-W40, 2026-10, FROM..TO",
    )
    .action((metric: MetricName, period: string[]) =>
      run(async (context) =>
        (await import("./cli/summary.ts")).showSummary(context, metric, period),
      ),
    );
  program
    .command("reply")
    .description("how a person's words are understood")
    .argument("[metric]", "nps, ces, csat, resolution, expectation or emotion", parseMetric)
    .argument("[text]", "the reply, in quotes")
    .option("--language <tag>", "language of the reply, such as ru or zh-Hant")
    .option("--lines", 'read {"metric", "language", "text"} a line from standard input')
    .action(
      (
        metric: MetricName | undefined,
        text: string | undefined,
        options: ReplyOptions,
        command: Command,
      ) => {
        if (options.lines) {
          return run(async (context) => (await import("./cli/reply.ts")).understandLines(context));
        }
        if (metric === undefined || text === undefined) {
          return command.error("error: reply needs METRIC and TEXT, or --lines");
        }
        return run(async (context) =>
          (await import("./cli/reply.ts")).understandOne(context, metric, text, options.language),
        );
      },
    );
}

interface ReplyOptions {
  readonly language?: string;
  readonly lines?: true;
}

const examples = `Examples:
  aftertalk start
  aftertalk summary nps last week
  aftertalk summary csat 2026-01-01..2026-01-31 --json
  aftertalk import answers.csv --skip-bad bad-rows.csv
  aftertalk reply nps "7 – slow reply"
In a clone: npm run -s aftertalk -- summary nps last week`;

const columnHelp = `Columns: metric,score,answered_at and, if you have them,
  person,comment,language,channel,team,agent,touchpoint,tags,chat,asked_at
Times are ISO 8601 with an offset (2026-10-05T14:30:00+02:00); tags are split by ";".
docs/command-line.md has the rest.

Examples:
  aftertalk import answers.csv
  aftertalk import answers.csv --skip-bad bad-rows.csv`;

function exitCodeHelp(): string {
  const rows = Object.values(exitCodes).map(
    ({ code, meaning }) => `  ${String(code).padStart(3)}  ${meaning}`,
  );
  return `Exit codes:\n${rows.join("\n")}`;
}
