import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSlack } from "../../../adapters/slack/index.ts";
import type { SlackOptions } from "../../../adapters/slack/workspace.ts";
import type { ChatPlatform, PlatformEvent } from "../../../src/platform.ts";
import { fakeCoreServices } from "../../support/core-services.ts";
import { createStage, plain, type Stage } from "./stage.ts";

let stage: Stage;
let running: ChatPlatform | undefined;
let events: PlatformEvent[];

beforeEach(async () => {
  stage = await createStage();
  events = [];
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await stage.slack.stop();
});

async function start(change: Partial<SlackOptions>): Promise<ChatPlatform> {
  const options = stage.options({ appToken: stage.slack.appToken, ...change });
  const { platform } = await createSlack(options, { start: [], picture: [] });
  running = platform;
  await platform.start(
    {
      async receive(event) {
        events.push(event);
        return { kind: "nothing" };
      },
    },
    fakeCoreServices(),
  );
  return platform;
}

const seen = () =>
  events.map((event) => {
    const who = event.kind === "chat-closed" ? event.by : "from" in event ? event.from : undefined;
    return [event.kind, event.connection.externalId, who?.role];
  });

describe("an organisation with one installation for all its workspaces", () => {
  test("F18 channels and groups by name, roles, events, commands and messages work as anywhere", async () => {
    const org = stage.slack.workspace("Org", { orgWide: true });
    const kim = org.person("Kim");
    const partner = stage.slack.workspace("Partner", { installed: false });
    const help = org.channel("help", { sharedWith: [partner] });
    const leads = org.channel("leads");
    const dana = partner.person("Dana");
    org.userGroup("support", [kim]);
    const platform = await start({
      botTokens: [org.botToken],
      supportChannels: ["#help"],
      leadsChannels: ["#leads"],
      team: ["@support"],
    });
    const ts = await dana.posts(help, "It is broken");
    await stage.slack.settled();
    await kim.posts(help, "I am on it", { thread: ts });
    await stage.slack.settled();
    await kim.reacts(help, ts, "white_check_mark");
    await kim.types(help, "/nps", "week");
    await stage.slack.settled();
    const connection = { platform: "slack", externalId: org.id };
    await platform.send(connection, { kind: "leads" }, plain("Alert"), "key-1");
    expect(seen()).toEqual([
      ["chat-message", org.id, "customer"],
      ["chat-message", org.id, "agent"],
      ["chat-closed", org.id, "agent"],
      ["command", org.id, "agent"],
    ]);
    expect(leads.texts()).toEqual(["Alert"]);
    expect(stage.slack.problems).toEqual([]);
  });
});

describe("a channel that is shared with another company", () => {
  test("F18 T3 a guest's message, answer and tap are for the company that has the channel", async () => {
    const acme = stage.slack.workspace("Acme");
    const partner = stage.slack.workspace("Partner", { installed: false });
    const elsewhere = stage.slack.workspace("Elsewhere");
    const help = acme.channel("help", { sharedWith: [partner] });
    const dana = partner.person("Dana", { owner: true });
    const platform = await start({
      botTokens: [elsewhere.botToken, acme.botToken],
      supportChannels: ["#help"],
    });
    await dana.posts(help, "It is broken");
    await stage.slack.settled();
    await dana.writes("7 – slow");
    await stage.slack.settled();
    const connection = { platform: "slack", externalId: acme.id };
    const options = [{ label: "7", token: "token-7" }];
    const question = { ...plain("How was it?"), parts: [{ kind: "actions", options }] } as const;
    await platform.send(connection, { kind: "direct", userId: dana.id }, question, "key-1");
    const message = dana.sees("dm").at(-1);
    if (message === undefined) throw new Error("the question arrived");
    await dana.presses(message, "7");
    await stage.slack.settled();
    expect(seen()).toEqual([
      ["chat-message", acme.id, "customer"],
      ["direct-message", acme.id, "customer"],
      ["action", acme.id, "customer"],
    ]);
    expect(stage.slack.problems).toEqual([]);
  });

  test("F18 T3 where both companies have the app, each person is at home in their own", async () => {
    const acme = stage.slack.workspace("Acme");
    const partner = stage.slack.workspace("Partner");
    const ours = acme.channel("help", { sharedWith: [partner] });
    const theirs = partner.channel("support", { sharedWith: [acme] });
    const dana = partner.person("Dana");
    const kim = acme.person("Kim");
    await start({
      botTokens: [acme.botToken, partner.botToken],
      supportChannels: [ours.id, theirs.id],
    });
    await dana.posts(ours, "It is broken");
    await stage.slack.settled();
    await kim.posts(theirs, "Ours too");
    await stage.slack.settled();
    for (const event of events) {
      expect(event.connection.externalId).toMatch(
        "from" in event && event.from.externalId === dana.id ? acme.id : partner.id,
      );
    }
    expect(seen().map(([kind, , role]) => [kind, role])).toEqual([
      ["chat-message", "customer"],
      ["chat-message", "customer"],
    ]);
  });
});
