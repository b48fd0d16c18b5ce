/**
 * The command line: what can be typed is in cli/program/, what each command does in cli/, one file
 * each.
 */
import { Command, CommanderError } from "commander";
import { createContext, type Surroundings } from "./cli/context.ts";
import { exitCodes } from "./cli/exit-codes.ts";
import { explain } from "./cli/explain.ts";
import { addPlatforms } from "./cli/platform-tools.ts";
import { addChurn } from "./cli/program/churn.ts";
import { addConfig } from "./cli/program/config.ts";
import { addData } from "./cli/program/data.ts";
import { addExports } from "./cli/program/exports.ts";
import { addFigures } from "./cli/program/figures.ts";
import { addJobs } from "./cli/program/jobs.ts";
import { addOperators } from "./cli/program/operators.ts";
import { addPeople } from "./cli/program/people.ts";
import { addQuestions } from "./cli/program/questions.ts";
import { addRoles } from "./cli/program/roles.ts";
import type { Run } from "./cli/program/run.ts";
import { addSchedules } from "./cli/program/schedules.ts";
import { addService } from "./cli/program/service.ts";
import { addWhy } from "./cli/program/why.ts";

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
  addExports(program, run);
  addChurn(program, run);
  addSchedules(program, run);
  addConfig(program, run);
  addQuestions(program, run);
  addFigures(program, run);
  addPeople(program, run);
  addRoles(program, run);
  addWhy(program, run);
  addOperators(program, run);
  addJobs(program, run);
  addPlatforms(program, tools, run);
  for (const command of allCommands(program)) {
    command.option("--json", "print the result as JSON on standard output, and nothing else there");
  }
  return program;
}

function allCommands(program: Command): Command[] {
  return program.commands.flatMap((command) => [command, ...command.commands]);
}

const examples = `Examples:
  aftertalk start
  aftertalk summary nps last week
  aftertalk summary csat 2026-01-01..2026-01-31 --json
  aftertalk import answers.csv --skip-bad bad-rows.csv
  aftertalk reply nps "7 – slow reply"
  aftertalk person erase slack:U0123ABCD
  aftertalk backup aftertalk-2026-11-02.gz
In a clone: npm run -s aftertalk -- summary nps last week`;

function exitCodeHelp(): string {
  const rows = Object.values(exitCodes).map(
    ({ code, meaning }) => `  ${String(code).padStart(3)}  ${meaning}`,
  );
  return `Exit codes:\n${rows.join("\n")}`;
}
