/**
 * The way in over HTTP: one address for everything that Slack sends. Bolt's own receiver answers
 * events before anything is written, refuses a charset on forms and believes any time in the future;
 * this one checks the raw bytes first and answers when the work says so.
 */
import type { Receiver } from "@slack/bolt";
import type { Verdict } from "./acknowledge.ts";
import { type Body, formatOf, parseBody, readBytes } from "./body.ts";
import { isSigned, isTimely, type Signed } from "./signature.ts";

/** Where Slack sends events, commands and interactivity. */
export const HTTP_PATH = "/slack/events";
/** Far above the largest payload that Slack sends. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;
/** Slack has its own pauses (at once, 1 min, 5 min); this is for whoever stands between. */
const RETRY_AFTER_SECONDS = 5;
/** Longer than a signature is good for, by either clock. */
const REPLAYABLE_MS = 10 * 60_000;

export interface HttpReceiver extends Receiver {
  fetch(request: Request): Promise<Response>;
}

export interface HttpOptions {
  readonly signingSecret: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly handle: (body: Body) => Promise<Verdict>;
}

/** Answers 503 until it is started and after it was stopped. */
export function createHttpReceiver(options: HttpOptions): HttpReceiver {
  let open = false;
  const isFirst = createShownOnce(options.now);
  return {
    init() {},
    async start() {
      open = true;
    },
    async stop() {
      open = false;
    },
    async fetch(request) {
      const checked = await check(request, options);
      if (checked instanceof Response) return checked;
      const challenge = challengeOf(checked);
      if (challenge !== undefined) return challenge;
      if (!open) return later();
      const verdict = await options.handle(checked);
      if (verdict.kind === "again") return later();
      const { payload } = verdict;
      const shown =
        payload !== undefined && isFirst(request.headers.get("x-slack-signature") ?? "");
      return shown ? Response.json(payload) : new Response(null, { status: 200 });
    },
  };
}

/** The payload of a request that Slack signed, or why there is none. */
async function check(request: Request, options: HttpOptions): Promise<Body | Response> {
  const { headers } = request;
  if (URL.parse(request.url)?.pathname !== HTTP_PATH) return new Response(null, { status: 404 });
  if (request.method !== "POST") {
    return new Response(null, { status: 405, headers: { allow: "POST" } });
  }
  const signed: Signed = {
    timestamp: headers.get("x-slack-request-timestamp"),
    signature: headers.get("x-slack-signature"),
  };
  const now = options.now();
  if (!isTimely(signed, now)) return unsigned();
  if ((headers.get("content-encoding") ?? "identity").toLowerCase() !== "identity") {
    return new Response("compressed bodies are not accepted", { status: 415 });
  }
  const bytes = await readBytes(request, MAX_BODY_BYTES).catch(() => "broken" as const);
  if (bytes === "broken") return malformed();
  if (bytes === undefined) return new Response("too large", { status: 413 });
  if (!isSigned(options.signingSecret, signed, bytes, now)) return unsigned();
  const format = formatOf(headers.get("content-type"));
  if (format === undefined) return new Response("unknown content type", { status: 415 });
  return parseBody(format, bytes) ?? malformed();
}

/** The same for every reason: a stranger learns nothing about which check failed. */
function unsigned(): Response {
  return new Response("not signed by Slack", { status: 401 });
}

/** What Slack asks once to see whether the address is ours; only ever answered when signed. */
function challengeOf({ type, challenge, ssl_check }: Body): Response | undefined {
  if (ssl_check === "1") return new Response(null, { status: 200 });
  if (type !== "url_verification") return undefined;
  return typeof challenge === "string" ? Response.json({ challenge }) : malformed();
}

function malformed(): Response {
  return new Response("malformed body", { status: 400 });
}

/**
 * What a command is answered with is shown once: whoever plays a captured request again is taken for
 * somebody who did not type it (W3). Slack signs each of its own tries anew.
 */
function createShownOnce(now: () => number): (signature: string) => boolean {
  const shown = new Map<string, number>();
  return (signature) => {
    const time = now();
    for (const [old, at] of shown) if (at + REPLAYABLE_MS < time) shown.delete(old);
    if (shown.has(signature)) return false;
    shown.set(signature, time);
    return true;
  };
}

function later(): Response {
  return new Response(null, {
    status: 503,
    headers: { "retry-after": String(RETRY_AFTER_SECONDS) },
  });
}
