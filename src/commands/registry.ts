/**
 * All commands by name; `/aftertalk NAME …` reaches each of them too. A new one gets a line here; what
 * else it needs stands at the top of catalogue.ts.
 */
import { metricNames } from "../metrics/metric.ts";
import { afterChatCommand } from "./after-chat.ts";
import { casesCommand } from "./cases.ts";
import { churn } from "./churn.ts";
import type { Command } from "./command.ts";
import { contacts } from "./contacts.ts";
import { coverageCommand } from "./coverage.ts";
import { cx } from "./cx.ts";
import { driversCommand } from "./drivers.ts";
import { feedbackCommand } from "./feedback.ts";
import { firstReply } from "./first-reply.ts";
import { helpCommand } from "./help.ts";
import { homeCommand } from "./home.ts";
import { journey } from "./journey.ts";
import { linkCommand } from "./link.ts";
import { quotesCommand } from "./quotes.ts";
import { response } from "./response.ts";
import { sampleCommand } from "./sample.ts";
import { silentCommand } from "./silent.ts";
import { createSummaryCommand } from "./summary.ts";
import { surveyCommand } from "./survey.ts";

const all: readonly Command[] = [
  ...metricNames.map(createSummaryCommand),
  cx.command,
  coverageCommand,
  driversCommand,
  ...[response, firstReply, contacts, churn, journey].map(({ command }) => command),
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
