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
