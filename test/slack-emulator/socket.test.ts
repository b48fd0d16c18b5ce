import { App } from "@slack/bolt";
import { SocketModeClient } from "@slack/socket-mode";
import { expect, onTestFinished, test } from "vitest";
import type { Slack } from "../support/slack/index.ts";
import { clientFor, outcome, silent, stage, until } from "./setup.ts";

interface Heard {
  readonly envelope: string;
  readonly eventId: string;
  readonly retry: number;
}

interface Received {
  readonly ack: (payload?: unknown) => Promise<void>;
  readonly envelope_id: string;
  readonly type: string;
  readonly body: { readonly event_id?: string };
  readonly retry_num?: number;
}

/** The real client; `answers` decides whether an envelope is acknowledged. */
async function connect(slack: Slack, answers: () => boolean = () => true) {
  const client = new SocketModeClient({
    appToken: slack.appToken,
    logger: silent,
    clientPingTimeout: 1000,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
  });
  const heard: Heard[] = [];
  client.on("slack_event", async ({ ack, envelope_id, body, retry_num }: Received) => {
    heard.push({ envelope: envelope_id, eventId: body.event_id ?? "", retry: retry_num ?? 0 });
    if (answers()) await ack();
  });
  const before = slack.sockets.count();
  await client.start();
  await slack.sockets.connected(before + 1);
  onTestFinished(() => client.disconnect());
  return { client, heard };
}

test("an event comes once, to one of the connections", async () => {
  const { slack, acme } = await stage();
  const clients = [await connect(slack), await connect(slack)];
  const [help, dana] = [acme.channel("help"), acme.person("Dana")];
  for (const text of ["one", "two", "three", "four"]) await dana.posts(help, text);
  await slack.settled();
  const counts = clients.map(({ heard }) => heard.length);
  expect(counts).toEqual([2, 2]);
  expect(slack.events.map(({ state }) => state)).toEqual(Array(4).fill("acknowledged"));
});

test("an event without acknowledgement comes again after three seconds, then one and five minutes", async () => {
  const { slack, acme, clock } = await stage();
  const { heard } = await connect(slack, () => false);
  await acme.person("Dana").posts(acme.channel("help"), "hello");
  await until(() => heard.length === 1, "the first delivery");
  for (const [retry, pause] of [0, 60_000, 300_000].entries()) {
    clock.advance(3000);
    const late = () => slack.events[0]?.attempts[retry]?.outcome === "timed out";
    await until(late, `time-out ${retry}`);
    clock.advance(pause);
    await until(() => heard.length === retry + 2, `retry ${retry + 1}`);
  }
  clock.advance(3000);
  await slack.settled();
  expect(heard.map(({ retry }) => retry)).toEqual([0, 1, 2, 3]);
  expect(new Set(heard.map(({ eventId }) => eventId)).size).toBe(1);
  expect(new Set(heard.map(({ envelope }) => envelope)).size).toBe(4);
  expect(slack.events[0]?.state).toBe("given up");
});

test("a line that is cut before the acknowledgement loses nothing", async () => {
  const { slack, acme, clock } = await stage();
  let cutting = true;
  const { heard } = await connect(slack, () => !cutting);
  await acme.person("Dana").posts(acme.channel("help"), "hello");
  await until(() => heard.length === 1, "the first delivery");
  slack.sockets.cut();
  cutting = false;
  await until(() => slack.sockets.count() === 1, "the client is back");
  clock.advance(60_000);
  await until(() => slack.events[0]?.state === "acknowledged", "the retry");
  expect(slack.events[0]?.attempts.map(({ outcome: became }) => became)).toEqual([
    "failed",
    "failed",
    "acknowledged",
  ]);
});

test("a client that is asked to refresh comes back with a new ticket", async () => {
  const { slack, acme } = await stage();
  const { heard } = await connect(slack);
  slack.sockets.disconnect("refresh_requested");
  await until(() => slack.sockets.count() === 1, "the client is back");
  await acme.person("Dana").posts(acme.channel("help"), "hello");
  await slack.settled();
  expect(heard).toHaveLength(1);
  expect(slack.calls("apps.connections.open")).toHaveLength(2);
});

test("a connection's url works once, and only for the app's token", async () => {
  const { slack, acme } = await stage();
  const { url } = await clientFor(slack, slack.appToken).apps.connections.open({});
  const opened = async () => {
    const socket = new WebSocket(url ?? "");
    return await new Promise<string>((resolve) => {
      socket.addEventListener("message", () => {
        resolve("hello");
        socket.close();
      });
      socket.addEventListener("error", () => resolve("refused"));
    });
  };
  expect(await opened()).toBe("hello");
  expect(await opened()).toBe("refused");
  const wrong = clientFor(slack, acme.botToken).apps.connections.open({});
  expect(await outcome(wrong)).toBe("not_allowed_token_type");
});

test("without a connection a command fails at once, for the person who typed it", async () => {
  const { slack, acme } = await stage();
  const [help, dana] = [acme.channel("help"), acme.person("Dana")];
  expect(await dana.types(help, "/nps")).toEqual({ outcome: "failed", reason: "no_connection" });
  expect(dana.sees(help)[0]?.text).toContain("dispatch_failed");
  expect(slack.problems).toEqual([]);
});

test("Bolt in Socket Mode answers commands, and large and foreign texts go through whole", async () => {
  const { slack, acme } = await stage();
  const app = new App({
    token: acme.botToken,
    appToken: slack.appToken,
    socketMode: true,
    logger: silent,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
  });
  await app.start();
  onTestFinished(async () => {
    await app.stop();
  });
  const texts: string[] = [];
  app.message(async ({ message }) => {
    if ("text" in message) texts.push(message.text ?? "");
  });
  app.command("/nps", async ({ ack }) => await ack(`Nothing yet 你好${"!".repeat(70_000)}`));
  const [help, dana] = [acme.channel("help"), acme.person("Dana")];
  const long = "Счёт — 发票 🙂 ".repeat(6000);
  await dana.posts(help, long);
  await until(() => texts.length === 1, "the message arrives");
  expect(texts).toEqual([long]);
  await dana.types(help, "/nps");
  const shown = dana.sees(help).at(-1);
  expect(shown?.ephemeral).toBe(true);
  expect(shown?.text).toBe(`Nothing yet 你好${"!".repeat(40_000)}`.slice(0, 40_000));
});
