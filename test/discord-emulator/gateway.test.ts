import {
  ChannelType,
  Events,
  GatewayCloseCodes,
  GatewayIntentBits,
  type RESTGetAPIGatewayBotResult,
} from "discord.js";
import { expect, test } from "vitest";
import type { Discord } from "../support/discord/index.ts";
import { clientFor, outcome, stage, until } from "./setup.ts";

/** The SDK waits five seconds between two IDENTIFYs; this emulator does not ask for that. */
const atOnce = { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => {} }) };

const { Guilds, GuildMessages, DirectMessages, MessageContent } = GatewayIntentBits;

test("F7 a broken line: what happened meanwhile is replayed once, without a new IDENTIFY", async () => {
  const { discord, acme } = await stage();
  const client = await clientFor(discord);
  const heard: string[] = [];
  client.on("messageCreate", ({ content }) => heard.push(content));
  const [help, dana] = [acme.channel("help"), acme.person("Dana")];
  await dana.posts(help, "before");
  await until(() => heard.length === 1, "the first message is heard");
  discord.gateway.cut();
  for (let index = 0; index < 38; index += 1) await dana.posts(help, `meanwhile ${index}`);
  await until(() => heard.length === 39, "all are heard");
  discord.gateway.reconnect();
  await dana.posts(help, "after");
  await until(() => heard.includes("after"), "the last is heard");
  expect(new Set(heard).size).toBe(heard.length);
  expect(discord.gateway.identifies()).toBe(1);
  expect(discord.problems).toEqual([]);
});

test("F8 a session that is over: a new IDENTIFY, and what was missed is only in the history", async () => {
  const { discord, acme, rest } = await stage();
  const client = await clientFor(discord, { ws: atOnce });
  const heard: string[] = [];
  client.on("messageCreate", ({ content }) => heard.push(content));
  const [help, dana] = [acme.channel("help"), acme.person("Dana")];
  const first = await dana.posts(help, "before");
  discord.gateway.forget();
  discord.gateway.cut();
  await dana.posts(help, "missed");
  await until(() => discord.gateway.identifies() === 2, "a new session");
  await until(() => discord.gateway.count() === 1, "it is open");
  await dana.posts(help, "after");
  await until(() => heard.includes("after"), "the last is heard");
  expect(heard).not.toContain("missed");
  const missed = await rest.get(`/channels/${help.id}/messages`, {
    query: new URLSearchParams({ after: first }),
  });
  expect(missed).toMatchObject([{ content: "after" }, { content: "missed" }]);
});

test("F8 what was closed meanwhile is in the list of archived threads", async () => {
  const { discord, acme, clock } = await stage();
  const [help, dana] = [acme.channel("help"), acme.person("Dana")];
  const threads = [];
  for (const name of ["first", "second", "third"]) {
    const thread = await dana.starts(help, name);
    clock.advance(1000);
    await dana.archives(thread);
    threads.push(thread.id);
  }
  const client = await clientFor(discord);
  const channel = await client.channels.fetch(help.id);
  if (channel?.type !== ChannelType.GuildText) throw new Error("There is no such channel.");
  const newest = await channel.threads.fetchArchived({ limit: 2 });
  expect([[...newest.threads.keys()], newest.hasMore]).toEqual([[threads[2], threads[1]], true]);
  const oldest = newest.threads.last();
  const older = await channel.threads.fetchArchived({ ...(oldest && { before: oldest }) });
  expect([[...older.threads.keys()], older.hasMore]).toEqual([[threads[0]], false]);
});

test("F8 op 9 ends the session on an open line too", async () => {
  const { discord } = await stage();
  const client = await clientFor(discord, { ws: atOnce });
  const again = new Promise((resolve) => client.once(Events.ShardReady, resolve));
  discord.gateway.invalidate(false);
  await again;
  expect(discord.gateway.identifies()).toBe(2);
  expect(discord.problems).toEqual([]);
});

test("F9 a zombie: without an acknowledged heartbeat the client resumes", async () => {
  const { discord, acme } = await stage({ heartbeatMs: 60 });
  const client = await clientFor(discord);
  const heard: string[] = [];
  client.on("messageCreate", ({ content }) => heard.push(content));
  const [help, dana] = [acme.channel("help"), acme.person("Dana")];
  discord.gateway.deaf = true;
  await dana.posts(help, "into the void");
  const resumed = new Promise((resolve) => client.once(Events.ShardReconnecting, resolve));
  await resumed;
  discord.gateway.deaf = false;
  await until(() => heard.length === 1, "it is heard after all");
});

test("F10 a ghost: heartbeats are answered, events do not come", async () => {
  const { discord, acme } = await stage({ heartbeatMs: 20 });
  const client = await clientFor(discord);
  const heard: string[] = [];
  let beats = 0;
  client.on("messageCreate", ({ content }) => heard.push(content));
  client.on("debug", (line) => {
    if (line.includes("Heartbeat acknowledged")) beats += 1;
  });
  const [help, dana] = [acme.channel("help"), acme.person("Dana")];
  discord.gateway.ghost = true;
  await dana.posts(help, "unheard");
  await until(() => beats > 3, "hearts go on beating");
  expect(heard).toEqual([]);
  expect(discord.gateway.count()).toBe(1);
});

test("without the content intent only direct messages and mentions have words", async () => {
  const { discord, acme } = await stage();
  const client = await clientFor(discord, { intents: [Guilds, GuildMessages, DirectMessages] });
  const heard: string[] = [];
  client.on("messageCreate", ({ content }) => heard.push(content));
  const [help, dana] = [acme.channel("help"), acme.person("Dana")];
  await dana.posts(help, "secret");
  await dana.posts(help, `<@${discord.applicationId}> hello`);
  await dana.writes("hi");
  await until(() => heard.length === 3, "all are heard");
  expect(heard).toEqual(["", `<@${discord.applicationId}> hello`, "hi"]);
});

test("an event without its intent, or from a channel the bot cannot see, is not heard", async () => {
  const { discord, acme } = await stage();
  const client = await clientFor(discord, { intents: [Guilds, GuildMessages, MessageContent] });
  const heard: string[] = [];
  client.on("messageCreate", ({ content, system }) => system || heard.push(content));
  client.on("messageReactionAdd", () => heard.push("reaction"));
  client.on("guildMemberAdd", () => heard.push("member"));
  const [help, secret, dana] = [acme.channel("help"), acme.channel("secret"), acme.person("Dana")];
  secret.denies("bot", "ViewChannel");
  await dana.posts(secret, "not for bots");
  await dana.writes("no intent for this");
  const hidden = await dana.starts(help, "private", {
    private: true,
    text: "seen by who manages threads",
  });
  acme.botMay("ViewChannel");
  await dana.posts(hidden, "not seen");
  await dana.adds(hidden, { id: discord.applicationId });
  await dana.posts(hidden, "added");
  const last = await dana.posts(help, "last");
  await dana.reacts(help, last, "👍");
  await until(() => heard.includes("last"), "the last is heard");
  expect(heard).toEqual(["seen by who manages threads", "added", "last"]);
});

/** A bare connection that identifies; resolves to the code it ends with. */
async function identify(discord: Discord, token: string): Promise<number> {
  const socket = new WebSocket(
    `${new URL(discord.apiUrl).origin.replace("http", "ws")}/?v=10&encoding=json`,
  );
  const ended = new Promise<CloseEvent>((resolve) => socket.addEventListener("close", resolve));
  socket.addEventListener("message", () => {
    const properties = { os: "linux", browser: "test", device: "test" };
    const intents = GatewayIntentBits.Guilds | GatewayIntentBits.MessageContent;
    socket.send(JSON.stringify({ op: 2, d: { token, intents, properties } }));
  });
  return (await ended).code;
}

test("a refused start: an intent that is not allowed, a wrong token", async () => {
  const { discord } = await stage({ privileged: ["members"] });
  expect(await identify(discord, discord.token)).toBe(GatewayCloseCodes.DisallowedIntents);
  expect(await identify(discord, "wrong")).toBe(GatewayCloseCodes.AuthenticationFailed);
  expect(discord.problems.map(({ error }) => error)).toEqual(["4014", "4004"]);
});

test("F11 the thousandth-and-first IDENTIFY of a day costs the token", async () => {
  const { discord, rest, clock } = await stage();
  const startsLeft = async () => {
    const found = (await rest.get("/gateway/bot")) as RESTGetAPIGatewayBotResult;
    return found.session_start_limit.remaining;
  };
  for (let index = 0; index < 999; index += 1) discord.gateway.identified();
  expect(await startsLeft()).toBe(1);
  discord.gateway.identified();
  expect(await startsLeft()).toBe(0);
  clock.advance(24 * 3_600_000);
  expect(await startsLeft()).toBe(1000);
  for (let index = 0; index < 1000; index += 1) discord.gateway.identified();
  expect(await identify(discord, discord.token)).toBe(GatewayCloseCodes.AuthenticationFailed);
  expect(await outcome(rest.get("/users/@me"))).toBe("401 0");
});

test("an unavailable guild comes later, and goes away for a while", async () => {
  const { discord, acme } = await stage();
  const late = discord.guild("Late");
  late.breaksDown();
  const client = await clientFor(discord);
  const heard: string[] = [];
  client.on("guildAvailable", ({ name }) => heard.push(`${name} is there`));
  client.on("guildUnavailable", ({ name }) => heard.push(`${name} is away`));
  client.on("guildCreate", ({ name }) => heard.push(`${name} is new`));
  expect(client.guilds.cache.filter(({ available }) => available).map(({ id }) => id)).toEqual([
    acme.id,
  ]);
  late.recovers();
  acme.breaksDown();
  acme.recovers();
  discord.guild("New");
  await until(() => heard.length === 4, "all is heard");
  expect(heard).toEqual(["Late is there", "Acme is away", "Acme is there", "New is new"]);
});

test("two shards: each guild is heard by its own, once", async () => {
  const { discord, acme, clock } = await stage({ maxConcurrency: 2 });
  clock.advance(1);
  const guilds = [acme, discord.guild("Umbrella"), discord.guild("Initech")];
  const client = await clientFor(discord, { shards: [0, 1], shardCount: 2 });
  expect(client.guilds.cache.size).toBe(3);
  const heard: string[] = [];
  client.on("messageCreate", ({ content }) => heard.push(content));
  for (const guild of guilds) {
    await guild.person("Dana").posts(guild.channel("help"), guild.name);
  }
  await until(() => heard.length === 3, "all are heard");
  expect([...heard].sort()).toEqual(["Acme", "Initech", "Umbrella"]);
  expect(discord.gateway.count()).toBe(2);
});
