/** Our commands in Discord: tells it which there are, when it does not know them as they are. */
import { type Client, Routes } from "discord.js";
import { registeredCommands } from "./commands/definitions.ts";
import { normalised } from "./commands/normalised.ts";
import { discordError } from "./errors.ts";
import type { DiscordOptions } from "./options.ts";

export { type ChatCommand, chatCommandOf, registeredCommands } from "./commands/definitions.ts";
export { focusedOption, type TypedOption, textOf } from "./commands/typed.ts";

export interface Registering {
  readonly client: Pick<Client, "rest">;
  readonly applicationId: string;
  readonly options: Pick<DiscordOptions, "commands" | "say" | "languages">;
  readonly log: DiscordOptions["log"];
}

const ADVICE =
  "The slash commands stay as they were; they are compared again when the bot connects the next time.";

/** Resolves in any case: without its commands everything else works. True when they are as they should be. */
export async function registerCommands(registering: Registering): Promise<boolean> {
  const { client, applicationId, options, log } = registering;
  const route = Routes.applicationCommands(applicationId);
  try {
    const query = new URLSearchParams({ with_localizations: "true" });
    const known = await client.rest.get(route, { query });
    const body = registeredCommands(options);
    if (normalised(known) === normalised(body)) return true;
    await client.rest.put(route, { body });
    log.info({ commands: body.length }, "Discord's commands are registered anew");
    return true;
  } catch (error) {
    // Discord's own error carries what was sent.
    const { code, message: reason } = discordError(error);
    log.warn({ code, reason, advice: ADVICE }, "Discord's commands could not be registered");
    return false;
  }
}
