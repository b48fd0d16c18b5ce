import { afterEach, expect, test } from "vitest";
import type { ChatPlatform } from "../src/platform.ts";
import { startWebServer, type WebServer } from "../src/web.ts";

const servers: WebServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

async function serve(): Promise<WebServer> {
  const server = await startWebServer({ host: "127.0.0.1", port: 0 });
  servers.push(server);
  return server;
}

/** A platform that answers with its name and the path it was asked for. */
function platform(name: string, path: string): ChatPlatform {
  return {
    name,
    start: async () => {},
    send: () => Promise.reject(new Error("not asked for")),
    web: {
      path,
      fetch: async (request) => new Response(`${name} ${new URL(request.url).pathname}`),
    },
    stop: async () => {},
  };
}

test("until everything is ready whoever comes is told to come again", async () => {
  const server = await serve();
  const early = await fetch(`${server.url}/slack/events`, { method: "POST", body: "x" });
  expect(early.status).toBe(503);
  expect(early.headers.get("retry-after")).toBe("2");
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(503);
});

test("each platform has its own path, also beside one that has all the rest", async () => {
  const server = await serve();
  server.ready([platform("pages", "/"), platform("events", "/slack/events")]);
  const answer = async (path: string) => (await fetch(`${server.url}${path}`)).text();
  expect(await answer("/slack/events")).toBe("events /slack/events");
  expect(await answer("/slack/eventsx")).toBe("pages /slack/eventsx");
  expect(await answer("/")).toBe("pages /");
  expect(await answer("/readyz")).toBe("ok");
});

test("as long as a platform is away it is not ready, says which one and why, and stays alive", async () => {
  const server = await serve();
  let why: string | undefined = "the gateway has not answered for 3 minutes";
  const away = { ...platform("discord", "/discord"), unready: () => why };
  server.ready([platform("pages", "/"), away]);
  const ready = await fetch(`${server.url}/readyz`);
  expect(ready.status).toBe(503);
  expect(ready.headers.get("content-type")).toContain("text/plain");
  expect(await ready.text()).toBe("discord: the gateway has not answered for 3 minutes");
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  why = undefined;
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
});
