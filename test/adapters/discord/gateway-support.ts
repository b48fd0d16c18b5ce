/** A gateway of ours on the emulator, with everything that ends with the test. */
import { connect, createServer } from "node:net";
import type { Client } from "discord.js";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import { readApplication } from "../../../adapters/discord/application.ts";
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
export async function gatewayFor(discord: Discord, opening: Opening = {}): Promise<Opened> {
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
  const application = await readApplication(client.rest);
  const gateway = openGateway({
    ...{ client, application, options, core },
    pace: { turn: 0, ...opening.pace },
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
  const opened = await gatewayFor(discord, opening);
  await opened.gateway.start();
  return opened;
}

/** A way to the gateway that can swallow everything without a word, goodbyes too (F9). */
export async function blackHole(discord: Discord, client: Client) {
  const { port, hostname } = new URL(discord.apiUrl);
  let swallows = false;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on("data", (bytes) => {
        if (!swallows) to.write(bytes);
      });
      from.on("end", () => {
        if (!swallows) to.end();
      });
      from.on("error", () => to.destroy());
      from.on("close", () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const { rest } = client;
  const get = rest.get.bind(rest);
  rest.get = async (route, options) => {
    const body = await get(route, options);
    const isGateway = typeof body === "object" && body !== null && "url" in body;
    return isGateway ? { ...body, url: `ws://127.0.0.1:${address.port}` } : body;
  };
  return {
    swallow() {
      swallows = true;
    },
  };
}
