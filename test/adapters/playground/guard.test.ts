import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createPlayground } from "../../../adapters/playground/index.ts";
import type { ChatPlatform, PlatformEvent } from "../../../src/platform.ts";
import { fakeCoreServices } from "../../support/core-services.ts";
import { readSnapshot, request } from "./requests.ts";
import { playgroundOptions, temporaryFolder } from "./stage.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let platform: ChatPlatform;
const events: PlatformEvent[] = [];
const start = async (password?: string) => {
  const options = playgroundOptions(folder.path);
  platform = createPlayground(password === undefined ? options : { ...options, password });
  await platform.start(
    {
      async receive(event) {
        events.push(event);
        return { kind: "nothing" };
      },
    },
    fakeCoreServices(),
  );
};
const common = { id: "event-0001", as: "dana", language: "en", timeZone: "UTC" };
const body = JSON.stringify({ ...common, kind: "direct-message", text: "nine" });
const send = (headers: Record<string, string | undefined>, given = body) =>
  request(platform, "/playground/events", { method: "POST", body: given }, headers);

beforeEach(async () => {
  events.length = 0;
  folder = await temporaryFolder();
});
afterEach(async () => {
  await platform.stop();
  await folder.remove();
});

describe("only the playground's own page is served", () => {
  beforeEach(() => start());

  test.each(["localhost:3000", "LOCALHOST", "127.0.0.1:8080"])(
    "under the name %s",
    async (host) => {
      expect((await request(platform, "/", {}, { host })).status).toBe(200);
    },
  );

  test.each([
    "evil.example",
    "localhost.evil.example",
    "evil.example:3000",
    "localhost@evil.example",
    "",
    undefined,
  ])("and not under the name %s (DNS rebinding)", async (host) => {
    for (const path of ["/", "/playground/stream", "/playground/config.json", "/nothing"]) {
      expect((await request(platform, path, {}, { host })).status).toBe(403);
    }
  });

  test.each([
    ["another site", "https://evil.example"],
    ["another port", "http://localhost:4000"],
    ["no page at all", undefined],
    ["a sandboxed page", "null"],
  ])("%s cannot send anything", async (_who, origin) => {
    expect((await send({ origin })).status).toBe(403);
    expect(events).toEqual([]);
  });

  test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", undefined])(
    "W6 a body of type %s is refused",
    async (type) => {
      expect((await send({ "content-type": type })).status).toBe(415);
      expect(events).toEqual([]);
    },
  );

  test("W6 a charset behind the type is fine", async () => {
    expect((await send({ "content-type": "application/json; charset=utf-8" })).status).toBe(200);
  });

  test("every answer carries the headers that keep scripts and frames out", async () => {
    for (const path of ["/", "/playground/main.js", "/playground/config.json", "/nothing"]) {
      const { headers } = await request(platform, path);
      const policy = headers.get("content-security-policy") ?? "";
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).not.toContain("unsafe");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
    }
  });

  test("the page itself holds no script and no style of its own", async () => {
    const page = await (await request(platform, "/")).text();
    expect(page).not.toMatch(/<style|style=|\son\w+=|<script(?![^>]*\bsrc=)/);
  });

  test.each([
    "/playground/../index.ts",
    "/playground/%2e%2e/index.ts",
    "/playground/..%2findex.ts",
    "/playground/tsconfig.json",
    "/playground/pictures/..%2ftranscript.jsonl",
    "/playground/pictures/transcript.jsonl",
    "/playground/lib/../package.json",
    "/playground/lib/directives/..%2f..%2fpackage.json",
    "/playground/texts/..%2fen",
    "/playground/texts/constructor",
  ])("%s leads out of nowhere", async (path) => {
    expect((await request(platform, path)).status).toBe(404);
  });
});

describe("bodies", () => {
  beforeEach(() => start());

  test.each([
    ["", 400],
    ["{", 400],
    ["[1,2]", 400],
    ["null", 400],
    [`{"a":`.repeat(5_000), 400],
    [JSON.stringify("x".repeat(64 * 1024)), 413],
  ])("W7 a body that begins %.12j gets a clear answer", async (given, status) => {
    const response = await send({}, given);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code: "bad-input" } });
    expect(events).toEqual([]);
  });

  test("W5 a body without end is cut off at the limit", async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 16 * 1024;
        controller.enqueue(new Uint8Array(16 * 1024).fill(32));
      },
    });
    const init = { method: "POST", body: endless, duplex: "half" } as const;
    const response = await request(platform, "/playground/events", init);
    expect(response.status).toBe(413);
    expect(sent).toBeLessThan(1024 * 1024);
  });

  test("an unknown path and a wrong method are told apart from success", async () => {
    expect((await request(platform, "/playground/none")).status).toBe(404);
    expect((await request(platform, "/", { method: "POST", body: "{}" })).status).toBe(404);
    expect((await request(platform, "/playground/events", { method: "DELETE" })).status).toBe(404);
  });
});

describe("with a password", () => {
  const basic = (given: string) => ({
    authorization: `Basic ${Buffer.from(`anybody:${given}`).toString("base64")}`,
  });
  const password = "пароль 口令 with spaces: and colons";
  const paths = [
    "/",
    "/playground/main.js",
    "/playground/config.json",
    "/playground/texts/en",
    "/playground/stream",
    "/playground/font.ttf",
    "/nothing",
  ];
  beforeEach(() => start(password));

  test.each(["", "wrong", `${password} `, password.slice(0, -1)])(
    "nothing is served to who says %j",
    async (given) => {
      for (const path of paths) {
        const response = await request(platform, path, {}, basic(given));
        expect(response.status).toBe(401);
        expect(response.headers.get("www-authenticate")).toContain("Basic");
      }
      expect((await send(basic(given))).status).toBe(401);
      expect(events).toEqual([]);
    },
  );

  test("nothing is served without one", async () => {
    for (const path of paths) expect((await request(platform, path)).status).toBe(401);
  });

  test("all is served with it", async () => {
    for (const path of paths.slice(0, 4)) {
      expect((await request(platform, path, {}, basic(password))).status).toBe(200);
    }
    expect((await send(basic(password))).status).toBe(200);
    expect(events).toHaveLength(1);
  });

  test("the host name is still checked", async () => {
    const response = await request(platform, "/", {}, { ...basic(password), host: "evil.example" });
    expect(response.status).toBe(403);
  });
});

test("a new page is told everything by one event", async () => {
  await start();
  const snapshot = await readSnapshot(platform);
  expect(snapshot.chats).toHaveLength(1);
  expect(snapshot.messages).toEqual([]);
});
