/** What can be typed to see operational figures: docs/operations.md defines them. */
import type { Command } from "commander";
import type { OperationName } from "../operations.ts";
import type { Run } from "./run.ts";

const WORDS = "week (the default), last month, 30d, 2026-10";

const figures: readonly (readonly [OperationName, about: string, words: string])[] = [
  ["response", "who answered of those who were reached", `${WORDS}; by team, for team:Billing`],
  ["frt", "how long customers wait for the first reply", `${WORDS}; by agent, for team:Billing`],
  ["contacts", "contacts per ten thousand orders", `${WORDS}; by team; vs same last year`],
  ["churn", "who was lost, who may leave, and why", `${WORDS}; vs same last year`],
  ["journey", "touchpoint by touchpoint, and peak-end", `${WORDS}; csat, nps, ces`],
  ["drivers", "what goes together with a score", `${WORDS}; csat, nps, ces; for team:Billing`],
  ["cx", "every metric on one card", `${WORDS}; for team:Billing`],
];

export function addFigures(program: Command, run: Run): void {
  for (const [name, about, words] of figures) {
    program
      .command(name)
      .description(about)
      .argument("[words...]", words)
      .action((typed: string[]) =>
        run(async (context) =>
          (await import("../operations.ts")).showOperation(context, name, typed),
        ),
      );
  }
}
