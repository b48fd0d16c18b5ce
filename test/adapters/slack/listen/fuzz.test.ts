/** Payloads as Slack may change them one day: nothing crashes, and what follows still works. */
import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { formatOf, parseBody } from "../../../../adapters/slack/listen/body.ts";
import { createSocketReceiver } from "../../../../adapters/slack/listen/socket.ts";
import { createLog } from "../../../../src/log.ts";
import { changed, type Json, junk } from "../../../support/changed-json.ts";
import { acceptWebSocket, type Connection } from "../../../support/net/websocket.ts";
import {
  button,
  commentForm,
  message,
  nothingUnhandled,
  openStage,
  type Stage,
  said,
  soon,
} from "./setup.ts";

let stage: Stage;
// First, because what comes first is looked at last.
nothingUnhandled();
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.end());

interface Recorded {
  readonly payloads: readonly Json[];
  send(payload: Json): Promise<number>;
}

/** Real payloads of every kind, recorded on their way in. */
async function record(): Promise<Recorded> {
  const help = stage.acme.channel("help");
  const dana = stage.acme.person("Dana");
  const deadlines = { acknowledge: 30_000, moment: 30_000 };
  const { inbox, listener } = await stage.start("HTTP", { deadlines });
  const { fetch } = listener;
  if (fetch === undefined) throw new Error("there is no way in");
  const payloads: Json[] = [];
  listener.fetch = async (request) => {
    const bytes = new Uint8Array(await request.clone().arrayBuffer());
    const format = formatOf(request.headers.get("content-type")) ?? "json";
    payloads.push(parseBody(format, bytes) ?? {});
    return fetch(request);
  };
  inbox.reply = (event) =>
    event.kind === "action" ? { kind: "form", form: commentForm } : said("Hello");
  const shown = await stage.shows(help, message("How was it?", button("Tell us", "t", "form")));
  const ts = await dana.posts(help, "My invoice is wrong");
  await dana.reacts(help, ts, "white_check_mark");
  await dana.writes("7 – slow");
  await dana.opensHome();
  await dana.types(help, "/nps", "week");
  await dana.uses("show_scores", help, ts);
  await dana.presses(shown, "Tell us");
  await soon(() => dana.modal()?.title).toBe("Tell us more");
  await dana.submits({ "What happened?": "slow" });
  await stage.slack.settled();
  return { payloads, send: async (payload) => (await fetch(signed(payload))).status };
}

function signed(payload: Json): Request {
  const body = JSON.stringify(payload);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const hmac = createHmac("sha256", stage.slack.signingSecret);
  const headers = {
    "content-type": "application/json",
    "x-slack-request-timestamp": timestamp,
    "x-slack-signature": `v0=${hmac.update(`v0:${timestamp}:${body}`).digest("hex")}`,
  };
  return new Request("http://localhost/slack/events", { method: "POST", headers, body });
}

const odd = junk("U0", "C0", "message", "app_uninstalled", "message_changed", "view_closed");

test("F19 payloads with fields gone, changed or turned into something else crash nothing", async () => {
  const { payloads, send } = await record();
  expect(payloads.length).toBeGreaterThanOrEqual(8);
  const kinds = payloads.map(({ type, command }) => type ?? command);
  for (const kind of ["event_callback", "/nps", "block_actions", "view_submission"]) {
    expect(kinds).toContain(kind);
  }
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.array(fc.record({ place: fc.nat(), value: odd }), { minLength: 1, maxLength: 4 }),
      async (which, changes) => {
        const payload = payloads[which % payloads.length] ?? {};
        // Answered: taken or ignored (200), or, when Slack has to be asked about an odd id, later.
        expect([200, 503]).toContain(await send(changed(payload, changes)));
      },
    ),
    { numRuns: 400 },
  );
  const [first = {}] = payloads;
  expect(await send(first)).toBe(200);
});

test("F19 unknown kinds of payloads are acknowledged", async () => {
  const { send } = await record();
  const team = { team: { id: stage.acme.id }, team_id: stage.acme.id };
  const odd: Json[] = [
    { ...team },
    { ...team, type: "something_new" },
    { ...team, type: "event_callback", event_id: "E1", event: { type: "moon_risen" } },
    { ...team, type: "event_callback", event_id: "E2", event: null },
    { ...team, type: "event_callback", event: "message" },
    { ...team, type: "block_actions", actions: [] },
    { ...team, type: "block_actions", user: { id: "U1" }, actions: [{ type: "dial" }] },
    { ...team, type: "block_suggestion", user: { id: "U1" }, name: "x" },
    { ...team, type: "view_closed", user: { id: "U1" }, view: { id: "V1" } },
    { ...team, type: "shortcut", user: { id: "U1" }, callback_id: "new" },
    { ...team, type: "interactive_message", user: { id: "U1" }, callback_id: "old" },
    { ...team, type: "dialog_submission", user: { id: "U1" } },
    { ...team, type: "workflow_step_edit", user: { id: "U1" } },
    {},
  ];
  for (const payload of odd) expect([payload, await send(payload)]).toEqual([payload, 200]);
});

/** A Socket Mode of which every message is the test's own. */
async function startSocketServer(): Promise<{
  url: string;
  connected: Promise<Connection>;
  stop(): Promise<void>;
}> {
  const { promise, resolve } = Promise.withResolvers<Connection>();
  const server: Server = createServer((_request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ ok: true, url: `ws://127.0.0.1:${portOf(server)}/` }));
  });
  server.on("upgrade", (request, socket, head) => {
    const connection = acceptWebSocket(request, socket, head);
    connection.send('{"type":"hello"}');
    resolve(connection);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${portOf(server)}/api/`,
    connected: promise,
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

test("F19 odd messages on a socket end neither the process nor the connection", async () => {
  const server = await startSocketServer();
  const taken: Json[] = [];
  const receiver = createSocketReceiver({
    appToken: "xapp-1",
    apiUrl: server.url,
    log: createLog("silent"),
    pace: { sockets: 1 },
    handle: async (body) => {
      taken.push(body);
      return { kind: "taken" };
    },
  });
  await receiver.start();
  const connection = await server.connected;
  const answers: string[] = [];
  connection.onText((text) => answers.push(text));
  const envelope = (rest: Json) => JSON.stringify({ envelope_id: "odd", ...rest });
  const odd = [
    ...["", "null", "7", "[]", "{", '"hello"', "{}", '{"type":null}', '{"envelope_id":7}'],
    envelope({ type: "events_api" }),
    envelope({ type: "events_api", payload: null }),
    envelope({ type: "events_api", payload: {} }),
    // Names that the SDK's client would emit as its own.
    ...["error", "close", "connected", "disconnected", "ws_message"].flatMap((type) => [
      envelope({ type, payload: {} }),
      envelope({ type: "events_api", payload: { event: { type } } }),
    ]),
  ];
  for (const text of odd) connection.send(text);
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => connection.send(text)),
    { numRuns: 300 },
  );
  connection.send(
    JSON.stringify({ envelope_id: "good", type: "slash_commands", payload: { a: 1 } }),
  );
  await soon(() => answers.some((text) => text.includes('"good"'))).toBe(true);
  expect(taken).toContainEqual({ a: 1 });
  await receiver.stop();
  await server.stop();
});
