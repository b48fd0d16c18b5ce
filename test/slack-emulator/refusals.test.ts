import { expect, test } from "vitest";
import { buttonBlocks, clientFor, outcome, stage } from "./setup.ts";

test("fifty blocks are taken, one more is refused as invalid_blocks and noted as a problem", async () => {
  const { slack, acme, client } = await stage();
  const help = acme.channel("help");
  const blocks = (count: number) => Array.from({ length: count }, () => ({ type: "divider" }));
  const post = (count: number) =>
    outcome(client.chat.postMessage({ channel: help.id, text: "many", blocks: blocks(count) }));
  expect(await post(50)).toBe("ok");
  expect(slack.problems).toEqual([]);
  expect(await post(51)).toBe("invalid_blocks");
  expect(slack.problems).toMatchObject([{ method: "chat.postMessage", error: "invalid_blocks" }]);
  expect(slack.problems[0]?.details.join()).toContain("/blocks");
});

test("an unknown method answers 200 and unknown_method", async () => {
  const { slack, acme, client } = await stage();
  const response = await fetch(`${slack.apiUrl}chat.shout`, {
    method: "POST",
    headers: { authorization: `Bearer ${acme.botToken}` },
  });
  expect(response.status).toBe(200);
  expect(await outcome(client.apiCall("chat.shout"))).toBe("unknown_method");
  expect(slack.problems.map(({ error }) => error)).toEqual(["unknown_method", "unknown_method"]);
});

test("an unknown argument, a missing one and one of the wrong kind are invalid_arguments", async () => {
  const { slack, acme, client } = await stage();
  const { id } = acme.channel("help");
  const post = (args: Record<string, unknown>) => outcome(client.apiCall("chat.postMessage", args));
  expect(await post({ channel: id, text: "hello", colour: "red" })).toBe("invalid_arguments");
  expect(await post({ text: "hello" })).toBe("invalid_arguments");
  expect(await post({ channel: id, text: "hello", thread_ts: "yesterday" })).toBe(
    "invalid_arguments",
  );
  expect(await post({ channel: id, text: "hello", blocks: "{}" })).toBe("invalid_arguments");
  expect(slack.problems[0]?.details).toEqual(["[ERROR] unknown argument: colour"]);
  expect(help(slack.calls("chat.postMessage"))).toEqual(Array(4).fill("invalid_arguments"));
});
const help = (calls: readonly { outcome: string | undefined }[]) =>
  calls.map(({ outcome: became }) => became);

test("JSON bodies and forms are the same to it, and the token may be in the body", async () => {
  const { slack, acme } = await stage();
  const { id } = acme.channel("help");
  const blocks = buttonBlocks("1", "2");
  const headers = { authorization: `Bearer ${acme.botToken}`, "content-type": "application/json" };
  const json = await fetch(`${slack.apiUrl}chat.postMessage`, {
    method: "POST",
    headers,
    body: JSON.stringify({ channel: id, text: "How was it?", blocks }),
  });
  const form = await fetch(`${slack.apiUrl}chat.postMessage`, {
    method: "POST",
    body: new URLSearchParams({
      token: acme.botToken,
      channel: id,
      text: "How was it?",
      blocks: JSON.stringify(blocks),
    }),
  });
  expect(await json.json()).toMatchObject({ ok: true, channel: id });
  expect(await form.json()).toMatchObject({ ok: true, channel: id });
  const [first, second] = slack.calls("chat.postMessage");
  expect(second?.arguments).toEqual(first?.arguments);
});

test("a missing scope says which one is needed and which ones are there", async () => {
  const { slack, acme, client } = await stage({ scopes: ["chat:write", "channels:read"] });
  const { id } = acme.channel("help");
  await expect(client.conversations.history({ channel: id })).rejects.toMatchObject({
    data: {
      error: "missing_scope",
      needed: "channels:history",
      provided: "chat:write,channels:read",
    },
  });
  expect(slack.problems).toMatchObject([{ error: "missing_scope" }]);
});

test("auth.test lists the granted scopes in its headers", async () => {
  const { client } = await stage({ scopes: ["chat:write", "im:write"] });
  const answer = await client.auth.test();
  expect(answer.response_metadata?.scopes).toEqual(["chat:write", "im:write"]);
});

test("no token, a wrong one, a revoked one and an app token each get their own answer", async () => {
  const { slack, acme } = await stage();
  expect(await outcome(clientFor(slack, "").auth.test())).toBe("not_authed");
  expect(await outcome(clientFor(slack, "xoxb-wrong").auth.test())).toBe("invalid_auth");
  expect(await outcome(clientFor(slack, slack.appToken).auth.test())).toBe(
    "not_allowed_token_type",
  );
  expect(await outcome(clientFor(slack, acme.botToken).apps.connections.open())).toBe(
    "not_allowed_token_type",
  );
  acme.revoke();
  expect(await outcome(clientFor(slack, acme.botToken).auth.test())).toBe("token_revoked");
});

test("messages of others cannot be changed or deleted", async () => {
  const { acme, client } = await stage();
  const help = acme.channel("help");
  const dana = acme.person("Dana");
  const ts = await dana.posts(help, "My invoice is wrong");
  expect(await outcome(client.chat.update({ channel: help.id, ts, text: "It is right" }))).toBe(
    "cant_update_message",
  );
  expect(await outcome(client.chat.delete({ channel: help.id, ts }))).toBe("cant_delete_message");
  expect(help.texts()).toEqual(["My invoice is wrong"]);
});

test("posting needs words, a channel that is there, not archived, and that the bot is in", async () => {
  const { slack, acme, client } = await stage();
  const [help, away] = [acme.channel("help"), acme.channel("away", { bot: false })];
  const [secret, old] = [
    acme.channel("secret", { bot: false, private: true }),
    acme.channel("old"),
  ];
  old.archive();
  const post = (channel: string, text = "hello") =>
    outcome(client.chat.postMessage({ channel, text }));
  expect(await post(help.id, "")).toBe("no_text");
  expect(await post("C123")).toBe("channel_not_found");
  expect(await post(away.id)).toBe("not_in_channel");
  expect(await post(secret.id)).toBe("channel_not_found");
  expect(await post(old.id)).toBe("is_archived");
  help.restrict();
  expect(await post(help.id)).toBe("restricted_action");
  expect(slack.problems.map(({ error }) => error)).toEqual(["no_text"]);
});

test("a text of more than 40,000 characters is cut when posted, and refused over 4,000 when changed", async () => {
  const { slack, acme, client } = await stage();
  const help = acme.channel("help");
  const text = "x".repeat(40_001);
  const posted = await client.chat.postMessage({ channel: help.id, text });
  expect(help.texts()[0]).toHaveLength(40_000);
  expect(posted.response_metadata?.warnings).toEqual(["message_truncated"]);
  const change = (length: number) =>
    outcome(
      client.chat.update({ channel: help.id, ts: posted.ts ?? "", text: text.slice(0, length) }),
    );
  expect([await change(4000), await change(4001)]).toEqual(["ok", "msg_too_long"]);
  expect(slack.problems.map(({ error }) => error)).toEqual(["message_truncated", "msg_too_long"]);
});

test("closed direct messages say why", async () => {
  const { slack, acme, client } = await stage();
  const [off, blocked, gone] = [
    acme.person("Off", { dm: "disabled" }),
    acme.person("Blocked", { dm: "blocked" }),
    acme.person("Gone"),
  ];
  gone.changes({ deactivated: true });
  const post = (channel: string) => outcome(client.chat.postMessage({ channel, text: "hello" }));
  expect(await post(off.id)).toBe("messages_tab_disabled");
  expect(await post(blocked.id)).toBe("cannot_dm_bot");
  expect(await post(gone.id)).toBe("user_disabled");
  expect(await post("U404")).toBe("user_not_found");
  expect(await outcome(client.conversations.open({ users: gone.id }))).toBe("user_disabled");
  expect(slack.problems).toEqual([]);
});
