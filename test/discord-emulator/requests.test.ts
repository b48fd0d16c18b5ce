import { MessageFlags, type RESTGetAPIAuditLogResult } from "discord.js";
import { expect, test } from "vitest";
import { clientFor, outcome, stage, until } from "./setup.ts";

test("unknown routes, tokens and fields are refused and kept as problems", async () => {
  const { discord, acme, rest } = await stage();
  const help = acme.channel("help");
  expect(await outcome(rest.get("/users/@me/connections"))).toBe("404 0");
  const post = (body: object) => rest.post(`/channels/${help.id}/messages`, { body });
  expect(await outcome(post({ content: "hi", colour: "red" }))).toBe("400 50035");
  expect(await outcome(post({ content: "x".repeat(2001) }))).toBe("400 50035");
  expect(await outcome(post({ content: " " }))).toBe("400 50006");
  expect(discord.problems.map(({ details }) => details)).toEqual([
    [],
    ['colour: UNKNOWN_FIELD There is no field "colour" here.'],
    ["content: BASE_TYPE_BAD_LENGTH Must be at most 2000 in length."],
    [],
  ]);
  discord.revokesToken();
  expect(await outcome(post({ content: "hi" }))).toBe("401 0");
  expect(help.texts()).toEqual([]);
});

test("D4 a nonce that is enforced makes one message of two requests, for some minutes", async () => {
  const { acme, clock, rest } = await stage();
  const help = acme.channel("help");
  const body = { content: "once", nonce: "delivery-1", enforce_nonce: true };
  const post = () => rest.post(`/channels/${help.id}/messages`, { body });
  const first = await post();
  expect(await post()).toEqual(first);
  expect(help.texts()).toEqual(["once"]);
  clock.advance(6 * 60_000);
  await post();
  expect(help.texts()).toEqual(["once", "once"]);
});

test("F5 closed direct messages: 50007, without a common guild 50278", async () => {
  const { discord, acme, rest } = await stage();
  const dana = acme.person("Dana", { dm: "closed" });
  const open = () => rest.post("/users/@me/channels", { body: { recipient_id: dana.id } });
  const { id } = (await open()) as { id: string };
  const send = () => outcome(rest.post(`/channels/${id}/messages`, { body: { content: "hi" } }));
  expect(await send()).toBe("403 50007");
  dana.changes({ dm: "open" });
  expect(await send()).toBe("ok");
  acme.leaves(dana);
  expect(await send()).toBe("403 50278");
  expect(discord.problems).toEqual([]);
});

test("permissions: 50001 for what the bot cannot see, 50013 for what it may not do", async () => {
  const { discord, acme, rest } = await stage();
  const help = acme.channel("help");
  const post = () =>
    outcome(rest.post(`/channels/${help.id}/messages`, { body: { content: "hi" } }));
  help.denies("bot", "SendMessages");
  expect(await post()).toBe("403 50013");
  help.denies("everyone", "ViewChannel");
  expect(await post()).toBe("403 50001");
  help.allows("bot", "ViewChannel", "SendMessages");
  expect(await post()).toBe("ok");
  acme.botMay("ViewChannel");
  expect(await outcome(rest.get(`/guilds/${acme.id}/audit-logs`))).toBe("403 50013");
  acme.removesBot();
  expect(await post()).toBe("403 50001");
  expect(discord.invalidRequests()).toBe(4);
  expect(discord.problems).toEqual([]);
});

test("threads: writing wakes an archived one, a locked one stays shut, nothing is edited in its sleep", async () => {
  const { acme, clock, rest } = await stage();
  const staff = acme.role("Staff", { permissions: ["ManageThreads"] });
  const [dana, kim] = [acme.person("Dana"), acme.person("Kim", { roles: [staff] })];
  const thread = await dana.starts(acme.channel("help"), "Broken", { text: "It is" });
  const post = () => rest.post(`/channels/${thread.id}/messages`, { body: { content: "asked" } });
  const { id } = (await post()) as { id: string };
  await kim.archives(thread);
  const edit = () =>
    rest.patch(`/channels/${thread.id}/messages/${id}`, { body: { content: "!" } });
  expect(await outcome(edit())).toBe("400 50083");
  expect(await outcome(post())).toBe("ok");
  expect(thread.thread.archived()).toBe(false);
  await kim.locks(thread);
  acme.botMay();
  expect(await outcome(post())).toBe("400 160005");
  await kim.archives(thread);
  expect(await outcome(post())).toBe("400 50083");
  const wake = () => rest.patch(`/channels/${thread.id}`, { body: { archived: false } });
  expect(await outcome(wake())).toBe("403 50013");
  acme.botMay("ManageThreads", "ViewAuditLog");
  expect(await outcome(wake())).toBe("ok");
  await until(() => !thread.thread.archived(), "it is awake");
  clock.advance(4320 * 60_000);
  await until(() => thread.thread.archived(), "Discord's own timer archives it");
  const log = (await rest.get(`/guilds/${acme.id}/audit-logs`, {
    query: new URLSearchParams({ action_type: "111" }),
  })) as RESTGetAPIAuditLogResult;
  const who = log.audit_log_entries.map(({ user_id: user, changes }) => [user, changes?.[0]?.key]);
  // The timer itself is nobody, and so is a message that wakes a thread.
  expect(who).toEqual([
    [expect.not.stringMatching(kim.id), "archived"],
    [kim.id, "archived"],
    [kim.id, "locked"],
    [kim.id, "archived"],
  ]);
});

test("F12 three seconds for the first answer, fifteen minutes for the rest, one answer", async () => {
  const { discord, acme, clock, rest } = await stage();
  const client = await clientFor(discord);
  const tokens: { id: string; token: string }[] = [];
  client.on("interactionCreate", ({ id, token }) => tokens.push({ id, token }));
  await rest.put(`/applications/${discord.applicationId}/commands`, {
    body: [{ name: "nps", description: "The score" }],
  });
  const [help, dana] = [acme.channel("help"), acme.person("Dana")];
  const reply = { type: 4, data: { content: "7" } };
  const answer = (index: number, body: object) =>
    outcome(
      rest.post(`/interactions/${tokens[index]?.id}/${tokens[index]?.token}/callback`, {
        body,
        auth: false,
      }),
    );
  const edit = () =>
    outcome(
      rest.patch(`/webhooks/${discord.applicationId}/${tokens[1]?.token}/messages/@original`, {
        body: { content: "8" },
        auth: false,
      }),
    );
  const late = dana.types(help, "/nps");
  await until(() => tokens.length === 1, "the first is there");
  clock.advance(3000);
  expect(await late).toEqual({ outcome: "timed out" });
  expect(await answer(0, reply)).toBe("404 10062");
  const taken = dana.types(help, "/nps");
  await until(() => tokens.length === 2, "the second is there");
  expect(await edit()).toBe("404 10015");
  expect(await answer(1, { type: 5, data: { flags: MessageFlags.IsComponentsV2 } })).toBe(
    "400 50035",
  );
  expect(await answer(1, { type: 7, data: { content: "7" } })).toBe("400 50035");
  expect(await answer(1, reply)).toBe("ok");
  expect(await taken).toMatchObject({ outcome: "message", ephemeral: false });
  expect(await answer(1, reply)).toBe("400 40060");
  expect(await edit()).toBe("ok");
  expect(help.texts()).toEqual(["8"]);
  clock.advance(15 * 60_000);
  expect(await edit()).toBe("401 50027");
});

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

test("N6 who would be notified: what is allowed, nothing in code, everything without a word about it", async () => {
  const { acme, rest } = await stage();
  const [help, dana] = [acme.channel("help"), acme.person("Dana")];
  const role = acme.role("Staff", { mentionable: true });
  const content = `@everyone <@${dana.id}> <@&${role.id}> \`@here\` [free](https://evil.example)`;
  const post = (more: object) =>
    rest.post(`/channels/${help.id}/messages`, { body: { content, ...more } });
  await post({});
  await post({ allowed_mentions: { parse: [] } });
  await post({ allowed_mentions: { users: [dana.id] } });
  await post({
    content: undefined,
    flags: MessageFlags.IsComponentsV2,
    components: [{ type: 10, content: "@here" }],
  });
  expect(dana.sees(help).map(({ live }) => live.pings)).toEqual([
    [dana.id, role.id, "@everyone"],
    [],
    [dana.id],
    ["@here"],
  ]);
  expect(dana.sees(help)[1]?.live.links).toEqual(["https://evil.example"]);
  const both = { parse: ["users"], users: [dana.id] };
  expect(await outcome(post({ allowed_mentions: both }))).toBe("400 50035");
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
