/** All commands by name; `/aftertalk NAME …` reaches each of them too. A new one gets a line here. */
import { metricNames } from "../metrics/metric.ts";
import { afterChatCommand } from "./after-chat.ts";
import { casesCommand } from "./cases.ts";
import type { Command } from "./command.ts";
import { coverageCommand } from "./coverage.ts";
import { cx } from "./cx.ts";
import { driversCommand } from "./drivers.ts";
import { feedbackCommand } from "./feedback.ts";
import { helpCommand } from "./help.ts";
import { homeCommand } from "./home.ts";
import { linkCommand } from "./link.ts";
import { quotesCommand } from "./quotes.ts";
import { sampleCommand } from "./sample.ts";
import { silentCommand } from "./silent.ts";
import { createSummaryCommand } from "./summary.ts";
import { surveyCommand } from "./survey.ts";

const all: readonly Command[] = [
  ...metricNames.map(createSummaryCommand),
  cx.command,
  coverageCommand,
  driversCommand,
  feedbackCommand,
  homeCommand,
  casesCommand,
  silentCommand,
  quotesCommand,
  linkCommand,
  surveyCommand,
  afterChatCommand,
  sampleCommand,
  helpCommand,
];

export const commands: ReadonlyMap<string, Command> = new Map(
  all.map((command) => [command.name, command]),
);
