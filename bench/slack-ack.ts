/**
 * How soon Slack hears that we have something: `node bench/slack-ack.ts`. Our way in, with the real
 * inbox on an embedded database, beside a bare Bolt app that acknowledges and does nothing, in the
 * same run over the same lines. Sender, app and database share this process and its processor (the
 * database has a thread of its own), so the ratio says more than the milliseconds. Then: events a
 * second, also while a transaction holds the database; what is not acknowledged is sent again.
 */
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createAdaptorServer } from "@hono/node-server";
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from "@slack/bolt";
import { createChannels } from "../adapters/slack/directory/channels.ts";
import { createDirectory } from "../adapters/slack/directory.ts";
import { createListener } from "../adapters/slack/listen.ts";
import { createCloseEmoji } from "../adapters/slack/receive/close-emoji.ts";
import { createReceive } from "../adapters/slack/receive.ts";
import type { SlackOptions } from "../adapters/slack/workspace.ts";
import { openWorkspaces } from "../adapters/slack/workspaces.ts";
import { systemClock } from "../src/clock.ts";
import { createInbox } from "../src/inbox.ts";
import { isTextKey, languageFor, textsFor } from "../src/locales/index.ts";
import { createLog } from "../src/log.ts";
import { createLedger } from "../src/people/ledger.ts";
import { standardSchedules } from "../src/scheduling/definition/standard-schedules.ts";
import { createJobs } from "../src/scheduling/jobs/jobs.ts";
import { ensureConnection } from "../src/store/connections.ts";
import { openDatabase } from "../src/store/database.ts";
import { migrateToLatest } from "../src/store/migrate.ts";
import { ensureSchedules } from "../src/store/schedules.ts";
import { ensureSurveys } from "../src/store/surveys.ts";
import { inTransaction } from "../src/store/transaction.ts";
import { ensureWorkspace } from "../src/store/workspaces.ts";
import { standardSurveys } from "../src/surveys/standard.ts";
import { createTokens } from "../src/surveys/tokens.ts";
import type { Outgoing, Transport } from "../test/support/slack/deliveries.ts";
import { createHttpTransport } from "../test/support/slack/http-delivery.ts";
import { createIds } from "../test/support/slack/ids.ts";
import { startSlack } from "../test/support/slack/index.ts";
import { createSockets } from "../test/support/slack/socket.ts";
import { createTimeline } from "../test/support/slack/time.ts";

const WARM_UP = 50;
const ONE_BY_ONE = 400;
const AT_ONCE = 32;
const TOGETHER = 1000;
const STALL_MS = 5000;
const NEVER = new AbortController().signal;

const slack = await startSlack({ limits: "off" });
const acme = slack.workspace("Acme");
const help = acme.channel("help");
const dana = acme.person("Dana");
const robin = acme.person("Robin", { admin: true });
const { signingSecret } = slack;
const log = createLog("silent");
const ends: (() => Promise<unknown>)[] = [() => slack.stop()];

function listen(server: Server): Promise<string> {
  ends.push(
    async () => server.closeAllConnections(),
    async () => server.close(),
  );
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`);
    });
  });
}

/** A Socket Mode of its own for each app: Slack would share the events out between them. */
async function socketServer() {
  const sockets = createSockets(createIds(), "A0BENCH");
  let origin = "";
  const server = createServer((_request, response) => {
    const url = `${origin.replace("http", "ws")}${sockets.ticket()}`;
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ ok: true, url }));
  });
  server.on("upgrade", (request, socket, head) => sockets.upgrade(request, socket, head));
  origin = await listen(server);
  return { sockets, apiUrl: `${origin}/api/` };
}

async function bareApps() {
  const authorize = async () => ({ botId: acme.botId, botUserId: acme.botUserId });
  const { sockets, apiUrl } = await socketServer();
  const http = new HTTPReceiver({ signingSecret, logLevel: LogLevel.ERROR, port: 0 });
  const socket = new SocketModeReceiver({
    appToken: slack.appToken,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions: { slackApiUrl: apiUrl } },
  });
  for (const receiver of [http, socket]) {
    const app = new App({ receiver, authorize, logLevel: LogLevel.ERROR });
    app.event(/.*/, async () => {});
    app.command(/.*/, async ({ ack }) => ack("NPS +12"));
    await app.start();
    ends.push(() => app.stop());
  }
  const server = createServer((request, response) => http.requestListener(request, response));
  const url = `${await listen(server)}/slack/events`;
  return { http: createHttpTransport({ url }, signingSecret, createTimeline()), socket: sockets };
}

async function openInbox() {
  const dataFolder = mkdtempSync(join(tmpdir(), "aftertalk-bench-"));
  const database = await openDatabase({ databaseUrl: undefined, dataFolder, log });
  ends.push(
    async () => rmSync(dataFolder, { recursive: true }),
    () => database.close(),
  );
  await migrateToLatest(database);
  const { db } = database;
  const workspace = await ensureWorkspace(db, { name: "Acme", timeZone: "UTC", locale: "en" });
  await inTransaction(db, async (transaction) => {
    await ensureSurveys(transaction, workspace.id, standardSurveys("Acme"));
    await ensureSchedules(transaction, workspace.id, standardSchedules, new Date());
  });
  await ensureConnection(db, workspace.id, { platform: "slack", externalId: acme.id }, "Acme");
  const jobs = createJobs({ database: database.jobsDatabase, kind: database.kind, log });
  await jobs.start();
  ends.push(() => jobs.stop());
  const tokens = createTokens("a secret of at least thirty-two characters");
  const { patiently } = database;
  const ledger = createLedger(Buffer.alloc(32, "ledger"));
  const engine = { db, patiently, clock: systemClock, jobs, tokens, ledger, log, reach: () => {} };
  return { inbox: createInbox(engine), db };
}

async function ourApp() {
  const options: SlackOptions = {
    ...{ botTokens: [acme.botToken], supportChannels: [help.id], team: [], leads: [], admins: [] },
    ...{ leadsChannels: [], closeEmoji: ["white_check_mark"], apiUrl: slack.apiUrl, log },
    say: (locale, key) => (isTextKey(key) ? textsFor(languageFor(locale)).text(key) : key),
  };
  const workspaces = await openWorkspaces(options);
  const channels = createChannels(options, workspaces);
  await channels.resolve();
  const rules = { channels, emoji: createCloseEmoji(options) };
  const directory = createDirectory(options);
  const receive = createReceive({ workspaces, directory, rules, log });
  const { inbox, db } = await openInbox();
  const { sockets, apiUrl } = await socketServer();
  const ways = { ...options, apiUrl, appToken: slack.appToken, signingSecret };
  const listener = createListener({ options: ways, workspaces, receive, inbox, log });
  await listener.start();
  ends.push(() => listener.stop());
  const server = createAdaptorServer({
    fetch: async (request: Request) =>
      (await listener.fetch?.(request)) ?? new Response(null, { status: 404 }),
  });
  if (!("closeAllConnections" in server)) throw new Error("not an HTTP/1 server");
  const url = `${await listen(server)}/slack/events`;
  const http = createHttpTransport({ url }, signingSecret, createTimeline());
  return { http, socket: sockets, db };
}

let count = 0;
/** A customer's message that opens a chat: one row of a chat, one of a person, one of the inbox. */
function message(): Outgoing {
  count += 1;
  const seconds = Math.floor(Date.now() / 1000);
  const ts = `${seconds}.${String(count).padStart(6, "0")}`;
  const event = {
    ...{ type: "message", channel: help.id, channel_type: "channel", user: dana.id },
    ...{ text: "My invoice is wrong", ts, event_ts: ts, team: acme.id },
  };
  const authorization = { team_id: acme.id, enterprise_id: null, is_enterprise_install: false };
  const payload = {
    ...{ type: "event_callback", team_id: acme.id, event_id: `Ev${randomUUID()}`, event },
    ...{ event_time: seconds, authorizations: [authorization] },
  };
  return { kind: "events_api", payload, retry: undefined, acceptsResponse: false };
}

function command(): Outgoing {
  const payload = {
    ...{ command: "/nps", text: "week", team_id: acme.id, channel_id: help.id, user_id: robin.id },
    ...{ trigger_id: randomUUID(), response_url: `${slack.apiUrl}nowhere` },
  };
  return { kind: "slash_commands", payload, retry: undefined, acceptsResponse: true };
}

async function timed(transport: Transport, outgoing: Outgoing) {
  const start = performance.now();
  const { acknowledged } = await transport.send(outgoing, NEVER);
  return { ms: performance.now() - start, acknowledged };
}

/** Milliseconds of each acknowledgement, one after another. */
async function oneByOne(transport: Transport, make: () => Outgoing): Promise<number[]> {
  const times: number[] = [];
  for (let index = -WARM_UP; index < ONE_BY_ONE; index += 1) {
    const { ms, acknowledged } = await timed(transport, make());
    if (!acknowledged) throw new Error("something was not acknowledged");
    if (index >= 0) times.push(ms);
  }
  return times;
}

/** Many at once, each sent again until it is acknowledged. Seconds for all, and how often again. */
async function together(transport: Transport, total: number) {
  let left = total;
  let again = 0;
  const start = performance.now();
  const sender = async () => {
    while (left > 0) {
      left -= 1;
      const outgoing = message();
      while (!(await timed(transport, outgoing)).acknowledged) {
        again += 1;
        await pause(100);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
  return { perSecond: total / ((performance.now() - start) / 1000), again };
}

function at(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.ceil(times.length * share) - 1] ?? 0;
}

function row(...cells: readonly (string | number)[]): void {
  const shown = cells.map((cell) => (typeof cell === "number" ? cell.toFixed(2) : cell));
  console.log(shown.map((cell, index) => cell.padEnd(index === 0 ? 24 : 12)).join(""));
}

const [bare, ours] = [await bareApps(), await ourApp()];
row("acknowledged after ms", "bare p50", "bare p99", "ours p50", "ours p99", "ratio p50", "p99");
for (const [what, make] of [["event", message] as const, ["command", command] as const]) {
  for (const way of ["http", "socket"] as const) {
    const them = await oneByOne(bare[way], make);
    const us = await oneByOne(ours[way], make);
    const [a, b, c, d] = [at(them, 0.5), at(them, 0.99), at(us, 0.5), at(us, 0.99)];
    row(`${what}, ${way}`, a, b, c, d, c / a, d / b);
  }
}

console.log("");
row(`events a second, ${AT_ONCE} at once`, "bare", "ours");
for (const way of ["http", "socket"] as const) {
  const them = await together(bare[way], TOGETHER);
  row(way, them.perSecond, (await together(ours[way], TOGETHER)).perSecond);
}

console.log(`\nwhile a transaction holds the database for ${STALL_MS / 1000} s`);
for (const way of ["http", "socket"] as const) {
  const before = await inboxRows();
  const stall = inTransaction(ours.db, () => pause(STALL_MS));
  const commands = Array.from({ length: 20 }, async () => (await timed(ours[way], command())).ms);
  // Over a socket nobody says no: a real Slack sends again after its three seconds.
  const patience: Transport = {
    send: (outgoing) => {
      const late = pause(3000, { acknowledged: false, reason: "timeout" } as const);
      return Promise.race([ours[way].send(outgoing, NEVER), late]);
    },
  };
  const { perSecond, again } = await together(patience, TOGETHER);
  await stall;
  const heard = at(await Promise.all(commands), 1);
  const { rows, duplicates } = await inboxRows();
  const lost = TOGETHER - (rows - before.rows);
  console.log(
    `${way}: ${perSecond.toFixed(0)} events a second in all, ${again} sent again, ${duplicates - before.duplicates} of them known, ${lost} lost; twenty commands heard something after ${heard.toFixed(0)} ms at the latest`,
  );
}

async function inboxRows(): Promise<{ rows: number; duplicates: number }> {
  const { rows, duplicates } = await ours.db
    .selectFrom("inbox")
    .select(({ fn }) => [fn.countAll().as("rows"), fn.sum("duplicates").as("duplicates")])
    .executeTakeFirstOrThrow();
  return { rows: Number(rows), duplicates: Number(duplicates) };
}

for (const end of ends.reverse()) await end();
