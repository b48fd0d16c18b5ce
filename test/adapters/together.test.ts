/**
 * Both chat platforms in one process. Each library brings an undici of its own, and they share a
 * global: with an undici 7 under @slack/bolt loaded first, every file that discord.js sends fails.
 * The undici 8 that is installed now does not do that; Discord is loaded first all the same, here
 * and in main.ts.
 */
import { expect, onTestFinished, test } from "vitest";
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

test("Discord sends a picture as a file while Slack is there, and Slack sends too", async () => {
  const discord = await startDiscord();
  const slack = await startSlack();
  for (const { platform, connection } of [discord, slack, discord]) {
    const key = `key-${platform.name}`;
    await platform.send(connection, { kind: "leads" }, picture, key);
  }
  expect(discord.seen().map((bytes) => bytes.equals(dot))).toEqual([true]);
  expect(slack.seen()).toHaveLength(1);
  for (const { platform } of [discord, slack]) expect(platform.unready?.()).toBeUndefined();
});
