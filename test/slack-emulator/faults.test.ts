import { expect, test } from "vitest";
import type { Fault } from "../support/slack/index.ts";
import { clientFor, outcome, stage } from "./setup.ts";

const lost: readonly (readonly [string, Fault])[] = [
  ["a reset", { kind: "reset" }],
  ["silence", { kind: "silent" }],
  ["a 500", { kind: "status", status: 500 }],
];

test.each(lost)("%s with and without the effect", async (_name, fault) => {
  const { slack, acme } = await stage();
  const help = acme.channel("help");
  const client = clientFor(slack, acme.botToken, 300);
  const post = (text: string) => client.chat.postMessage({ channel: help.id, text });
  slack.fail("chat.postMessage", fault);
  await expect(post("lost")).rejects.toThrow();
  expect(help.texts()).toEqual([]);
  slack.fail("chat.postMessage", { ...fault, accepted: true } as Fault);
  await expect(post("taken")).rejects.toThrow();
  await slack.settled();
  expect(help.texts()).toEqual(["taken"]);
  await post("fine");
  expect(help.texts()).toEqual(["taken", "fine"]);
  expect(slack.calls("chat.postMessage").map(({ accepted }) => accepted)).toEqual([
    false,
    true,
    true,
  ]);
});

test("refusals and rate limits on demand, once, several times, or as a function decides", async () => {
  const { slack, acme, client } = await stage();
  const [help, sales] = [acme.channel("help"), acme.channel("sales")];
  const post = (channel: string) => outcome(client.chat.postMessage({ channel, text: "hello" }));
  slack.fail("chat.postMessage", { kind: "rate-limited", retryAfter: 30 });
  expect(await post(help.id)).toBe("wait 30 s");
  slack.fail("chat.postMessage", { kind: "refused", error: "fatal_error" }, { times: 2 });
  expect([await post(help.id), await post(help.id)]).toEqual(["fatal_error", "fatal_error"]);
  const stop = slack.fail(
    "*",
    ({ arguments: args }) =>
      args.channel === sales.id ? { kind: "refused", error: "is_archived" } : undefined,
    { times: Infinity },
  );
  expect([await post(sales.id), await post(help.id)]).toEqual(["is_archived", "ok"]);
  stop();
  expect(await post(sales.id)).toBe("ok");
  expect(slack.problems).toEqual([]);
});

test.each([["soon"], [null]])(
  "a 429 with the Retry-After %j is a 429 all the same",
  async (after) => {
    const { slack, acme } = await stage();
    slack.fail("auth.test", { kind: "rate-limited", retryAfter: after });
    const response = await fetch(`${slack.apiUrl}auth.test`, {
      method: "POST",
      headers: { authorization: `Bearer ${acme.botToken}` },
    });
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, after]);
  },
);

test("files: an address, the bytes, then completed; shared and ready a little later", async () => {
  const { slack, acme, client, clock } = await stage({ fileReadyMs: 2000 });
  const [help, dana] = [acme.channel("help"), acme.person("Dana")];
  const png = Buffer.from("not really a picture");
  const sent = await client.filesUploadV2({
    channel_id: help.id,
    file: png,
    filename: "week.png",
    alt_text: "The week",
    initial_comment: "This week",
  });
  expect(sent.ok).toBe(true);
  expect(dana.sees(help)).toEqual([]);
  const id = slack.calls("upload")[0]?.arguments.file;
  const before = await client.files.info({ file: String(id) });
  expect(before.file?.mimetype).toBe("");
  clock.advance(2000);
  await slack.settled();
  const after = await client.files.info({ file: String(id) });
  expect(after.file).toMatchObject({ mimetype: "image/png", size: png.length });
  expect(dana.sees(help)).toMatchObject([
    { text: "This week", files: [{ name: "week.png", ready: true }] },
  ]);
  expect(slack.problems).toEqual([]);
});

test("a picture can be shown once Slack has looked into its file, and only by its own workspace", async () => {
  const { slack, acme, client, clock } = await stage({ fileReadyMs: 2000 });
  const [help, dana] = [acme.channel("help"), acme.person("Dana")];
  await client.filesUploadV2({ file: Buffer.from("png"), filename: "week.png" });
  const id = String(slack.calls("upload")[0]?.arguments.file);
  const blocks = [{ type: "image", slack_file: { id }, alt_text: "The week" }];
  const show = (with_ = client, channel = help.id) =>
    outcome(with_.chat.postMessage({ channel, text: "This week", blocks }));
  expect(await show()).toBe("invalid_blocks");
  expect(slack.problems).toEqual([]);
  clock.advance(2000);
  await slack.settled();
  expect(await show()).toBe("ok");
  expect(dana.sees(help).map(({ words }) => words)).toEqual(["The week"]);
  const beta = slack.workspace("Beta");
  const foreign = show(clientFor(slack, beta.botToken), beta.channel("help").id);
  expect(await foreign).toBe("invalid_blocks");
});

test("a file needs the bot in the channel, and its bytes", async () => {
  const { slack, acme, client } = await stage();
  const away = acme.channel("away", { bot: false });
  const asked = await client.files.getUploadURLExternal({ filename: "a.png", length: 3 });
  const files: [{ id: string }] = [{ id: asked.file_id ?? "" }];
  const complete = () =>
    outcome(client.files.completeUploadExternal({ files, channel_id: away.id }));
  expect(await complete()).toBe("file_not_uploaded");
  const short = await fetch(asked.upload_url ?? "", { method: "POST", body: "ab" });
  expect(short.status).toBe(400);
  await fetch(asked.upload_url ?? "", { method: "POST", body: "abc" });
  expect(await complete()).toBe("not_in_channel");
  away.inviteBot();
  expect(await complete()).toBe("ok");
  expect(slack.problems).toEqual([]);
});

test("a revoked or uninstalled app is told, and then nothing more", async () => {
  const { slack, acme } = await stage();
  const beta = slack.workspace("Beta");
  const [help, dana] = [acme.channel("help"), acme.person("Dana")];
  acme.revoke("uninstalled");
  await dana.posts(help, "is anybody there?");
  await beta.person("Bo").posts(beta.channel("help"), "hello");
  expect(slack.events.map(({ type, payload }) => [type, payload.team_id])).toEqual([
    ["tokens_revoked", acme.id],
    ["app_uninstalled", acme.id],
    ["message", beta.id],
  ]);
});
