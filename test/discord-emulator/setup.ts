/** The real clients, pointed at the emulator. */
import { Client, type ClientOptions, GatewayIntentBits, Partials, REST } from "discord.js";
import { onTestFinished } from "vitest";
import { createTestClock, type TestClock } from "../support/clock.ts";
import {
  type Discord,
  type DiscordOptions,
  type GuildFace,
  type GuildOptions,
  startDiscord,
} from "../support/discord/index.ts";

export interface Stage {
  readonly discord: Discord;
  readonly acme: GuildFace;
  readonly clock: TestClock;
  /** REST alone, without a gateway. */
  readonly rest: REST;
}

/** A Discord with one guild, on a clock that the test moves; ends with the test. */
export async function stage(
  options: DiscordOptions & { guild?: GuildOptions } = {},
): Promise<Stage> {
  const { guild, ...rest } = options;
  const clock = createTestClock();
  const discord = await startDiscord({ clock, ...rest });
  onTestFinished(() => discord.stop());
  return { discord, acme: discord.guild("Acme", guild), clock, rest: restFor(discord) };
}

/** Tries once, and says so when it would have to wait. */
function restFor(discord: Discord): REST {
  const rest = new REST({
    api: discord.apiUrl,
    retries: 0,
    timeout: 20_000,
    rejectOnRateLimit: () => true,
  });
  return rest.setToken(discord.token);
}

const { Guilds, GuildMessages, GuildMessageReactions, DirectMessages, MessageContent } =
  GatewayIntentBits;
const usualIntents = [Guilds, GuildMessages, GuildMessageReactions, DirectMessages, MessageContent];

/** A client that is ready; ends with the test. */
export async function clientFor(
  discord: Discord,
  options: Partial<ClientOptions> = {},
): Promise<Client<true>> {
  const client = new Client({
    intents: usualIntents,
    partials: [Partials.Channel, Partials.Message, Partials.Reaction],
    waitGuildTimeout: 50,
    rest: { api: discord.apiUrl, retries: 0, timeout: 20_000 },
    ...options,
  });
  onTestFinished(() => client.destroy());
  const ready = new Promise<Client<true>>((resolve) => client.once("clientReady", resolve));
  client.on("error", () => {});
  await client.login(discord.token);
  return await ready;
}

/** "ok", or what Discord answered: "403 50013", "wait". */
export async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "ok";
  } catch (error) {
    if (typeof error !== "object" || error === null) throw error;
    if ("status" in error && "code" in error) return `${error.status} ${error.code}`;
    if ("status" in error) return `HTTP ${error.status}`;
    if ("retryAfter" in error) return "wait";
    throw error;
  }
}

export { until } from "../support/until.ts";
