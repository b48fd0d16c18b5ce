/**
 * All commands by name; `/aftertalk NAME …` reaches each of them too. A new one gets a line here; what
 * else it needs stands at the top of catalogue.ts.
 */
import { metricNames } from "../metrics/metric.ts";
import { afterChatCommand } from "./after-chat.ts";
import { auditCommand } from "./audit.ts";
import { casesCommand } from "./cases.ts";
import type { AdminCommand, Command } from "./command.ts";
import { coverageCommand } from "./coverage.ts";
import { driversCommand } from "./drivers.ts";
import { feedbackCommand } from "./feedback.ts";
import { createHelpCommand } from "./help.ts";
import { homeCommand } from "./home.ts";
import { linkCommand } from "./link.ts";
import { churn } from "./operations/churn.ts";
import { contacts } from "./operations/contacts.ts";
import { cx } from "./operations/cx.ts";
import { firstReply } from "./operations/first-reply.ts";
import { journey } from "./operations/journey.ts";
import { response } from "./operations/response.ts";
import { quotesCommand } from "./quotes.ts";
import { rolesCommand } from "./roles.ts";
import { sampleCommand } from "./sample.ts";
import { settingsCommand } from "./settings.ts";
import { setupCommand } from "./setup.ts";
import { silentCommand } from "./silent.ts";
import { createSummaryCommand } from "./summary.ts";
import { surveyCommand } from "./survey.ts";
import { undoCommand } from "./undo.ts";

const all: readonly (Command | AdminCommand)[] = [
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
  rolesCommand,
  surveyCommand,
  settingsCommand,
  setupCommand,
  afterChatCommand,
  undoCommand,
  auditCommand,
  sampleCommand,
  createHelpCommand(() => commands),
];

export const commands: ReadonlyMap<string, Command | AdminCommand> = new Map(
  all.map((command) => [command.name, command]),
);
