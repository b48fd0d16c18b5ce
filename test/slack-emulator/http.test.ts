import { createHmac } from "node:crypto";
import { App, HTTPReceiver } from "@slack/bolt";
import { expect, onTestFinished, test } from "vitest";
import type { Slack } from "../support/slack/index.ts";
import { buttonBlocks, listener, modal, silent, stage, until } from "./setup.ts";

const BUSY_MS = 10;

/** Bolt's own receiver, as most apps use it, on a port of its own. */
async function bolt(slack: Slack, token: string) {
  const receiver = new HTTPReceiver({
    signingSecret: slack.signingSecret,
    endpoints: "/slack/events",
    logger: silent,
  });
  const app = new App({
    token,
    receiver,
    logger: silent,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
  });
  const server = await app.start(0);
  onTestFinished(async () => {
    await app.stop();
  });
  const address = "address" in server ? server.address() : null;
  if (address === null || typeof address === "string") throw new Error("no port");
  const url = `http://127.0.0.1:${address.port}/slack/events`;
  slack.deliversTo({ url });
  return { app, url };
}

test("Bolt's HTTPReceiver takes its signatures: events, presses, commands and submissions", async () => {
  const { slack, acme } = await stage({ start: new Date().toISOString() });
  const { app } = await bolt(slack, acme.botToken);
  const [help, dana] = [acme.channel("help"), acme.person("Dana")];
  app.event("message", async ({ event, client }) => {
    if (event.subtype !== undefined || !("user" in event)) return;
    const blocks = buttonBlocks("6", "7");
    await client.chat.postMessage({ channel: String(event.user), text: "How was it?", blocks });
  });
  app.action("score-7", async ({ ack, body, client }) => {
    await ack();
    if ("trigger_id" in body) {
      await client.views.open({ trigger_id: String(body.trigger_id), view: modal() });
    }
  });
  app.view("comment", async ({ ack, view, respond: _ }) => {
    const said = view.state.values.comment?.text?.value;
    if (said === "bad") await ack({ response_action: "errors", errors: { comment: "Be nice" } });
    else await ack();
  });
  app.command("/nps", async ({ ack, command }) => {
    await ack({ text: `${command.text} of ${command.user_name}`, response_type: "in_channel" });
  });

  await dana.posts(help, "My invoice is wrong");
  await until(() => dana.sees("dm").length === 1, "the question arrives");
  const [question] = dana.sees("dm");
  if (question === undefined) throw new Error("Nothing was asked.");
  expect(question.buttons).toEqual(["6", "7"]);
  expect(await dana.presses(question, "7")).toEqual({
    outcome: "acknowledged",
    payload: undefined,
  });
  await until(() => dana.modal() !== undefined, "the modal opens");
  expect(await dana.submits({ text: "" })).toMatchObject({ outcome: "not accepted" });
  expect(await dana.submits({ text: "far too long" })).toMatchObject({ outcome: "not accepted" });
  expect(await dana.submits({ text: "bad" })).toEqual({
    outcome: "not accepted",
    errors: { comment: "Be nice" },
  });
  expect(dana.modal()).toBeDefined();
  expect(await dana.submits({ text: "slow" })).toMatchObject({ outcome: "acknowledged" });
  expect(dana.modal()).toBeUndefined();
  expect(await dana.types(help, "/nps", "week")).toMatchObject({ outcome: "acknowledged" });
  expect(help.texts()).toEqual(["My invoice is wrong", "week of dana"]);
  await slack.settled();
  expect(slack.problems).toEqual([]);
  expect(slack.events.map(({ state }) => state)).toEqual([
    "acknowledged",
    "acknowledged",
    "acknowledged",
  ]);
});

test("Bolt's HTTPReceiver answers the challenge and the look at the certificate", async () => {
  const { slack, acme } = await stage({ start: new Date().toISOString() });
  const { url } = await bolt(slack, acme.botToken);
  expect(await slack.verifiesUrl({ url })).toBe(true);
  expect(await slack.checksCertificate({ url })).toBe(200);
});

test("requests are signed over timestamp and body, with the time of Slack's clock", async () => {
  const { slack, acme, clock } = await stage();
  const heard = await listener(slack);
  await acme.person("Dana").posts(acme.channel("help"), "hello");
  await slack.settled();
  const [headers] = heard.headers;
  const timestamp = String(clock.now().getTime() / 1000);
  expect(headers?.["x-slack-request-timestamp"]).toBe(timestamp);
  const mine = createHmac("sha256", slack.signingSecret)
    .update(`v0:${timestamp}:${heard.bodies[0]}`)
    .digest("hex");
  expect(headers?.["x-slack-signature"]).toBe(`v0=${mine}`);
  expect(headers?.["x-slack-retry-num"]).toBeUndefined();
});

test("an event that is not acknowledged comes again at once, after one minute and after five", async () => {
  const { slack, acme, clock } = await stage();
  const heard = await listener(slack);
  heard.status = 503;
  const start = clock.now().getTime();
  await acme.person("Dana").posts(acme.channel("help"), "hello");
  await slack.settled();
  expect(heard.headers).toHaveLength(2);
  clock.advance(59_999);
  await slack.settled();
  expect(heard.headers).toHaveLength(2);
  clock.advance(1);
  await slack.settled();
  expect(heard.headers).toHaveLength(3);
  clock.advance(300_000);
  await slack.settled();
  clock.advance(3_600_000);
  await slack.settled();
  const retries = heard.headers.map((headers) => [
    headers["x-slack-retry-num"],
    headers["x-slack-retry-reason"],
  ]);
  expect(retries).toEqual([
    [undefined, undefined],
    ["1", "http_error"],
    ["2", "http_error"],
    ["3", "http_error"],
  ]);
  const [event] = slack.events;
  expect(event?.state).toBe("given up");
  expect(event?.attempts.map(({ at }) => at - start)).toEqual([0, 0, 60_000, 360_000]);
  expect(new Set(heard.payloads.map(({ event_id }) => event_id)).size).toBe(1);
});

test("an app that says x-slack-no-retry is not asked again", async () => {
  const { slack, acme, clock } = await stage();
  const heard = await listener(slack);
  heard.status = 500;
  heard.reply = { "x-slack-no-retry": "1" };
  await acme.person("Dana").posts(acme.channel("help"), "hello");
  await slack.settled();
  clock.advance(600_000);
  await slack.settled();
  expect(heard.bodies).toHaveLength(1);
  expect(slack.events[0]?.state).toBe("given up");
});

test("three seconds of silence are a time-out, and the event comes again", async () => {
  const { slack, acme, clock } = await stage();
  const heard = await listener(slack);
  heard.status = null;
  await acme.person("Dana").posts(acme.channel("help"), "hello");
  await until(() => heard.bodies.length === 1, "the first delivery");
  clock.advance(2999);
  await new Promise((resolve) => setTimeout(resolve, BUSY_MS));
  expect(slack.events[0]?.attempts).toHaveLength(1);
  heard.status = 200;
  clock.advance(1);
  await until(() => slack.events[0]?.state === "acknowledged", "the second delivery");
  expect(heard.headers[1]?.["x-slack-retry-reason"]).toBe("http_timeout");
  expect(slack.events[0]?.attempts.map((attempt) => attempt.outcome)).toEqual([
    "timed out",
    "acknowledged",
  ]);
});

test("an acknowledged event can be delivered a second time", async () => {
  const { slack, acme } = await stage();
  const heard = await listener(slack);
  await acme.person("Dana").posts(acme.channel("help"), "hello");
  await slack.settled();
  const eventId = slack.events[0]?.eventId ?? "";
  expect(await slack.redeliver(eventId)).toMatchObject({ acknowledged: true });
  expect(heard.payloads.map(({ event_id }) => event_id)).toEqual([eventId, eventId]);
  expect(heard.headers[1]?.["x-slack-retry-num"]).toBe("1");
});

test("a command that fails or takes too long is told to the person who typed it, and never retried", async () => {
  const { slack, acme, clock } = await stage();
  const heard = await listener(slack, "application/x-www-form-urlencoded; charset=utf-8");
  const [help, dana] = [acme.channel("help"), acme.person("Dana")];
  heard.status = 500;
  expect(await dana.types(help, "/nps", "week")).toEqual({
    outcome: "failed",
    reason: "http_error",
    status: 500,
  });
  heard.status = null;
  const typed = dana.types(help, "/nps");
  await until(() => heard.bodies.length === 2, "the second command");
  clock.advance(3000);
  expect(await typed).toEqual({ outcome: "timed out" });
  clock.advance(600_000);
  await slack.settled();
  expect(heard.bodies).toHaveLength(2);
  expect(heard.headers[0]?.["content-type"]).toBe(
    "application/x-www-form-urlencoded; charset=utf-8",
  );
  expect(dana.sees(help).map(({ from, text }) => [from, text])).toEqual([
    ["USLACKBOT", '/nps failed with the error "dispatch_failed"'],
    ["USLACKBOT", '/nps failed with the error "operation_timeout"'],
  ]);
});
