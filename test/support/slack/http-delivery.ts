/** HTTP: requests to the app's url, signed as Slack signs them. */
import { createHmac } from "node:crypto";
import type { Outgoing, Receipt, Transport } from "./deliveries.ts";
import type { Json } from "./model.ts";
import type { Timeline } from "./time.ts";

export interface HttpDelivery {
  /** One address for events, interactivity and commands. */
  readonly url: string;
  /** Content type of forms; some proxies and Slack itself have been seen to add a charset. */
  readonly formType?: string;
}

/** "Verifying requests from Slack": HMAC-SHA256 over `v0:timestamp:body`. */
function sign(secret: string, timestamp: number, body: string): string {
  return `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;
}

export interface SignedRequest {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** The request for one delivery, exactly as it goes out; tests replay and forge it. */
export function requestFor(
  outgoing: Outgoing,
  target: HttpDelivery,
  secret: string,
  now: number,
): SignedRequest {
  const json = outgoing.kind === "events_api";
  const body = json ? JSON.stringify(outgoing.payload) : formOf(outgoing);
  const timestamp = Math.floor(now / 1000);
  return {
    url: target.url,
    body,
    headers: {
      "content-type": json
        ? "application/json"
        : (target.formType ?? "application/x-www-form-urlencoded"),
      "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
      "x-slack-request-timestamp": String(timestamp),
      "x-slack-signature": sign(secret, timestamp, body),
      ...(outgoing.retry === undefined
        ? {}
        : {
            "x-slack-retry-num": String(outgoing.retry.num),
            "x-slack-retry-reason": outgoing.retry.reason,
          }),
    },
  };
}

/** Commands are a flat form; interactions are a form with one field, `payload`. */
function formOf({ kind, payload }: Outgoing): string {
  if (kind === "interactive") {
    return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  }
  return flat(payload).toString();
}

function flat(payload: Json): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(payload)) form.append(name, String(value));
  return form;
}

export function createHttpTransport(
  target: HttpDelivery,
  secret: string,
  timeline: Timeline,
): Transport {
  return {
    async send(outgoing, signal): Promise<Receipt> {
      const { url, headers, body } = requestFor(outgoing, target, secret, timeline.now());
      try {
        const response = await fetch(url, {
          method: "POST",
          headers: { ...headers, connection: "close" },
          body,
          signal,
          redirect: "manual",
        });
        const text = await response.text();
        if (response.status >= 200 && response.status < 300) {
          return { acknowledged: true, payload: bodyOf(text) };
        }
        const noRetry = response.headers.get("x-slack-no-retry") === "1";
        return { acknowledged: false, reason: "http_error", status: response.status, noRetry };
      } catch {
        const reason = signal.aborted ? "http_timeout" : "connection_failed";
        return { acknowledged: false, reason };
      }
    },
  };
}

/** JSON where it is JSON, the text itself otherwise, undefined where nothing was said. */
function bodyOf(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** "Request URL verification": Slack sends a challenge before it accepts an address. */
export async function verifyUrl(
  target: HttpDelivery,
  secret: string,
  token: string,
  now: number,
): Promise<boolean> {
  const challenge = `challenge-${now}`;
  const outgoing: Outgoing = {
    kind: "events_api",
    payload: { token, challenge, type: "url_verification" },
    retry: undefined,
    acceptsResponse: false,
  };
  const { url, headers, body } = requestFor(outgoing, target, secret, now);
  const response = await fetch(url, {
    method: "POST",
    headers: { ...headers, connection: "close" },
    body,
  });
  const text = await response.text();
  if (response.status !== 200) return false;
  const said = bodyOf(text);
  if (typeof said === "string") return said === challenge;
  return typeof said === "object" && said !== null && "challenge" in said
    ? said.challenge === challenge
    : false;
}

/** "Slash commands": now and then Slack checks the certificate with a GET or POST `ssl_check=1`. */
export async function checkCertificate(target: HttpDelivery): Promise<number> {
  const response = await fetch(target.url, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", connection: "close" },
    body: "ssl_check=1",
  });
  await response.text();
  return response.status;
}
