/** Tells Discord our commands, when it does not know them as they are. */
import { type Client, Routes } from "discord.js";
import { registeredCommands } from "../commands.ts";
import type { DiscordOptions } from "../options.ts";
import { normalised } from "./normalised.ts";

export interface Registering {
  readonly client: Pick<Client, "rest">;
  readonly applicationId: string;
  readonly options: Pick<DiscordOptions, "commands" | "say" | "languages">;
  readonly log: DiscordOptions["log"];
}

const ADVICE =
  "Slash commands may be missing or out of date. Invite the bot with the link of `aftertalk discord invite`, which asks for applications.commands, and start again.";

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
    log.warn({ error, advice: ADVICE }, "Discord's commands could not be registered");
    return false;
  }
}
