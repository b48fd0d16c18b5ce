/** The real clients, pointed at the emulator, with everything that repeats itself switched off. */
import { createServer, type IncomingHttpHeaders } from "node:http";
import { LogLevel, WebClient } from "@slack/web-api";
import { onTestFinished } from "vitest";
import { createTestClock, type TestClock } from "../support/clock.ts";
import {
  type Slack,
  type SlackOptions,
  startSlack,
  type Workspace,
} from "../support/slack/index.ts";

export interface Stage {
  readonly slack: Slack;
  readonly acme: Workspace;
  readonly clock: TestClock;
  readonly client: WebClient;
}

/** A Slack with one workspace, on a clock that the test moves; ends with the test. */
export async function stage(
  options: SlackOptions & { scopes?: readonly string[]; start?: string } = {},
): Promise<Stage> {
  const { scopes, start, ...rest } = options;
  const clock = createTestClock(start);
  const slack = await startSlack({ clock, ...rest });
  onTestFinished(() => slack.stop());
  const acme = slack.workspace("Acme", scopes === undefined ? {} : { scopes });
  return { slack, acme, clock, client: clientFor(slack, acme.botToken) };
}

export function clientFor(slack: Slack, token: string, timeout = 2000): WebClient {
  return new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout,
    logLevel: LogLevel.ERROR,
    logger: silent,
  });
}

const nothing = () => {};
export const silent = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  setName: nothing,
  getLevel: () => LogLevel.ERROR,
};

/** The error that Slack answered with, or "ok". */
export async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "ok";
  } catch (error) {
    if (typeof error !== "object" || error === null) throw error;
    if ("data" in error && typeof error.data === "object" && error.data !== null) {
      return "error" in error.data ? String(error.data.error) : "?";
    }
    if ("retryAfter" in error) return `wait ${String(error.retryAfter)} s`;
    throw error;
  }
}

export { until } from "../support/until.ts";

export const buttonBlocks = (...labels: string[]) => [
  { type: "section", text: { type: "plain_text", text: "How was it?" } },
  {
    type: "actions",
    elements: labels.map((label) => ({
      type: "button",
      action_id: `score-${label}`,
      value: `token-${label}`,
      text: { type: "plain_text", text: label },
    })),
  },
];

export const modal = (title = "Tell us more") => ({
  type: "modal" as const,
  callback_id: "comment",
  title: { type: "plain_text" as const, text: title },
  submit: { type: "plain_text" as const, text: "Send" },
  blocks: [
    {
      type: "input" as const,
      block_id: "comment",
      label: { type: "plain_text" as const, text: "What went wrong?" },
      element: { type: "plain_text_input" as const, action_id: "text", max_length: 10 },
    },
  ],
});

export interface Listener {
  readonly url: string;
  /** What came: interactions and events parsed, commands as flat records. */
  readonly payloads: Record<string, unknown>[];
  readonly headers: IncomingHttpHeaders[];
  readonly bodies: string[];
  /** Answers the next requests with this status; null: with nothing at all. */
  status: number | null;
  answer: string;
  reply: Record<string, string>;
}

/** An address that takes everything: what the app side of HTTP is at its barest. */
export async function listener(slack: Slack, formType?: string): Promise<Listener> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const body = Buffer.concat(chunks).toString();
    heard.bodies.push(body);
    heard.headers.push(request.headers);
    heard.payloads.push(parsed(request.headers["content-type"] ?? "", body));
    if (heard.status !== null) response.writeHead(heard.status, heard.reply).end(heard.answer);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${address.port}/slack/events`;
  const heard: Listener = {
    url,
    payloads: [],
    headers: [],
    bodies: [],
    status: 200,
    answer: "",
    reply: {},
  };
  slack.deliversTo({ url, ...(formType === undefined ? {} : { formType }) });
  return heard;
}

function parsed(type: string, body: string): Record<string, unknown> {
  if (type.startsWith("application/json")) return JSON.parse(body);
  const form = new URLSearchParams(body);
  const payload = form.get("payload");
  return payload === null ? Object.fromEntries(form) : JSON.parse(payload);
}
