import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSlack } from "../../../adapters/slack/index.ts";
import type { SlackOptions } from "../../../adapters/slack/workspace.ts";
import { openWorkspaces } from "../../../adapters/slack/workspaces.ts";
import type { ChatPlatform, PlatformEvent } from "../../../src/platform.ts";
import { fakeCoreServices } from "../../support/core-services.ts";
import { requestFor } from "../../support/slack/http-delivery.ts";
import type { Workspace } from "../../support/slack/index.ts";
import { envelope } from "./desk.ts";
import { createStage, failure, patiently, plain, type Stage } from "./stage.ts";

let stage: Stage;
let acme: Workspace;
let running: ChatPlatform | undefined;
let events: PlatformEvent[];

beforeEach(async () => {
  stage = await createStage();
  acme = stage.slack.workspace("Acme");
  events = [];
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await stage.slack.stop();
});

/** Everything, in Socket Mode, with an inbox that keeps what comes in. */
async function start(change: Partial<SlackOptions> = {}) {
  const options = stage.options({
    botTokens: [acme.botToken],
    appToken: stage.slack.appToken,
    supportChannels: ["#help"],
    ...change,
  });
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

describe("opening the workspaces", () => {
  test("F6 a refused token ends only its own workspace, and the log says what to do", async () => {
    const gone = stage.slack.workspace("Gone");
    gone.revoke();
    const botTokens = [gone.botToken, acme.botToken, "xoxb-nonsense"];
    const { all } = await openWorkspaces(stage.options({ botTokens }), []);
    expect(all.map(({ ref }) => ref.externalId)).toEqual([acme.id]);
    const told = stage.logged.filter((line) => line.includes("SLACK_BOT_TOKEN"));
    expect(told).toHaveLength(2);
    for (const line of told) expect(line).not.toContain("xoxb");
  });

  test("F6 when every token is refused it says so", async () => {
    acme.revoke();
    const opening = openWorkspaces(stage.options({ botTokens: [acme.botToken] }), []);
    expect(await failure(opening)).toMatchObject({ code: "revoked" });
  });

  test("a Slack that is away for a moment is waited for, one that stays away is not", async () => {
    const options = stage.options({ botTokens: [acme.botToken] });
    stage.slack.fail("auth.test", { kind: "reset" }, { times: 2 });
    const { all } = await openWorkspaces(options, [1, 1]);
    expect(all.map(({ name, url, botUserId }) => [name, url, botUserId])).toEqual([
      ["Acme", acme.url, acme.botUserId],
    ]);
    stage.slack.fail("auth.test", { kind: "reset" }, { times: 3 });
    expect(await failure(openWorkspaces(options, [1, 1]))).toMatchObject({ code: "temporary" });
  });

  test("F18 an org-wide installation is known by its organisation", async () => {
    const org = stage.slack.workspace("Org", { orgWide: true });
    const { all } = await openWorkspaces(stage.options({ botTokens: [org.botToken] }), []);
    expect(all[0]?.ref).toEqual({ platform: "slack", externalId: org.id });
  });
});

describe("channels", () => {
  test("one that is not there yet is a support channel as soon as the app is invited", async () => {
    await start();
    const help = acme.channel("help", { private: true, bot: false });
    const partner = stage.slack.workspace("Partner", { installed: false });
    const shared = acme.channel("shared", { sharedWith: [partner] });
    const dana = partner.person("Dana");
    await dana.posts(shared, "elsewhere");
    help.inviteBot();
    await stage.slack.settled();
    await dana.posts(help, "It is broken");
    await stage.slack.settled();
    expect(events.map(({ kind }) => kind)).toEqual(["place-opened", "chat-message"]);
    expect(stage.logged.some((line) => line.includes("were not found"))).toBe(true);
  });

  test("F14 one that was archived at the start is one again when it is unarchived", async () => {
    const help = acme.channel("help");
    help.archive();
    await start({ team: [] });
    help.unarchive();
    await stage.slack.settled();
    await acme.person("Dana").posts(help, "It is broken");
    await stage.slack.settled();
    expect(events.map(({ kind }) => kind)).toEqual(["place-opened", "chat-message"]);
  });

  test("an id serves although Slack may not tell the name", async () => {
    const help = acme.channel("help");
    acme.person("Kim");
    acme.grant(["chat:write", "users:read", "channels:history"]);
    await start({ supportChannels: [help.id], team: [] });
    const dana = acme.person("Dana");
    await dana.posts(help, "It is broken");
    await stage.slack.settled();
    expect(events).toMatchObject([{ kind: "chat-message", chat: { channel: `#${help.id}` } }]);
  });

  test("a Slack that cannot list the channels now is no reason to start without them", async () => {
    stage.slack.fail("conversations.list", { kind: "status", status: 503 });
    const options = stage.options({ botTokens: [acme.botToken], supportChannels: ["#help"] });
    expect(await failure(createSlack(options, { start: [] }))).toMatchObject({ code: "temporary" });
  });

  test("the leads' channel is found among a thousand others", async () => {
    for (let index = 0; index < 1200; index += 1) acme.channel(`channel-${index}`);
    const leads = acme.channel("leads");
    const platform = await start({ leadsChannels: ["#leads"] });
    const connection = { platform: "slack", externalId: acme.id };
    await platform.send(connection, { kind: "leads" }, plain("Alert"), "key-1");
    expect(leads.texts()).toEqual(["Alert"]);
  });
});

test("D12 what we say ourselves, fifty times in a support channel and a person's messages, is no event", async () => {
  const help = acme.channel("help");
  const dana = acme.person("Dana");
  const platform = await start();
  const connection = { platform: "slack", externalId: acme.id };
  const root = await dana.posts(help, "a root of ours to answer in");
  await stage.slack.settled();
  events.length = 0;
  const chat = { kind: "chat", chatId: `${help.id}:${root}` } as const;
  for (const to of [chat, { kind: "direct", userId: dana.id } as const]) {
    for (let index = 0; index < 50; index += 1) {
      const send = () => platform.send(connection, to, plain("How was it?"), `key-${index}`);
      await patiently(stage.clock, send);
    }
  }
  await stage.slack.settled();
  const delivered = stage.slack.events.filter(({ type }) => type === "message");
  expect(delivered.length).toBeGreaterThan(100);
  expect(delivered.every(({ state }) => state === "acknowledged")).toBe(true);
  expect(events).toEqual([]);
});

describe("emoji", () => {
  test("a custom emoji, its aliases and its new name close a chat", async () => {
    const help = acme.channel("help");
    const kim = acme.person("Kim");
    acme.emoji("done", "https://emoji.example/done.png");
    acme.emoji("fini", "alias:done");
    await start({ closeEmoji: ["done"] });
    const ts = await kim.posts(help, "root");
    acme.renameEmoji("done", "finished");
    await stage.slack.settled();
    for (const name of ["fini", "finished", "eyes"]) await kim.reacts(help, ts, name);
    await stage.slack.settled();
    expect(events.map(({ kind }) => kind)).toEqual(["chat-closed", "chat-closed"]);
  });
});

describe("news of an uninstallation", () => {
  const alert = async (platform: ChatPlatform) =>
    platform.send(
      { platform: "slack", externalId: acme.id },
      { kind: "leads" },
      plain("Alert"),
      "key-1",
    );

  test("F6 the app was uninstalled: nothing more is sent, and the log says what to do", async () => {
    acme.channel("help");
    acme.channel("leads");
    const platform = await start({ leadsChannels: ["#leads"] });
    acme.revoke("uninstalled");
    await stage.slack.settled();
    expect(await failure(alert(platform))).toMatchObject({ code: "revoked" });
    expect(stage.slack.calls("chat.postMessage")).toEqual([]);
    expect(stage.logged.some((line) => line.includes("was uninstalled"))).toBe(true);
    expect(events).toEqual([]);
  });

  test("F15 late news of an uninstallation does not end a new installation", async () => {
    acme.channel("help");
    const leads = acme.channel("leads");
    const { signingSecret } = stage.slack;
    const platform = await start({ leadsChannels: ["#leads"], signingSecret });
    const tokens = { oauth: [], bot: [acme.botUserId] };
    const news = { ...envelope({ type: "tokens_revoked", tokens }), team_id: acme.id };
    const authorizations = [{ team_id: acme.id, is_enterprise_install: false }];
    const payload = { ...news, authorizations };
    const outgoing = {
      kind: "events_api",
      payload,
      retry: undefined,
      acceptsResponse: false,
    } as const;
    const url = "http://127.0.0.1/slack/events";
    const signed = requestFor(outgoing, { url }, signingSecret, stage.clock.now().getTime());
    const { headers, body } = signed;
    const asked = stage.slack.calls("auth.test").length;
    const answer = await platform.web?.fetch(new Request(url, { method: "POST", headers, body }));
    expect(answer?.status).toBe(200);
    expect(stage.slack.calls("auth.test")).toHaveLength(asked + 1);
    await alert(platform);
    expect(leads.texts()).toEqual(["Alert"]);
  });
});
