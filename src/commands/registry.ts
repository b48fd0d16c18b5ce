/** All commands by name; `/aftertalk NAME …` reaches each of them too. A new one gets a line here. */
import { metricNames } from "../metrics/metric.ts";
import { afterChatCommand } from "./after-chat.ts";
import type { Command } from "./command.ts";
import { helpCommand } from "./help.ts";
import { sampleCommand } from "./sample.ts";
import { createSummaryCommand } from "./summary.ts";

export const commands: ReadonlyMap<string, Command> = new Map(
  [...metricNames.map(createSummaryCommand), afterChatCommand, sampleCommand, helpCommand].map(
    (command) => [command.name, command],
  ),
);
