/**
 * A small town on Discord: the emulator with a guild, and the real service in a process of its own
 * that is set up for it, as an operator would.
 */
import { rmSync } from "node:fs";
import { permissions } from "../../../adapters/discord/invite.ts";
import { type Service, startService } from "../../e2e/service.ts";
import { makeDataFolder } from "../database.ts";
import {
  type Discord,
  type DiscordOptions,
  type GuildFace,
  type GuildOptions,
  startDiscord,
} from "../discord/index.ts";
import { isPermission } from "../discord/permissions.ts";

export interface DiscordTown {
  readonly discord: Discord;
  /** Acme, where the bot was invited with what it asks for and no more. */
  readonly guild: GuildFace;
  readonly people: ReturnType<typeof people>;
  readonly channels: ReturnType<typeof channels>;
  /** The running service; after `restart` a new one. */
  readonly service: () => Service;
  /** The settings it was started with: for the command line beside it. */
  readonly settings: Readonly<Record<string, string>>;
  /** Ends the service with this signal and starts it again on the same data. */
  restart(signal?: NodeJS.Signals): Promise<void>;
  /** The same in two steps: what happens in between is missed. */
  ends(signal?: NodeJS.Signals): Promise<void>;
  starts(): Promise<void>;
  /** Ends the service and the emulator, and takes the data away. */
  stop(): Promise<void>;
}

export interface TownOptions {
  /** Settings beside or instead of the usual ones. */
  readonly env?: Readonly<Record<string, string>>;
  /** What else is there before the service starts. */
  readonly build?: (discord: Discord, guild: GuildFace) => void;
  readonly discord?: DiscordOptions;
  readonly guild?: GuildOptions;
  /** What is started instead of the service; asked at each start. */
  readonly program?: () => readonly string[];
}

/** Starts all of it; resolves when the service is ready and hears what happens in the guild. */
export async function startDiscordTown(options: TownOptions = {}): Promise<DiscordTown> {
  const discord = await startDiscord(options.discord);
  const dataFolder = makeDataFolder();
  const clean = async () => {
    await discord.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  };
  const guild = discord.guild("Acme", { permissions: asked, ...options.guild });
  const inhabitants = people(guild);
  const places = channels(guild, inhabitants.leads);
  options.build?.(discord, guild);
  const settings = {
    AFTERTALK_DATA_DIR: dataFolder,
    ...discordSettings(discord),
    ...options.env,
  };
  const start = async () => {
    const service = await startService(settings, options.program?.());
    await ready(service, discord);
    return service;
  };
  let service = await start().catch(async (error: unknown) => {
    await clean();
    throw error;
  });
  const ends = async (signal: NodeJS.Signals = "SIGTERM") => {
    await service.end(signal);
  };
  const starts = async () => {
    service = await start();
  };
  return {
    discord,
    guild,
    people: inhabitants,
    channels: places,
    service: () => service,
    settings,
    ends,
    starts,
    async restart(signal) {
      await ends(signal);
      await starts();
    },
    async stop() {
      await service.end("SIGKILL");
      await clean();
    },
  };
}

/** What the link of an invitation asks for. */
const asked = Object.keys(permissions).map((name) => {
  if (!isPermission(name)) throw new Error(`The emulator knows no permission ${name}.`);
  return name;
});

function people(guild: GuildFace) {
  const support = guild.role("Support", {
    permissions: ["ManageThreads", "ManageMessages", "ManageChannels"],
  });
  const leads = guild.role("Leads", { permissions: ["ManageThreads"] });
  return {
    support,
    leads,
    /** A customer: a member without a role. */
    dana: guild.person("Dana"),
    /** Answers customers: Support. */
    kim: guild.person("Kim", { roles: [support] }),
    /** Sees answers: Support and Leads. */
    lee: guild.person("Lee", { roles: [support, leads] }),
    /** Owns the guild. */
    ada: guild.owner,
  };
}

function channels(guild: GuildFace, leads: { readonly id: string }) {
  const tickets = guild.category("Tickets");
  const board = guild.channel("leads");
  board.denies("everyone", "ViewChannel");
  board.allows("bot", "ViewChannel");
  board.allows(leads, "ViewChannel");
  return {
    /** Its threads are chats. */
    help: guild.channel("help"),
    /** Its posts are chats. */
    questions: guild.forum("questions", { tags: ["solved", "billing"] }),
    /** The channels in it are chats. */
    tickets,
    leads: board,
    /** Not set up as anything. */
    general: guild.channel("general"),
  };
}

function discordSettings({ apiUrl, token }: Discord): Record<string, string> {
  return {
    DISCORD_TOKEN: token,
    DISCORD_API_URL: apiUrl,
    DISCORD_SUPPORT_CHANNELS: "help,questions,Tickets",
    DISCORD_TEAM: "Support",
    DISCORD_LEADS: "Leads",
    DISCORD_LEADS_CHANNEL: "leads",
  };
}

const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 20;

/** The probe of an operator says ok, and the gateway has a session. */
async function ready(service: Service, discord: Discord): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end && service.child.exitCode === null) {
    const answer = await fetch(`${service.url}/readyz`).catch(() => undefined);
    if (answer?.status === 200 && discord.gateway.count() > 0) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  await service.end("SIGKILL");
  throw new Error(`the service did not become ready:\n${service.output()}`);
}
