/** Discord: from the settings to the adapter, and what it brings to the command line. */
import type { DiscordOptions } from "../../adapters/discord/options.ts";
import type { PlatformCommand, PlatformTools } from "../cli/platform-tools.ts";
import type { Config } from "../config.ts";
import { AppError } from "../errors.ts";
import { languages } from "../locales/index.ts";
import { createLog, type Log } from "../log.ts";
import type { WiredPlatform } from "../start.ts";
import { connectTo, type OnProgress } from "./patience.ts";
import { chatSettings, say } from "./settings.ts";

/** `token` is the setting's, known to be there. */
export async function wireDiscord(
  config: Config,
  token: string,
  log: Log,
  onProgress: OnProgress,
): Promise<WiredPlatform> {
  const { createDiscord } = await import("../../adapters/discord/index.ts");
  const options = await discordOptions(config, token, log);
  const { platform, connections } = await connectTo("Discord", "DISCORD_API_URL", onProgress, () =>
    createDiscord(options),
  );
  const settings = chatSettings(config, config.discord);
  return {
    platform,
    connections: connections.map((each) => ({
      ...each,
      settings: { ...settings, ...each.settings },
    })),
    settings,
  };
}

async function discordOptions(
  { discord }: Config,
  token: string,
  log: Log,
): Promise<DiscordOptions> {
  const { commandCatalogue } = await import("../commands/catalogue.ts");
  const { apiUrl, shards } = discord;
  return {
    token,
    ...addressOf(apiUrl),
    ...(shards === undefined ? {} : { shards }),
    guilds: discord.guilds,
    supportChannels: discord.supportChannels,
    team: discord.team,
    leads: discord.leads,
    admins: discord.admins,
    leadsChannels: discord.leadsChannels,
    closeEmoji: discord.closeEmoji,
    solvedTags: discord.solvedTags,
    closedNames: discord.closedNames,
    commands: commandCatalogue(),
    ...{ say, languages },
    log,
  };
}

const invite: PlatformCommand = {
  name: "invite",
  description: "print the link that lets the bot into a server, with the least permissions",
  options: [
    {
      flags: "--application <id>",
      description: "the application's id; without it Discord is asked, with DISCORD_TOKEN",
    },
    {
      flags: "--private-threads",
      description: "private threads are support chats too: ask for Manage Threads as well",
    },
  ],
  help: "Examples:\n  aftertalk discord invite\n  aftertalk discord invite --application 197038439483310086",
  async run({ application, privateThreads }, config) {
    const { findApplication, invitation, wrongApplication } = await import(
      "../../adapters/discord/invite.ts"
    );
    const problem = application === undefined ? undefined : wrongApplication(application);
    if (problem !== undefined) return { problem };
    const applicationId = application ?? (await findApplication(discordAccess(config())));
    const result = invitation({ applicationId, privateThreads: privateThreads !== undefined });
    const asksFor = result.permissions.map(({ name, to }) => `  ${name}: to ${to}`).join("\n");
    return { result, text: result.url, note: `${inviteNote}\n${asksFor}` };
  },
};

const inviteNote =
  "Open it in a browser, choose the server, Continue, Authorize. docs/discord.md has the next steps. It asks for:";

function discordAccess({ discord: { token, apiUrl } }: Config) {
  if (token === undefined) {
    throw new AppError("bad-setting", "There is no DISCORD_TOKEN to ask Discord with.", {
      advice:
        "Set it, or give the id: aftertalk discord invite --application ID (Application ID on its page General Information).",
    });
  }
  return { token, ...addressOf(apiUrl) };
}

/** The client adds paths to it, each with a slash before it. */
function addressOf(apiUrl: string | undefined): { readonly apiUrl?: string } {
  return apiUrl === undefined ? {} : { apiUrl: apiUrl.replace(/\/+$/, "") };
}

export const discordTools: PlatformTools = {
  name: "discord",
  description: "set up Discord",
  commands: [invite],
  async *checks(config) {
    const { token } = config.discord;
    if (token === undefined) return;
    const { checkDiscord } = await import("../../adapters/discord/doctor.ts");
    const log = createLog(config.logLevel ?? "warn");
    yield* checkDiscord(await discordOptions(config, token, log));
  },
  outline: async () => (await import("../../adapters/discord/outline.ts")).outlineMessage,
};
