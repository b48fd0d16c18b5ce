import { setTimeout as pause } from "node:timers/promises";
import { Events, IntentsBitField } from "discord.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  FREE_STARTS,
  SPACING_MS,
  TURN_MS,
  WINDOW_MS,
  waitBeforeStart,
} from "../../../adapters/discord/gateway/budget.ts";
import { fakeCoreServices } from "../../support/core-services.ts";
import { blackHole, gatewayFor, openedFor, startWorld } from "./gateway-support.ts";
import { failure, until } from "./stage.ts";

test("it is open after the start, tells new sessions, and leaves nothing behind", async () => {
  const discord = await startWorld();
  discord.guild("Acme");
  const { gateway, client, sessions } = await openedFor(discord);
  expect(gateway.unready()).toBeUndefined();
  expect(client.guilds.cache.map(({ name }) => name)).toEqual(["Acme"]);
  expect(client.options.intents.has(IntentsBitField.Flags.MessageContent)).toBe(true);
  expect(sessions).toEqual([0]);
  await gateway.stop();
  await until(() => discord.gateway.count() === 0, "the line is closed");
  expect(gateway.unready()).toMatch(/not open/);
  expect(discord.problems).toEqual([]);
});

test("a bot without the content intent does not ask for it, and says how to have it", async () => {
  const discord = await startWorld({ privileged: [] });
  const { gateway, client, logged } = await openedFor(discord);
  expect(gateway.unready()).toBeUndefined();
  expect(client.options.intents.has(IntentsBitField.Flags.MessageContent)).toBe(false);
  expect(logged.join("\n")).toContain("Message Content Intent");
  expect(discord.problems).toEqual([]);
});

test("one guild that Discord cannot show delays nobody", async () => {
  const discord = await startWorld();
  discord.guild("Away").breaksDown();
  discord.guild("Acme");
  const { gateway, client } = await openedFor(discord);
  expect(gateway.unready()).toBeUndefined();
  expect(client.guilds.cache.filter(({ available }) => available).size).toBe(1);
});

test("F7 a broken line is resumed: what happened meanwhile is heard once, in the same session", async () => {
  const discord = await startWorld();
  const acme = discord.guild("Acme");
  const [help, dana] = [acme.channel("help"), acme.person("Dana")];
  const { client, gateway, sessions } = await openedFor(discord);
  const heard: string[] = [];
  client.on(Events.MessageCreate, ({ content }) => heard.push(content));
  discord.gateway.cut();
  for (let index = 0; index < 38; index += 1) await dana.posts(help, `${index}`);
  await until(() => heard.length === 38, "all are heard");
  expect(new Set(heard).size).toBe(38);
  expect(sessions).toEqual([0]);
  expect(gateway.unready()).toBeUndefined();
});

test("F8 a session that is over is told as a new one, also to a listener that fails", async () => {
  const discord = await startWorld();
  const onNewSession = async () => {
    throw new Error("the reading back failed");
  };
  const { sessions, gateway, logged } = await openedFor(discord, { onNewSession });
  discord.gateway.invalidate(false);
  await until(() => sessions.length === 2, "there is a new session");
  expect(gateway.unready()).toBeUndefined();
  expect(logged.filter((line) => line.includes("needs help"))).toHaveLength(2);
});

test("F9 a line that is open and dead makes us unready, and is opened anew", async () => {
  const discord = await startWorld({ heartbeatMs: 60 });
  const { gateway, sessions } = await openedFor(discord, { pace: { look: 10, grace: 40 } });
  discord.gateway.deaf = true;
  await until(() => gateway.unready() !== undefined, "it is noticed");
  expect(gateway.unready()).toMatch(/silent/);
  discord.gateway.deaf = false;
  await until(() => gateway.unready() === undefined, "it is alive again");
  expect(sessions).toEqual([0]);
});

test("F9 a line into a black hole is left, though nobody says goodbye", async () => {
  const discord = await startWorld({ heartbeatMs: 60 });
  const { client, gateway, sessions } = await gatewayFor(discord, {
    pace: { look: 10, grace: 40 },
  });
  const hole = await blackHole(discord, client);
  await gateway.start();
  hole.swallow();
  await until(() => gateway.unready() !== undefined, "it is noticed");
  // The SDK by itself would wait half a minute for the answer to its goodbye.
  await until(() => gateway.unready() === undefined, "it is alive again");
  expect(sessions).toEqual([0]);
  expect(discord.gateway.identifies()).toBe(1);
});

test("F10 a session that only looks alive is renewed", async () => {
  const discord = await startWorld({ heartbeatMs: 50 });
  const acme = discord.guild("Acme");
  const [help, dana] = [acme.channel("help"), acme.person("Dana")];
  const pace = { look: 10, grace: 100, quiet: 100, answer: 100 };
  const { client, sessions, gateway } = await openedFor(discord, { pace });
  const heard: string[] = [];
  client.on(Events.MessageCreate, ({ content }) => heard.push(content));
  // A quiet one that answers is left alone.
  await pause(500);
  expect(discord.gateway.identifies()).toBe(1);
  discord.gateway.ghost = true;
  await dana.posts(help, "into the void");
  const reconnecting = new Promise((resolve) => client.once(Events.ShardReconnecting, resolve));
  await reconnecting;
  discord.gateway.ghost = false;
  await until(() => gateway.unready() === undefined && heard.length > 0, "it is heard after all");
  expect(heard).toEqual(["into the void"]);
  expect(sessions[0]).toBe(0);
  expect(discord.problems).toEqual([]);
});

test("F10 a session that stays a ghost when resumed is given up for a new one", async () => {
  const discord = await startWorld({ heartbeatMs: 50 });
  discord.guild("Acme");
  const pace = { look: 10, grace: 100, quiet: 100, answer: 100 };
  const { gateway } = await openedFor(discord, { pace });
  discord.gateway.ghost = true;
  await until(() => discord.gateway.identifies() > 1, "a new session is begun");
  discord.gateway.ghost = false;
  await until(() => gateway.unready() === undefined, "it is alive");
});

test("F11 ordinary restarts do not wait; after ten in an hour a start waits its turn", async () => {
  const discord = await startWorld();
  const core = fakeCoreServices();
  for (let index = 0; index < FREE_STARTS; index += 1) {
    const { gateway } = await openedFor(discord, { core });
    expect(gateway.unready()).toBeUndefined();
    await gateway.stop();
  }
  const { gateway, logged } = await openedFor(discord, { core, pace: { start: 200 } });
  expect(gateway.unready()).toMatch(/too often lately; the next time is 2/);
  expect(logged.join("\n")).toContain("goes on without");
  expect(discord.gateway.identifies()).toBe(FREE_STARTS);
  await gateway.stop();
  await until(() => discord.gateway.count() === 0, "the line is closed");
});

test("F11 a restart at once waits for its turn, and is refused nothing", async () => {
  const discord = await startWorld({ identifyPauseMs: 600, limits: "discord" });
  const core = fakeCoreServices();
  const first = await openedFor(discord, { core, pace: { turn: 600 } });
  await first.gateway.stop();
  const second = await openedFor(discord, { core, pace: { turn: 600 } });
  expect(second.gateway.unready()).toBeUndefined();
  discord.gateway.invalidate(false);
  await until(() => second.sessions.length === 2, "the next session, in its turn");
  expect(discord.gateway.identifies()).toBe(3);
  expect(discord.problems).toEqual([]);
});

test("F11 a supervisor that restarts every second begins at most 40 sessions an hour", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 90 }), fc.nat(3_600_000), (everySeconds, begin) => {
      const starts: number[] = [];
      for (let now = begin; now < begin + 4 * WINDOW_MS; now += everySeconds * 1000) {
        if (waitBeforeStart(now, starts, undefined) === 0) starts.push(now);
      }
      for (const from of starts) {
        const within = starts.filter((at) => at >= from && at < from + WINDOW_MS);
        expect(within.length).toBeLessThanOrEqual(40);
      }
    }),
    { numRuns: 30 },
  );
});

test("F11 the last starts of a day are spread over what is left of it", () => {
  const now = 10 * WINDOW_MS;
  const limit = { total: 1000, remaining: 50, resetAfterMs: 50 * 600_000 };
  expect(waitBeforeStart(now, [], limit)).toBe(0);
  expect(waitBeforeStart(now, [now], limit)).toBe(600_000);
  expect(waitBeforeStart(now, [now - 600_000], limit)).toBe(0);
  expect(waitBeforeStart(now, [now - 1000], undefined)).toBe(TURN_MS - 1000);
  expect(waitBeforeStart(now, [], { ...limit, remaining: 0 })).toBe(limit.resetAfterMs);
  const many = Array.from({ length: 12 }, (_, index) => now - index);
  expect(waitBeforeStart(now, many, { ...limit, remaining: 900 })).toBe(SPACING_MS);
});

test("F11 when no session may be begun the start goes on without, and asks for none", async () => {
  const discord = await startWorld();
  for (let index = 0; index < 1000; index += 1) discord.gateway.identified();
  const { gateway } = await openedFor(discord, { pace: { start: 100 } });
  expect(gateway.unready()).toMatch(/too often lately/);
  expect(discord.gateway.identifies()).toBe(1000);
});

test("F11 a database that is away neither ends nor delays the start", async () => {
  const discord = await startWorld();
  const away = async () => {
    throw new Error("the database is away");
  };
  const core = { ...fakeCoreServices(), readNote: away, keepNote: away };
  const { gateway, logged } = await openedFor(discord, { core });
  expect(gateway.unready()).toBeUndefined();
  expect(logged.filter((line) => line.includes("start")).length).toBeGreaterThan(0);
});

test("a token that Discord refuses ends the start with advice", async () => {
  const discord = await startWorld();
  const { gateway } = await gatewayFor(discord);
  discord.revokesToken();
  const error = await failure(gateway.start());
  expect([error.code, error.advice]).toEqual(["revoked", expect.stringContaining("DISCORD_TOKEN")]);
});

test.each([
  [4014, "bad-setting", "Message Content Intent"],
  [4013, "bad-setting", "Update"],
  [4011, "bad-setting", "DISCORD_SHARDS"],
  [4010, "bad-setting", "DISCORD_SHARDS"],
  [4004, "revoked", "DISCORD_TOKEN"],
])("a start that is refused with %i says what to mend", async (code, errorCode, advice) => {
  const discord = await startWorld();
  const { gateway, client } = await gatewayFor(discord);
  client.on(Events.Debug, (line) => {
    if (line.includes("Identifying")) discord.gateway.close(code);
  });
  const error = await failure(gateway.start());
  expect([error.code, error.advice]).toEqual([errorCode, expect.stringContaining(advice)]);
  expect(gateway.unready()).toBe(error.message);
});

test("a connection that is refused for good later is told, and tried again after a while", async () => {
  const discord = await startWorld();
  const { gateway, sessions, logged } = await openedFor(discord, { pace: { again: 300 } });
  discord.gateway.close(4014);
  await until(() => gateway.unready() !== undefined, "it is noticed");
  expect(gateway.unready()).toMatch(/an intent is not allowed/);
  expect(logged.join("\n")).toContain("Message Content Intent");
  await until(() => sessions.length === 2, "it is open again");
  expect(gateway.unready()).toBeUndefined();
});

test("a token that is taken back while running: no hot loop, nothing ends", async () => {
  const discord = await startWorld();
  const { gateway } = await openedFor(discord);
  discord.revokesToken();
  await until(() => gateway.unready() !== undefined, "it is noticed");
  await pause(700);
  expect(gateway.unready()).toMatch(/token/);
  expect(discord.gateway.identifies()).toBe(1);
  await gateway.stop();
});

test("two shards: each has its session, and the one that is refused does not hide behind the other", async () => {
  const discord = await startWorld({ maxConcurrency: 2 });
  for (const name of ["Acme", "Umbrella", "Initech"]) discord.guild(name);
  const { gateway, client, sessions } = await openedFor(discord, {
    shards: { ids: [0, 1], total: 2 },
  });
  expect(discord.gateway.count()).toBe(2);
  expect(client.guilds.cache.size).toBe(3);
  expect([...sessions].sort()).toEqual([0, 1]);
  expect(gateway.unready()).toBeUndefined();
  client.emit(Events.ShardDisconnect, new CloseEvent("close", { code: 4014 }), 1);
  expect(gateway.unready()).toMatch(/an intent is not allowed/);
  client.emit(Events.ShardReady, 1, undefined);
  expect(gateway.unready()).toBeUndefined();
});

test("a process with some of the shards hears its own guilds only", async () => {
  const discord = await startWorld({ maxConcurrency: 2 });
  for (const name of ["Acme", "Umbrella", "Initech", "Hooli"]) discord.guild(name);
  const one = await openedFor(discord, { shards: { ids: [0], total: 2 } });
  const other = await openedFor(discord, { shards: { ids: [1], total: 2 } });
  const [here, there] = [one, other].map(({ client }) => [...client.guilds.cache.keys()]);
  expect(new Set([...(here ?? []), ...(there ?? [])]).size).toBe(4);
  expect((here ?? []).length + (there ?? []).length).toBe(4);
});

test("a stop between IDENTIFY and READY closes the line and opens no other", async () => {
  const discord = await startWorld();
  const { gateway, client } = await gatewayFor(discord, { pace: { stop: 100, start: 50 } });
  let opened = 0;
  client.on(Events.Debug, (line) => {
    if (line.includes("Connecting to")) opened += 1;
    if (line.includes("Identifying")) discord.gateway.deaf = true;
  });
  await gateway.start();
  await until(() => discord.gateway.deaf, "it has identified");
  await gateway.stop();
  discord.gateway.deaf = false;
  // The SDK would open a new line half a second later.
  await pause(700);
  expect(opened).toBe(1);
  expect(discord.gateway.count()).toBe(0);
});

test("a stop on a line into a black hole ends it without waiting for a goodbye", async () => {
  const discord = await startWorld();
  const { client, gateway } = await gatewayFor(discord, { pace: { stop: 50 } });
  const hole = await blackHole(discord, client);
  await gateway.start();
  hole.swallow();
  await gateway.stop();
  await until(() => discord.gateway.count() === 0, "the line is gone");
});

test("a stop before the start, and a second one, are nothing special", async () => {
  const discord = await startWorld();
  const { gateway } = await gatewayFor(discord);
  await gateway.stop();
  await gateway.stop();
  expect(discord.gateway.count()).toBe(0);
});

test("an error of the client, and a listener that rejects, end nothing", async () => {
  const discord = await startWorld();
  const acme = discord.guild("Acme");
  const { client, logged } = await openedFor(discord);
  client.on(Events.MessageCreate, async () => {
    throw new Error("a listener failed");
  });
  await acme.person("Dana").posts(acme.channel("help"), "a secret");
  await until(() => logged.some((line) => line.includes("client failed")), "it is logged");
  expect(logged.join("\n")).not.toContain("a secret");
});

test("F11 no start is left, and Discord says that there will be one at once: it is asked no faster", async () => {
  const discord = await startWorld();
  const limit = { total: 1000, remaining: 0, reset_after: 0, max_concurrency: 1 };
  const body = { url: "ws://127.0.0.1:1", shards: 1, session_start_limit: limit };
  const asked = () => discord.calls("GET /gateway/bot").length;
  discord.fail("GET /gateway/bot", { kind: "says", status: 200, body }, { times: 1000 });
  const { gateway } = await openedFor(discord, { pace: { start: 300 } });
  expect(gateway.unready()).toBeDefined();
  expect(asked()).toBeLessThan(5);
});
