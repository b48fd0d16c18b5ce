import { expect, test } from "vitest";
import { outcome, stage } from "./setup.ts";

test("F3 five messages in five seconds and channel; the headers say so", async () => {
  const { discord, acme, clock } = await stage();
  const help = acme.channel("help");
  const post = () =>
    fetch(`${discord.apiUrl}/v10/channels/${help.id}/messages`, {
      method: "POST",
      headers: { authorization: `Bot ${discord.token}`, "content-type": "application/json" },
      body: JSON.stringify({ content: "hi" }),
    });
  const left = [];
  for (let index = 0; index < 5; index += 1) {
    left.push((await post()).headers.get("x-ratelimit-remaining"));
  }
  expect(left).toEqual(["4", "3", "2", "1", "0"]);
  clock.advance(2000);
  const refused = await post();
  expect([refused.status, refused.headers.get("x-ratelimit-scope")]).toEqual([429, "user"]);
  expect(await refused.json()).toMatchObject({ retry_after: 3, global: false });
  clock.advance(3000);
  expect((await post()).status).toBe(200);
  expect(help.texts()).toHaveLength(6);
});

test("F3 a shared limit and a refusal on demand, answers that are lost", async () => {
  const { discord, acme, rest } = await stage({ limits: "off" });
  const help = acme.channel("help");
  const route = "POST /channels/:channel/messages";
  const post = (content: string) =>
    outcome(rest.post(`/channels/${help.id}/messages`, { body: { content } }));
  discord.fail(route, { kind: "rate-limited", retryAfter: 0.01, scope: "shared" });
  expect(await post("shared")).toBe("wait");
  expect(discord.invalidRequests()).toBe(0);
  discord.fail(route, { kind: "refused", status: 403, code: 20028 });
  expect(await post("no")).toBe("403 20028");
  expect(discord.invalidRequests()).toBe(1);
  discord.fail(route, { kind: "status", status: 502, accepted: true });
  expect(await post("taken")).toBe("HTTP 502");
  discord.fail(route, { kind: "reset" });
  await expect(
    rest.post(`/channels/${help.id}/messages`, { body: { content: "x" } }),
  ).rejects.toThrow();
  expect(help.texts()).toEqual(["taken"]);
  const accepted = discord.calls(route).map((call) => call.accepted);
  expect(accepted).toEqual([false, false, true, false]);
  expect(discord.problems).toEqual([]);
});

test("F4 ten thousand invalid requests are a ban for everything", async () => {
  const { discord, acme, clock, rest } = await stage({ limits: "off", invalidRequests: 20 });
  const secret = acme.channel("secret");
  secret.denies("everyone", "ViewChannel");
  const look = () => outcome(rest.get(`/channels/${secret.id}`));
  for (let index = 0; index < 19; index += 1) expect(await look()).toBe("403 50001");
  clock.advance(10 * 60_000);
  for (let index = 0; index < 20; index += 1) expect(await look()).toBe("403 50001");
  const banned = await fetch(`${discord.apiUrl}/v10/users/@me`, {
    headers: { authorization: `Bot ${discord.token}` },
  });
  expect([banned.status, await banned.text()]).toEqual([429, "error code: 1015"]);
  clock.advance(60 * 60_000);
  expect(await outcome(rest.get("/users/@me"))).toBe("ok");
});

test("F3 fifty requests a second for the bot, whatever they are; answers to interactions are free", async () => {
  const { discord, acme, clock } = await stage();
  const ids = Array.from({ length: 6 }, (_, index) => acme.channel(`c${index}`).id);
  const look = (id: string | undefined) =>
    fetch(`${discord.apiUrl}/v10/channels/${id}`, {
      headers: { authorization: `Bot ${discord.token}` },
    });
  for (let index = 0; index < 50; index += 1) expect((await look(ids[index % 5])).status).toBe(200);
  const refused = await look(ids[5]);
  expect([refused.status, refused.headers.get("x-ratelimit-scope")]).toEqual([429, "global"]);
  const free = await fetch(`${discord.apiUrl}/v10/interactions/1/none/callback`, {
    method: "POST",
  });
  expect(free.status).toBe(404);
  clock.advance(1000);
  expect((await look(ids[5])).status).toBe(200);
});

test("F3 a channel is renamed twice in ten minutes, while its bucket has room", async () => {
  const { discord, acme, clock } = await stage();
  const help = acme.channel("help");
  const rename = (name: string) =>
    fetch(`${discord.apiUrl}/v10/channels/${help.id}`, {
      method: "PATCH",
      headers: { authorization: `Bot ${discord.token}`, "content-type": "application/json" },
      body: JSON.stringify({ name }),
    });
  expect([(await rename("one")).status, (await rename("two")).status]).toEqual([200, 200]);
  const refused = await rename("three");
  expect([refused.status, refused.headers.get("x-ratelimit-remaining")]).toEqual([429, "7"]);
  expect(await refused.json()).toMatchObject({ retry_after: 600 });
  clock.advance(600_000);
  expect((await rename("three")).status).toBe(200);
  expect(help.name()).toBe("three");
});

test("40003 after forty new direct messages in a minute; known ones may be opened again", async () => {
  const { discord, acme, clock } = await stage();
  const people = Array.from({ length: 41 }, (_, index) => acme.person(`P${index}`));
  // Without a client, which would wait in real time for what the headers say.
  const open = async (index: number) => {
    const answer = await fetch(`${discord.apiUrl}/v10/users/@me/channels`, {
      method: "POST",
      headers: { authorization: `Bot ${discord.token}`, "content-type": "application/json" },
      body: JSON.stringify({ recipient_id: people[index]?.id }),
    });
    clock.advance(1000);
    return answer.status === 200 ? "ok" : await answer.json();
  };
  for (let index = 0; index < 40; index += 1) expect(await open(index)).toBe("ok");
  expect(await open(40)).toMatchObject({ code: 40003 });
  expect(await open(0)).toBe("ok");
  clock.advance(60_000);
  expect(await open(40)).toBe("ok");
});
