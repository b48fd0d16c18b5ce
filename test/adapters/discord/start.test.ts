import { describe, expect, test } from "vitest";
import { createDiscord } from "../../../adapters/discord/index.ts";
import { fakeCoreServices } from "../../support/core-services.ts";
import { failure, plain, type Stage, until } from "./stage.ts";
import { createWorld, pauses, start } from "./whole.ts";

const GUILDS = "GET /users/@me/guilds";
const told = ({ logged }: Stage, words: string) => logged.filter((line) => line.includes(words));

describe("asking Discord who we are", () => {
  test("F6 a token that is refused says where there is a new one, and is asked with once", async () => {
    const stage = await createWorld();
    const options = stage.options({ token: "bm9ib2R5.token" });
    const error = await failure(createDiscord(options, pauses));
    expect(error).toMatchObject({ code: "revoked" });
    expect(error.advice).toContain("DISCORD_TOKEN");
    expect(stage.discord.calls()).toHaveLength(1);
  });

  test("a Discord that is away for a moment is waited for, one that stays away is not", async () => {
    const stage = await createWorld();
    stage.discord.guild("Acme");
    stage.discord.fail("*", { kind: "status", status: 503 }, { times: 2 });
    const { connections } = await createDiscord(stage.options(), pauses);
    expect(connections.map(({ name }) => name)).toEqual(["Acme"]);
    stage.discord.fail(GUILDS, { kind: "reset" }, { times: 3 });
    expect(await failure(createDiscord(stage.options(), pauses))).toMatchObject({
      code: "temporary",
    });
  });

  test("the language of a community is its connection's", async () => {
    const stage = await createWorld();
    const acme = stage.discord.guild("Acme", { locale: "zh-TW", community: true });
    const other = stage.discord.guild("Other", { locale: "ru" });
    const { connections } = await createDiscord(
      stage.options({ guilds: [acme.id, other.id] }),
      pauses,
    );
    expect(connections).toEqual([
      {
        ref: { platform: "discord", externalId: acme.id },
        name: "Acme",
        settings: { locale: "zh-Hant" },
      },
      { ref: { platform: "discord", externalId: other.id }, name: "Other" },
    ]);
  });
});

describe("which servers are served", () => {
  test("of several and none named none, and the list of them says what to choose from", async () => {
    const stage = await createWorld();
    const [acme, other] = [stage.discord.guild("Acme"), stage.discord.guild("Other")];
    const error = await failure(createDiscord(stage.options(), pauses));
    expect(error).toMatchObject({ code: "bad-setting" });
    expect(error.message).toContain(`Acme (${acme.id}), Other (${other.id})`);
    expect(error.advice).toContain("DISCORD_GUILDS");
  });

  test("of several the named ones; nothing is read of the others, and nothing goes there", async () => {
    const stage = await createWorld();
    const [acme, other] = [stage.discord.guild("Acme"), stage.discord.guild("Other")];
    const { connections, events, sendTo } = await start(stage, { guilds: [acme.id] });
    expect(connections.map(({ name }) => name)).toEqual(["Acme"]);
    const [help, elsewhere] = [acme.channel("help"), other.channel("help")];
    await other.person("Eve").starts(elsewhere, "Let me in", { text: "Hello?" });
    await acme.person("Dana").starts(help, "It is broken", { text: "Look" });
    await until(() => events.length > 0, "the message came in");
    expect(new Set(events.map(({ connection }) => connection.externalId))).toEqual(
      new Set([acme.id]),
    );
    expect(await failure(sendTo(other, elsewhere))).toMatchObject({ code: "revoked" });
    expect(told(stage, "not served")).toHaveLength(1);
  });

  test("a named one that has not invited the bot yet is served once it does", async () => {
    const stage = await createWorld();
    const acme = stage.discord.guild("Acme", { bot: false });
    const { connections, events, sendTo } = await start(stage, { guilds: [acme.id] });
    expect(connections).toEqual([]);
    expect(told(stage, "not in this Discord server yet")).toHaveLength(1);
    const help = acme.channel("help");
    acme.invitesBot();
    await until(() => events.length > 0, "the connection opened");
    expect(events).toMatchObject([{ kind: "connection-opened", name: "Acme" }]);
    await sendTo(acme, help);
  });

  test("in none yet, the first one that invites the bot is served, and no other", async () => {
    const stage = await createWorld();
    const acme = stage.discord.guild("Acme", { bot: false });
    const other = stage.discord.guild("Other", { bot: false });
    const { connections, events, sendTo } = await start(stage);
    expect(connections).toEqual([]);
    acme.invitesBot();
    await until(() => events.length > 0, "the connection opened");
    const elsewhere = other.channel("help");
    other.invitesBot();
    await until(() => told(stage, "not served").length > 0, "the other one is ignored");
    await other.person("Eve").starts(elsewhere, "Let me in", { text: "Hello?" });
    acme.removesBot();
    await until(() => told(stage, "was removed").length > 0, "the removal is known");
    expect(await failure(sendTo(other, elsewhere))).toMatchObject({ code: "revoked" });
    expect(events.map(({ connection, kind }) => [connection.externalId, kind])).toEqual([
      [acme.id, "connection-opened"],
    ]);
  });
});

describe("T2 when the only server has removed the bot", () => {
  async function left() {
    const stage = await createWorld();
    const acme = stage.discord.guild("Acme");
    const core = fakeCoreServices();
    await (await start(stage, {}, { core })).platform.stop();
    acme.removesBot();
    return { stage, acme, core };
  }

  test("a stranger's does not take its place at the next start, unless it is named", async () => {
    const { stage, core } = await left();
    const other = stage.discord.guild("Other");
    const error = await failure(start(stage, {}, { core }));
    expect(error).toMatchObject({ code: "bad-setting" });
    expect(error.message).toContain(`Other (${other.id})`);
    expect(stage.discord.gateway.count()).toBe(0);
    const { connections } = await start(stage, { guilds: [other.id] }, { core });
    expect(connections.map(({ name }) => name)).toEqual(["Other"]);
  });

  test("nor while running: it alone may come back", async () => {
    const { stage, acme, core } = await left();
    const { events, sendTo } = await start(stage, {}, { core });
    const other = stage.discord.guild("Other");
    const elsewhere = other.channel("help");
    await until(() => told(stage, "not served").length > 0, "the other one is ignored");
    acme.invitesBot();
    await until(() => events.length > 0, "the connection opened");
    expect(events).toMatchObject([{ kind: "connection-opened", name: "Acme" }]);
    expect(await failure(sendTo(other, elsewhere))).toMatchObject({ code: "revoked" });
  });
});

describe("F14 a server that removes the bot", () => {
  test("is not called any more until it invites the bot again", async () => {
    const stage = await createWorld();
    const acme = stage.discord.guild("Acme");
    const help = acme.channel("help");
    const { events, sendTo } = await start(stage);
    await sendTo(acme, help);
    acme.removesBot();
    await until(() => told(stage, "was removed").length > 0, "the removal is known");
    const calls = stage.discord.calls().length;
    for (let count = 0; count < 5; count += 1) {
      expect(await failure(sendTo(acme, help))).toMatchObject({ code: "revoked" });
    }
    expect(stage.discord.calls()).toHaveLength(calls);
    acme.invitesBot();
    await until(() => events.length > 0, "the connection opened again");
    expect(events).toMatchObject([
      { kind: "connection-opened", name: "Acme", connection: { externalId: acme.id } },
    ]);
    await sendTo(acme, help);
  });

  test("while nothing came in is found out with the new session", async () => {
    const stage = await createWorld();
    const acme = stage.discord.guild("Acme");
    const other = stage.discord.guild("Other", { bot: false });
    const help = acme.channel("help");
    const { events, sendTo } = await start(stage, { guilds: [acme.id, other.id] });
    stage.discord.gateway.shut = true;
    stage.discord.gateway.cut();
    stage.discord.gateway.forget();
    acme.removesBot();
    other.invitesBot();
    stage.discord.gateway.shut = false;
    await until(() => told(stage, "was removed").length > 0, "the removal is known");
    await until(() => events.length > 0, "the other connection opened");
    expect(events).toMatchObject([{ kind: "connection-opened", name: "Other" }]);
    expect(await failure(sendTo(acme, help))).toMatchObject({ code: "revoked" });
  });

  test("is not taken for one when Discord cannot say now which servers there are", async () => {
    const stage = await createWorld();
    const acme = stage.discord.guild("Acme");
    const help = acme.channel("help");
    const { events, sendTo } = await start(stage);
    stage.discord.fail(GUILDS, { kind: "status", status: 500 });
    const sessions = () => told(stage, "has a new session").length;
    const before = sessions();
    stage.discord.gateway.invalidate(false);
    await until(() => sessions() > before, "there is a new session");
    await until(() => told(stage, "were not looked up").length > 0, "it was tried");
    await acme.person("Dana").starts(help, "It is broken", { text: "Look" });
    await until(() => events.some(({ kind }) => kind === "chat-message"), "the message came in");
    await sendTo(acme, help);
  });

  test("one that only has trouble is still served", async () => {
    const stage = await createWorld();
    const acme = stage.discord.guild("Acme");
    const help = acme.channel("help");
    const { events, platform } = await start(stage);
    acme.breaksDown();
    acme.recovers();
    await acme.person("Dana").starts(help, "It is broken", { text: "Look" });
    const kinds = () => events.map(({ kind }) => kind);
    await until(() => kinds().includes("chat-message"), "the message came in");
    expect(told(stage, "was removed")).toEqual([]);
    expect(platform.unready?.()).toBeUndefined();
  });
});

test("commands are registered at the start, and only when something has changed", async () => {
  const stage = await createWorld();
  stage.discord.guild("Acme");
  const put = "PUT /applications/:application/commands";
  await start(stage);
  await until(() => stage.discord.commands().length > 0, "the commands are there");
  await start(stage);
  const got = () => stage.discord.calls("GET /applications/:application/commands");
  await until(() => got().length === 2 && got()[1]?.outcome !== undefined, "they were compared");
  expect(stage.discord.calls(put)).toHaveLength(1);
  expect(stage.discord.problems).toEqual([]);
});

test("a chat is closed by a command only after what was said in it before", async () => {
  const stage = await createWorld();
  const acme = stage.discord.guild("Acme");
  const help = acme.channel("help");
  const kim = acme.person("Kim", {
    roles: [acme.role("Support", { permissions: ["ManageThreads"] })],
  });
  const dana = acme.person("Dana");
  const { events } = await start(stage, {}, { slow: 20 });
  await until(() => stage.discord.commands().length > 0, "the commands are there");
  const chat = await dana.starts(help, "It is broken", { text: "Look" });
  await kim.posts(chat, "Sorry");
  await dana.posts(chat, "Thank you");
  await kim.types(chat, "/close");
  await until(() => events.some(({ kind }) => kind === "chat-closed"), "the chat was closed");
  expect(events.map(({ kind }) => kind)).toEqual([
    "chat-message",
    "chat-message",
    "chat-message",
    "chat-closed",
  ]);
});

test("F8 what was answered to a question that nobody had written down is read with the question", async () => {
  const stage = await createWorld();
  const acme = stage.discord.guild("Acme");
  const dana = acme.person("Dana");
  const connection = { platform: "discord", externalId: acme.id };
  const to = { kind: "direct", userId: dana.id } as const;
  const first = await start(stage);
  const sent = await first.platform.send(connection, to, plain("How was it?"), "key-1");
  await first.platform.stop();
  await dana.writes("3");
  const { platform, events } = await start(stage);
  expect(await platform.find?.(connection, to, "key-1")).toEqual(sent);
  await until(() => events.length > 0, "the answer came in");
  expect(events).toMatchObject([{ kind: "direct-message", text: "3" }]);
});

test("D12 what we say ourselves, in a chat and to a person, is no event", async () => {
  const stage = await createWorld();
  const acme = stage.discord.guild("Acme");
  const help = acme.channel("help");
  const dana = acme.person("Dana");
  const thread = await dana.starts(help, "It is broken", { text: "Look" });
  const { platform, events } = await start(stage);
  const connection = { platform: "discord", externalId: acme.id };
  for (const to of [
    { kind: "chat", chatId: thread.id },
    { kind: "direct", userId: dana.id },
  ] as const) {
    for (let count = 0; count < 4; count += 1) {
      await platform.send(connection, to, plain("How was it?"), `${to.kind}-${count}`);
    }
  }
  await dana.posts(thread, "Still broken");
  const texts = () => events.flatMap((event) => ("text" in event ? [event.text] : []));
  await until(() => texts().includes("Still broken"), "the message came in");
  expect(texts()).not.toContain("How was it?");
  expect(events.map(({ kind }) => kind)).not.toContain("direct-message");
});

test("F6 a token that is taken back while running: nothing goes out, and operators are told", async () => {
  const stage = await createWorld();
  const acme = stage.discord.guild("Acme");
  const help = acme.channel("help");
  const { platform, sendTo } = await start(stage);
  stage.discord.revokesToken();
  expect(await failure(sendTo(acme, help))).toMatchObject({ code: "revoked" });
  const posts = () => stage.discord.calls("POST /channels/:channel/messages").length;
  const before = posts();
  expect(await failure(sendTo(acme, help))).toMatchObject({ code: "revoked" });
  expect(posts()).toBe(before);
  expect(platform.unready?.()).toContain("token");
});

test("after the stop everything is over, and stopping again is harmless", async () => {
  const stage = await createWorld();
  const acme = stage.discord.guild("Acme");
  const help = acme.channel("help");
  const { platform, sendTo } = await start(stage);
  await platform.stop();
  await until(() => stage.discord.gateway.count() === 0, "the gateway is closed");
  expect(await failure(sendTo(acme, help))).toMatchObject({ code: "temporary" });
  await platform.stop();
});
