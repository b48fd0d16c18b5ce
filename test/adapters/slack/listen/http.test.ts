import { createHmac } from "node:crypto";
import { gzipSync } from "node:zlib";
import { createAdaptorServer } from "@hono/node-server";
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import type { Verdict } from "../../../../adapters/slack/listen/acknowledge.ts";
import type { Body } from "../../../../adapters/slack/listen/body.ts";
import { createHttpReceiver, type HttpReceiver } from "../../../../adapters/slack/listen/http.ts";

const signingSecret = "a signing secret";
const now = 1_800_000_000_000;
const json = "application/json";
const form = "application/x-www-form-urlencoded";

interface Setup {
  readonly http: HttpReceiver;
  readonly taken: Body[];
  verdict: Verdict;
}

async function setUp(): Promise<Setup> {
  const taken: Body[] = [];
  const setup: Setup = {
    taken,
    verdict: { kind: "taken" },
    http: createHttpReceiver({
      signingSecret,
      now: () => now,
      handle: async (body) => {
        taken.push(body);
        return setup.verdict;
      },
    }),
  };
  await setup.http.start();
  return setup;
}

interface Sent {
  readonly type?: string | undefined;
  readonly headers?: Record<string, string>;
  readonly method?: string;
  readonly path?: string;
  readonly key?: string;
}

function signedHeaders(body: Uint8Array | string, key = signingSecret): Record<string, string> {
  const timestamp = String(now / 1000);
  const hmac = createHmac("sha256", key).update(`v0:${timestamp}:`).update(body);
  return {
    "x-slack-request-timestamp": timestamp,
    "x-slack-signature": `v0=${hmac.digest("hex")}`,
  };
}

function request(body: Uint8Array<ArrayBuffer> | string, sent: Sent = {}): Request {
  const { type = json, headers = {}, method = "POST", path = "/slack/events", key } = sent;
  const all = {
    ...signedHeaders(body, key),
    ...(type ? { "content-type": type } : {}),
    ...headers,
  };
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const content = method === "GET" || method === "HEAD" ? {} : { body: bytes };
  return new Request(`http://localhost${path}`, { method, headers: all, ...content });
}

async function status(setup: Setup, body: Uint8Array<ArrayBuffer> | string, sent?: Sent) {
  return (await setup.http.fetch(request(body, sent))).status;
}

test("W1 whatever is wrong with a signature, the answer is the same and nothing is taken", async () => {
  const setup = await setUp();
  const wrong: Sent[] = [
    { headers: { "x-slack-signature": "" } },
    { headers: { "x-slack-signature": `v0=${"0".repeat(64)}` } },
    { headers: { "x-slack-signature": "v1=abc" } },
    { headers: { "x-slack-request-timestamp": "" } },
    { headers: { "x-slack-request-timestamp": String(now / 1000 - 301) } },
    { headers: { "x-slack-request-timestamp": String(now / 1000 + 86_400) } },
    { headers: { "x-slack-request-timestamp": `${now / 1000}junk` } },
    { headers: { "x-slack-request-timestamp": `${now / 1000}, ${now / 1000}` } },
    { key: "another secret" },
  ];
  const answers = await Promise.all(
    wrong.map(async (sent) => {
      const response = await setup.http.fetch(request("{}", sent));
      return `${response.status} ${await response.text()}`;
    }),
  );
  expect(new Set(answers)).toEqual(new Set(["401 not signed by Slack"]));
  const bare = new Request("http://localhost/slack/events", { method: "POST", body: "{}" });
  expect((await setup.http.fetch(bare)).status).toBe(401);
  expect(setup.taken).toEqual([]);
});

test("W3 the same signed bytes again inside the window are let through: the inbox knows them", async () => {
  const setup = await setUp();
  expect(await status(setup, '{"event_id":"E1"}')).toBe(200);
  expect(await status(setup, '{"event_id":"E1"}')).toBe(200);
  expect(setup.taken).toEqual([{ event_id: "E1" }, { event_id: "E1" }]);
});

test("W3 a captured command, played again, is not shown the answer", async () => {
  const setup = await setUp();
  setup.verdict = { kind: "taken", payload: { text: "NPS 42" } };
  const play = async (body: string) => {
    const response = await setup.http.fetch(request(body, { type: form }));
    return [response.status, await response.text()];
  };
  expect(await play("command=%2Fnps&trigger_id=1")).toEqual([200, '{"text":"NPS 42"}']);
  expect(await play("command=%2Fnps&trigger_id=1")).toEqual([200, ""]);
  expect(await play("command=%2Fnps&trigger_id=2")).toEqual([200, '{"text":"NPS 42"}']);
  // What was not answered is answered when it comes again.
  setup.verdict = { kind: "again" };
  expect(await play("command=%2Fnps&trigger_id=3")).toEqual([503, ""]);
  setup.verdict = { kind: "taken", payload: { text: "NPS 42" } };
  expect(await play("command=%2Fnps&trigger_id=3")).toEqual([200, '{"text":"NPS 42"}']);
});

const payload = new URLSearchParams({ payload: '{"type":"block_actions"}' }).toString();
test.each([
  [json, "{}", 200],
  ["application/json; charset=utf-8", "{}", 200],
  ["application/json;charset=UTF-8", "{}", 200],
  ['APPLICATION/JSON; charset="utf-8"', "{}", 200],
  [form, payload, 200],
  [`${form}; charset=utf-8`, payload, 200],
  [`${form}; charset=iso-8859-1`, payload, 415],
  ["application/json, text/plain", "{}", 415],
  ["application/jsonp", "{}", 415],
  ["text/plain", "{}", 415],
  ["multipart/form-data; boundary=x", "{}", 415],
  ["", "{}", 415],
])("W6 content type %j: %j gives %d", async (type, body, expected) => {
  const setup = await setUp();
  expect(await status(setup, body, { headers: { "content-type": type }, type: "" })).toBe(expected);
});

test("W6 a command is a flat form, an interaction a form with one field", async () => {
  const setup = await setUp();
  await status(setup, "command=%2Fnps&text=week+%26+%E4%B8%83", { type: form });
  await status(setup, payload, { type: form });
  expect(setup.taken).toEqual([{ command: "/nps", text: "week & 七" }, { type: "block_actions" }]);
});

test.each([
  ["malformed UTF-8", Uint8Array.of(0x22, 0xff, 0x22), json],
  ["half a surrogate", Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22), json],
  ["malformed JSON", "{", json],
  ["nothing", "", json],
  ["JSON that is no object", "[1]", json],
  ["a number", "1e400", json],
  ["null", "null", json],
  ["malformed JSON in a form", "payload=%7B", form],
  ["malformed UTF-8 in a form", Uint8Array.of(0xff), form],
])("W7 %s is refused with 400", async (_what, body, type) => {
  const setup = await setUp();
  expect(await status(setup, body, { type })).toBe(400);
  expect(setup.taken).toEqual([]);
});

test("W7 deep nesting, duplicate keys, __proto__ and large numbers are only data", async () => {
  const setup = await setUp();
  const deep = `{"a":${"[".repeat(10_000)}${"]".repeat(10_000)}}`;
  expect(await status(setup, deep)).toBe(200);
  expect(await status(setup, '{"a":1,"a":2,"__proto__":{"polluted":1},"n":9007199254740993}')).toBe(
    200,
  );
  expect(await status(setup, "a=1&a=2&__proto__=x", { type: form })).toBe(200);
  expect(setup.taken).toHaveLength(3);
  expect(setup.taken[1]?.a).toBe(2);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test("W7 signed junk of any kind is answered, never thrown", async () => {
  const setup = await setUp();
  const types = fc.constantFrom(json, form, `${form}; charset=utf-8`);
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        fc.json().map((t) => new TextEncoder().encode(t)),
      ),
      types,
      async (body, type) => {
        expect([200, 400]).toContain(await status(setup, Uint8Array.from(body), { type }));
      },
    ),
    { numRuns: 300 },
  );
});

/** A body that counts how much of it was asked for. */
function endless() {
  const counted = { bytes: 0, cancelled: false };
  const chunk = new Uint8Array(64 * 1024);
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      counted.bytes += chunk.byteLength;
      controller.enqueue(chunk);
    },
    cancel() {
      counted.cancelled = true;
    },
  });
  return { counted, body };
}

function streamed(body: ReadableStream<Uint8Array>, headers: Record<string, string> = {}): Request {
  return new Request("http://localhost/slack/events", {
    method: "POST",
    headers: { ...signedHeaders(""), "content-type": json, ...headers },
    body,
    duplex: "half",
  });
}

test("W5 a body that is declared too large is refused unread", async () => {
  const { http } = await setUp();
  const { body, counted } = endless();
  const response = await http.fetch(streamed(body, { "content-length": String(300e6) }));
  expect(response.status).toBe(413);
  expect(counted.bytes).toBeLessThan(1e6);
});

test("W5 an endless body is refused after four megabytes", async () => {
  const { http } = await setUp();
  const { body, counted } = endless();
  expect((await http.fetch(streamed(body))).status).toBe(413);
  expect(counted.cancelled).toBe(true);
  expect(counted.bytes).toBeLessThan(5e6);
});

test("W5 an unsigned body is not read at all", async () => {
  const { http } = await setUp();
  const { body, counted } = endless();
  const response = await http.fetch(streamed(body, { "x-slack-signature": "none" }));
  expect(response.status).toBe(401);
  expect(counted.bytes).toBeLessThan(1e6);
});

test("W5 compressed bodies are refused, also bombs", async () => {
  const setup = await setUp();
  const bomb = new Uint8Array(gzipSync(Buffer.alloc(10_000_000)));
  for (const coding of ["gzip", "br", "deflate", "identity, gzip"]) {
    expect(await status(setup, bomb, { headers: { "content-encoding": coding } })).toBe(415);
  }
  expect(await status(setup, "{}", { headers: { "content-encoding": "identity" } })).toBe(200);
});

test("a body that breaks off is refused", async () => {
  const { http } = await setUp();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.error(new Error("the line broke")),
  });
  expect((await http.fetch(streamed(body))).status).toBe(400);
});

test.each([
  ["GET", "/slack/events", 405],
  ["PUT", "/slack/events", 405],
  ["POST", "/slack/events/x", 404],
  ["POST", "/slack", 404],
])("%s %s gives %d", async (method, path, expected) => {
  const setup = await setUp();
  expect(await status(setup, "{}", { method, path })).toBe(expected);
  expect(setup.taken).toEqual([]);
});

test("the challenge of a new address and the check of the certificate are answered when signed", async () => {
  const { http, taken } = await setUp();
  const challenge = '{"type":"url_verification","challenge":"3eZb"}';
  expect(await (await http.fetch(request(challenge))).json()).toEqual({ challenge: "3eZb" });
  expect((await http.fetch(request(challenge, { key: "wrong" }))).status).toBe(401);
  expect((await http.fetch(request('{"type":"url_verification"}'))).status).toBe(400);
  expect((await http.fetch(request("ssl_check=1", { type: form }))).status).toBe(200);
  expect((await http.fetch(request("ssl_check=1", { type: form, key: "wrong" }))).status).toBe(401);
  expect(taken).toEqual([]);
});

test("F13 what was not taken is answered 503 with a time to come back", async () => {
  const setup = await setUp();
  setup.verdict = { kind: "again" };
  const response = await setup.http.fetch(request("{}"));
  expect(response.status).toBe(503);
  expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
});

test("an acknowledgement is empty or the payload as JSON", async () => {
  const setup = await setUp();
  expect(await (await setup.http.fetch(request("{}"))).text()).toBe("");
  setup.verdict = { kind: "taken", payload: { text: "one moment" } };
  expect(await (await setup.http.fetch(request("{}"))).json()).toEqual({ text: "one moment" });
});

test("before the start and after the stop Slack is sent away to come back", async () => {
  const setup = await setUp();
  await setup.http.stop();
  expect(await status(setup, "{}")).toBe(503);
  expect(setup.taken).toEqual([]);
});

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

test("W5 over a real port: a chunked body of 300 MB is refused and memory stays", async () => {
  const { http } = await setUp();
  const server = createAdaptorServer({ fetch: (each: Request) => http.fetch(each) });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(async () => {
    if ("closeAllConnections" in server) server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const before = process.memoryUsage().rss;
  let left = 300e6 / 65_536;
  const chunk = new Uint8Array(65_536);
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      left -= 1;
      if (left > 0) controller.enqueue(chunk);
      else controller.close();
    },
  });
  const sent = fetch(`http://127.0.0.1:${port}/slack/events`, {
    method: "POST",
    headers: { ...signedHeaders(""), "content-type": json },
    body,
    duplex: "half",
  });
  // The server may answer 413, or close the line while the client is still sending.
  const outcome = await sent.then(
    (response) => response.status,
    () => 413,
  );
  expect(outcome).toBe(413);
  expect(left).toBeGreaterThan(0);
  expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
});
