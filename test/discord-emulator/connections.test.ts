import { GatewayIntentBits } from "discord.js";
import { expect, test } from "vitest";
import { clientFor, stage, until } from "./setup.ts";

const { Guilds } = GatewayIntentBits;

test("F10 members asked for by their ids come in a chunk; from a ghost nothing comes", async () => {
  const { discord, acme } = await stage();
  const client = await clientFor(discord, { intents: [Guilds] });
  const dana = acme.person("Dana");
  const guild = await client.guilds.fetch(acme.id);
  const stranger = discord.guild("Umbrella").person("Nobody");
  const ask = (nonce: string) =>
    guild.members.fetch({ user: [discord.applicationId, dana.id, stranger.id], nonce, time: 100 });
  const found = await ask("probe-1");
  expect([...found.keys()]).toEqual([discord.applicationId, dana.id]);
  discord.gateway.ghost = true;
  await expect(ask("probe-2")).rejects.toThrow("didn't arrive in time");
  expect(discord.problems).toEqual([]);
});

test("the whole list of members cannot be asked for here: 4002", async () => {
  const { discord, acme } = await stage();
  const client = await clientFor(discord, { intents: [Guilds, GatewayIntentBits.GuildMembers] });
  const guild = await client.guilds.fetch(acme.id);
  const asked = guild.members.fetch({ time: 200 });
  await expect(asked).rejects.toThrow("didn't arrive in time");
  expect(discord.problems).toMatchObject([{ method: "gateway", error: "4002" }]);
});

/** A client that says what it is told to, and its heart never beats. */
async function lineTo({ apiUrl }: { apiUrl: string }) {
  const socket = new WebSocket(`${apiUrl.replace(/^http(.*)\/api$/, "ws$1")}/?v=10&encoding=json`);
  const heard: { op: number; d: unknown }[] = [];
  socket.addEventListener("message", ({ data }) => heard.push(JSON.parse(String(data))));
  const closed = new Promise<number>((resolve) =>
    socket.addEventListener("close", ({ code }) => resolve(code)),
  );
  await until(() => heard.length === 1, "HELLO");
  return { socket, heard, closed };
}

test("F9 a client that forgets its heartbeats is sent away with 4009, when that is asked for", async () => {
  const { discord } = await stage({ heartbeatMs: 20 });
  discord.gateway.strict = true;
  const { closed } = await lineTo(discord);
  expect(await closed).toBe(4009);
  const client = await clientFor(discord);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect([client.ws.status, discord.gateway.identifies()]).toEqual([0, 1]);
});

test("F11 IDENTIFYs of one bucket follow one another after five seconds; sooner is op 9", async () => {
  const { discord } = await stage({ identifyPauseMs: 5000, maxConcurrency: 2 });
  const properties = { os: "linux", browser: "test", device: "test" };
  const identify = async (shard: number) => {
    const { socket, heard } = await lineTo(discord);
    const d = { token: discord.token, intents: 0, properties, shard: [shard, 4] };
    socket.send(JSON.stringify({ op: 2, d }));
    await until(() => heard.length > 1, "an answer");
    return heard[1];
  };
  expect(await identify(0)).toMatchObject({ op: 0, t: "READY" });
  expect(await identify(1)).toMatchObject({ op: 0, t: "READY" });
  expect(await identify(2)).toMatchObject({ op: 9, d: false });
  expect(discord.gateway.hurried()).toBe(1);
});

test("F9 while nobody can connect the client goes on trying", async () => {
  const { discord } = await stage();
  const client = await clientFor(discord);
  let attempts = 0;
  client.on("shardError", () => {
    attempts += 1;
  });
  discord.gateway.shut = true;
  discord.gateway.cut();
  await until(() => attempts > 1, "it was refused twice");
  expect(discord.gateway.count()).toBe(0);
  discord.gateway.shut = false;
  await until(() => discord.gateway.resumes() === 1, "it is taken up again");
  expect(discord.gateway.identifies()).toBe(1);
});

test("F7 op 9 that can be resumed: on the same line; after a cut at the address that READY named", async () => {
  const { discord, acme } = await stage();
  const client = await clientFor(discord);
  const heard: string[] = [];
  client.on("messageCreate", ({ content }) => heard.push(content));
  const [help, dana] = [acme.channel("help"), acme.person("Dana")];
  discord.gateway.invalidate(true);
  await dana.posts(help, "meanwhile");
  await until(() => heard.length === 1, "it is heard");
  expect([discord.gateway.identifies(), discord.gateway.resumes()]).toEqual([1, 1]);
  discord.gateway.cut();
  await until(() => discord.gateway.resumes() === 2, "it is resumed again");
  expect(discord.gateway.paths()).toEqual(["/", "/resume"]);
});

test("four shards in two processes: each guild is heard by its own, direct messages by the first", async () => {
  const { discord, acme, clock } = await stage({ maxConcurrency: 4 });
  const guilds = [acme];
  for (const name of ["Umbrella", "Initech", "Hooli"]) {
    clock.advance(1);
    guilds.push(discord.guild(name));
  }
  const heard: string[] = [];
  for (const shards of [
    [0, 1],
    [2, 3],
  ]) {
    const client = await clientFor(discord, { shards, shardCount: 4 });
    client.on("messageCreate", ({ content, guild }) =>
      heard.push(`${shards} ${guild?.shardId ?? "dm"} ${content}`),
    );
  }
  for (const guild of guilds) {
    await guild.person("Dana").posts(guild.channel("help"), guild.name);
  }
  await acme.person("Kim").writes("hi");
  await until(() => heard.length === 5, "all are heard");
  const shardOf = ({ id }: { id: string }) => Number((BigInt(id) >> 22n) % 4n);
  const expected = guilds.map((guild) => {
    const shard = shardOf(guild);
    return `${shard < 2 ? "0,1" : "2,3"} ${shard} ${guild.name}`;
  });
  expect(new Set(guilds.map(shardOf)).size).toBeGreaterThan(2);
  expect([...heard].sort()).toEqual([...expected, "0,1 dm hi"].sort());
});
