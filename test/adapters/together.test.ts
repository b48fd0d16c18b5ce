/**
 * Both chat platforms in one process. Each library brings an undici of its own, and all of them, with
 * Node's, share a global: whose dispatcher it is depends on what was loaded when, and no undici takes
 * a form of another version.
 */
import { createRequire } from "node:module";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import type { ChatPlatform, ConnectionRef, Inbox, Message } from "../../src/platform.ts";
import { fakeCoreServices } from "../support/core-services.ts";
import { createStage as createDiscordStage } from "./discord/stage.ts";
import { createStage as createSlackStage } from "./slack/stage.ts";

/** The smallest PNG: one transparent point. */
const dot = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);
const picture: Message = {
  summary: "NPS 34",
  locale: "en",
  parts: [{ kind: "picture", picture: { png: dot, width: 1, height: 1, alt: "NPS 34" } }],
};

const inbox: Inbox = { receive: async () => ({ kind: "nothing" }) };

interface Started {
  readonly platform: ChatPlatform;
  readonly connection: ConnectionRef;
  /** The pictures that leads see. */
  readonly seen: () => Buffer[];
}

async function started(
  wired: {
    readonly platform: ChatPlatform;
    readonly connections: readonly { readonly ref: ConnectionRef }[];
  },
  seen: Started["seen"],
): Promise<Started> {
  const [connection] = wired.connections.map(({ ref }) => ref);
  if (connection === undefined) throw new Error("there is a connection");
  onTestFinished(() => wired.platform.stop());
  await wired.platform.start(inbox, fakeCoreServices());
  return { platform: wired.platform, connection, seen };
}

async function startDiscord(): Promise<Started> {
  const { createDiscord } = await import("../../adapters/discord/index.ts");
  const stage = await createDiscordStage({ limits: "off" });
  onTestFinished(() => stage.discord.stop());
  const acme = stage.discord.guild("Acme");
  const leads = acme.channel("leads");
  const { owner } = acme;
  const options = stage.options({ leadsChannels: ["leads"] });
  const seen = () => owner.sees(leads).flatMap(({ files }) => files.map(({ bytes }) => bytes));
  return started(await createDiscord(options, { start: [] }), seen);
}

async function startSlack(): Promise<Started> {
  const { createSlack } = await import("../../adapters/slack/index.ts");
  const stage = await createSlackStage();
  onTestFinished(() => stage.slack.stop());
  const acme = stage.slack.workspace("Acme");
  const leads = acme.channel("leads");
  const options = stage.options({
    botTokens: [acme.botToken],
    appToken: stage.slack.appToken,
    leadsChannels: ["#leads"],
  });
  const kim = acme.person("Kim");
  const seen = () => kim.sees(leads).map(({ words }) => Buffer.from(words));
  return started(await createSlack(options, { start: [], picture: [1] }), seen);
}

/** Everything is sent through the undici that Slack's libraries bring. */
function sendByTheirs(library: string): void {
  const required: unknown = createRequire(import.meta.resolve(library))("undici");
  const { Agent, setGlobalDispatcher } = undici.parse(required);
  setGlobalDispatcher(new Agent());
}

const undici = z.object({
  Agent: z.custom<new () => object>((value) => typeof value === "function"),
  setGlobalDispatcher: z.custom<(agent: object) => void>((value) => typeof value === "function"),
});

test("Discord sends a picture as a file while Slack is there, and Slack sends too", async () => {
  const discord = await startDiscord();
  const slack = await startSlack();
  sendByTheirs("@slack/socket-mode");
  for (const { platform, connection } of [discord, slack, discord]) {
    const key = `key-${platform.name}`;
    await platform.send(connection, { kind: "leads" }, picture, key);
  }
  expect(discord.seen().map((bytes) => bytes.equals(dot))).toEqual([true]);
  expect(slack.seen()).toHaveLength(1);
  for (const { platform } of [discord, slack]) expect(platform.unready?.()).toBeUndefined();
});
