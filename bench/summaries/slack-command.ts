/**
 * `/nps week` from a signed request to the answer in its acknowledgement: through Bolt and our adapter,
 * beside a bare server that verifies the signature and runs the same query. Both answer on the same
 * kind of connection, kept open, and read through the same pool.
 */
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { Agent, createServer, request as httpRequest, type Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { createChannels } from "../../adapters/slack/directory/channels.ts";
import { createDirectory } from "../../adapters/slack/directory.ts";
import { createListener } from "../../adapters/slack/listen.ts";
import { createCloseEmoji } from "../../adapters/slack/receive/close-emoji.ts";
import { createReceive } from "../../adapters/slack/receive.ts";
import type { SlackOptions } from "../../adapters/slack/workspace.ts";
import { openWorkspaces } from "../../adapters/slack/workspaces.ts";
import { systemClock } from "../../src/clock.ts";
import { createInbox } from "../../src/inbox.ts";
import { isTextKey, languageFor, textsFor } from "../../src/locales/index.ts";
import { createLog } from "../../src/log.ts";
import { metrics } from "../../src/metrics/registry.ts";
import { createLedger } from "../../src/people/ledger.ts";
import type { Inbox } from "../../src/platform.ts";
import { createJobs } from "../../src/scheduling/jobs/jobs.ts";
import { ensureConnection } from "../../src/store/connections.ts";
import { readFacts } from "../../src/store/summaries.ts";
import { createTokens } from "../../src/surveys/tokens.ts";
import { requestFor, type SignedRequest } from "../../test/support/slack/http-delivery.ts";
import { startSlack } from "../../test/support/slack/index.ts";
import { LARGEST } from "./data.ts";
import { figuresOfFacts } from "./figures.ts";
import type { BenchOptions } from "./options.ts";
import { ms, type Section, times } from "./report.ts";
import type { Stage } from "./stage.ts";
import { quantile } from "./timing.ts";

const SECRET = "a secret of at least thirty-two characters";

type Slack = Awaited<ReturnType<typeof startSlack>>;
type Ends = (() => Promise<unknown>)[];

/** What both of them answer with. */
async function readWeek({ database, periods, now }: Stage): Promise<string> {
  const question = { workspaceId: LARGEST, metric: metrics.nps, periods: periods.week.both, now };
  return figuresOfFacts(metrics.nps, await readFacts(database.db, question));
}

function listen(server: Server, ends: Ends): Promise<string> {
  ends.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/slack/events`);
    });
  });
}

/** Nothing but the signature and the query. */
function bareServer(stage: Stage, secret: string): Server {
  return createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const at = request.headers["x-slack-request-timestamp"];
    const sent = Buffer.from(String(request.headers["x-slack-signature"]));
    const mac = createHmac("sha256", secret).update(`v0:${at}:${body}`).digest("hex");
    const own = Buffer.from(`v0=${mac}`);
    const known = sent.length === own.length && timingSafeEqual(sent, own);
    const text = known ? await readWeek(stage) : "";
    response.writeHead(known ? 200 : 401, { "content-type": "application/json" });
    response.end(JSON.stringify({ response_type: "ephemeral", text }));
  });
}

/** Our adapter in front of an inbox. */
async function adapterServer(
  options: SlackOptions & { readonly signingSecret: string },
  inbox: Inbox,
  ends: Ends,
): Promise<Server> {
  const { log } = options;
  const workspaces = await openWorkspaces(options);
  const channels = createChannels(options, workspaces);
  await channels.resolve();
  const rules = { channels, emoji: createCloseEmoji(options) };
  const receive = createReceive({ workspaces, directory: createDirectory(options), rules, log });
  const listener = createListener({ options, workspaces, receive, inbox, log });
  await listener.start();
  ends.push(() => listener.stop());
  const server = createAdaptorServer({
    fetch: async (request: Request) =>
      (await listener.fetch?.(request)) ?? new Response(null, { status: 404 }),
  });
  if (!("closeAllConnections" in server)) throw new Error("not an HTTP/1 server");
  return server;
}

/** The inbox of the service, for the largest workspace. */
async function wholeInbox({ database }: Stage, slack: string, ends: Ends): Promise<Inbox> {
  const { db, kind, patiently, jobsDatabase } = database;
  const log = createLog("silent");
  await ensureConnection(db, LARGEST, { platform: "slack", externalId: slack }, "Acme");
  const jobs = createJobs({ database: jobsDatabase, kind, log });
  await jobs.start();
  ends.push(() => jobs.stop());
  const [tokens, ledger] = [createTokens(SECRET), createLedger(Buffer.alloc(32, "ledger"))];
  const engine = { db, patiently, clock: systemClock, jobs, tokens, ledger, log, reach: () => {} };
  return createInbox(engine);
}

/** Posts it as it is; the text of the answer. */
function post(agent: Agent, { url, headers, body }: SignedRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method: "POST", headers, agent }, async (response) => {
      let text = "";
      for await (const chunk of response) text += chunk;
      if (response.statusCode === 200) resolve(text);
      else reject(new Error(`a command was answered with ${response.statusCode}`));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Where each way answers. */
async function openWays(stage: Stage, slack: Slack, ends: Ends) {
  const acme = slack.workspace("Acme");
  const robin = acme.person("Robin", { admin: true });
  const { signingSecret, apiUrl } = slack;
  const options = {
    ...{ botTokens: [acme.botToken], supportChannels: [acme.channel("help").id], team: [] },
    ...{ leads: [], admins: [robin.id], leadsChannels: [], closeEmoji: ["white_check_mark"] },
    ...{ apiUrl, signingSecret, log: createLog("silent") },
    say: (locale: string | undefined, key: string) =>
      isTextKey(key) ? textsFor(languageFor(locale)).text(key) : key,
  };
  const sameQuery: Inbox = {
    async receive() {
      const summary = await readWeek(stage);
      return {
        kind: "message",
        message: { summary, parts: [{ kind: "text", text: summary }], locale: "en" },
      };
    },
  };
  const whole = await wholeInbox(stage, acme.id, ends);
  const urls = new Map([
    [
      "bare server that verifies and runs the query",
      await listen(bareServer(stage, signingSecret), ends),
    ],
    [
      "Bolt and our adapter, the same query",
      await listen(await adapterServer(options, sameQuery, ends), ends),
    ],
    [
      "the whole command: who asks, figures, trend, comments, card",
      await listen(await adapterServer(options, whole, ends), ends),
    ],
  ]);
  const command = (url: string) => {
    const payload = {
      ...{ command: "/nps", text: "week", team_id: acme.id, channel_id: "D1", user_id: robin.id },
      ...{ trigger_id: randomUUID(), response_url: `${apiUrl}nowhere` },
    };
    const outgoing = { kind: "slash_commands", payload, retry: undefined } as const;
    return requestFor({ ...outgoing, acceptsResponse: true }, { url }, signingSecret, Date.now());
  };
  return { urls, command };
}

/** Each way once a round, one at a time. */
export async function measureCommand(stage: Stage, options: BenchOptions): Promise<Section> {
  options.progress("/nps week through Slack's door …");
  const ends: Ends = [];
  const agent = new Agent({ keepAlive: true });
  const taken = new Map<string, number[]>();
  try {
    const slack = await startSlack({ limits: "off" });
    ends.push(() => slack.stop());
    const { urls, command } = await openWays(stage, slack, ends);
    const warm = Math.min(10, options.rounds);
    // At least one round is measured, however long the first ones take.
    let until = Number.POSITIVE_INFINITY;
    for (let round = -warm; round < options.rounds && performance.now() < until; round += 1) {
      if (round === 0) until = performance.now() + 3000 * options.limitSeconds;
      for (const [name, url] of urls) {
        const signed = command(url);
        const began = performance.now();
        const text = await post(agent, signed);
        const took = performance.now() - began;
        if (!text.includes("text")) throw new Error("a command was not answered at once");
        if (round >= 0) taken.set(name, [...(taken.get(name) ?? []), took]);
      }
    }
  } finally {
    agent.destroy();
    for (const end of ends.reverse()) await end();
  }
  return commandSection(taken);
}

function commandSection(taken: ReadonlyMap<string, readonly number[]>): Section {
  const [bare = []] = taken.values();
  const rows = [...taken].map(([name, own]) => {
    const p50 = quantile(own, 0.5);
    return [name, ms(p50), ms(quantile(own, 0.99)), times(p50 / quantile(bare, 0.5))];
  });
  return {
    title: "/nps week of the largest workspace, from a signed request to the answer: milliseconds",
    header: ["", "p50", "p99", "of bare"],
    rows,
    notes: [
      "one at a time, in turns; NPS of this week and the last; sender and server share a process",
    ],
  };
}
