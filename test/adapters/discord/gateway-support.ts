/** A gateway of ours on the emulator, with everything that ends with the test. */
import type { Client } from "discord.js";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import { createClient } from "../../../adapters/discord/client.ts";
import { type Gateway, type GatewayPace, openGateway } from "../../../adapters/discord/gateway.ts";
import type { DiscordOptions } from "../../../adapters/discord/options.ts";
import { type FakeCoreServices, fakeCoreServices } from "../../support/core-services.ts";
import {
  type Discord,
  startDiscord,
  type DiscordOptions as World,
} from "../../support/discord/index.ts";

export interface Opening {
  readonly core?: FakeCoreServices;
  readonly pace?: Partial<GatewayPace>;
  readonly shards?: DiscordOptions["shards"];
  readonly onNewSession?: (shardId: number) => unknown;
}

export interface Opened {
  readonly client: Client;
  readonly gateway: Gateway;
  readonly core: FakeCoreServices;
  /** Shards that got a new session, in order. */
  readonly sessions: number[];
  /** Lines that were logged. */
  readonly logged: string[];
}

/** A Discord that does not mind how soon sessions follow one another; ends with the test. */
export async function startWorld(options: Partial<World> = {}): Promise<Discord> {
  const discord = await startDiscord({ limits: "off", ...options });
  onTestFinished(() => discord.stop());
  return discord;
}

/** A gateway that is not started yet; it stops with the test. */
export function gatewayFor(discord: Discord, opening: Opening = {}): Opened {
  const logged: string[] = [];
  const log = pino({ level: "info" }, { write: (line: string) => void logged.push(line) });
  const { core = fakeCoreServices(), shards } = opening;
  const options = {
    token: discord.token,
    apiUrl: discord.apiUrl,
    log,
    ...(shards === undefined ? {} : { shards }),
  };
  const client = createClient(options, { guilds: 50 });
  const sessions: number[] = [];
  const gateway = openGateway({
    client,
    options,
    core,
    pace: { tries: [], turn: 0, ...opening.pace },
    onNewSession(shardId) {
      sessions.push(shardId);
      return opening.onNewSession?.(shardId);
    },
  });
  onTestFinished(() => gateway.stop());
  return { client, gateway, core, sessions, logged };
}

/** One that is started. */
export async function openedFor(discord: Discord, opening: Opening = {}): Promise<Opened> {
  const opened = gatewayFor(discord, opening);
  await opened.gateway.start();
  return opened;
}
