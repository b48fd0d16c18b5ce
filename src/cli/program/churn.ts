/** What can be typed about signals that people may leave. */
import type { Command } from "commander";
import { wholeNumber } from "../arguments.ts";
import type { BacktestOptions } from "../backtest.ts";
import type { Run } from "./run.ts";

const USUAL_MONTHS = 24;
/** Older than this nobody's business is the same. */
const MOST_MONTHS = 120;

export function addChurn(program: Command, run: Run): void {
  program
    .command("signals")
    .description("who may leave, as it stands, with the reasons")
    .action(() => run(async (context) => (await import("../signals.ts")).showSignals(context)));
  program
    .command("backtest")
    .description("look back: what would have been foretold, and what became of it")
    .command("churn")
    .description("churn signals on past dates, by what was recorded then, against who left")
    .option("--months <number>", "how far back", wholeNumber(4, MOST_MONTHS), USUAL_MONTHS)
    .option("--derive", "offer points of your own, fitted on older dates and judged on newer ones")
    .option("--accept", "keep what came of it: that signals are risk, and the points with --derive")
    .addHelpText("after", `\n${help}`)
    .action((options: BacktestOptions) =>
      run(async (context) => (await import("../backtest.ts")).backtestChurn(context, options)),
    );
}

const help = `Nothing is changed without --accept. Who left is told by import people and import accounts.
docs/churn.md says what is counted and what the gate is.

Examples:
  aftertalk backtest churn
  aftertalk backtest churn --months 36 --derive
  aftertalk backtest churn --accept`;
