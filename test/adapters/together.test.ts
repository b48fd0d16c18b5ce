/**
 * Both chat libraries in one process. Each brings an undici of its own, and they share a global: with
 * an undici 7 under @slack/bolt loaded first, every file that discord.js sends fails. The undici 8
 * that is installed now does not do that; discord.js is loaded first all the same, here and wherever
 * both adapters are.
 */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, expect, test } from "vitest";

interface Received {
  readonly path: string;
  readonly type: string;
  readonly body: string;
}

const closing: (() => void)[] = [];
afterAll(() => {
  for (const close of closing) close();
});

/** A server that answers everything with this and keeps what it was sent. */
async function listen(answer: unknown): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    const type = request.headers["content-type"] ?? "";
    received.push({ path: request.url ?? "", type, body: await text(request) });
    response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => server.close().closeAllConnections());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, received };
}

test("loaded in this order, discord.js sends a file and Slack's client still calls", async () => {
  const { REST, Routes } = await import("discord.js");
  const { webApi } = await import("@slack/bolt");
  const discord = await listen({ id: "1" });
  const slack = await listen({ ok: true, ts: "1.000100" });

  const rest = new REST({ api: discord.url, retries: 0 }).setToken("not-a-token");
  const files = [{ name: "nps.png", data: Buffer.from("a picture") }];
  await rest.post(Routes.channelMessages("2"), { body: { content: "NPS" }, files });
  const client = new webApi.WebClient("xoxb-1", {
    slackApiUrl: `${slack.url}/api/`,
    retryConfig: { retries: 0 },
  });
  await client.chat.postMessage({ channel: "C1", text: "NPS" });

  expect(discord.received).toHaveLength(1);
  expect(discord.received[0]?.path).toBe("/v10/channels/2/messages");
  expect(discord.received[0]?.type).toContain("multipart/form-data");
  expect(discord.received[0]?.body).toContain("a picture");
  expect(slack.received.map(({ path }) => path)).toEqual(["/api/chat.postMessage"]);
});
