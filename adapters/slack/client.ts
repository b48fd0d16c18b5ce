/** The SDK's client as we use it: one try, a finite time-out, nothing of what it carries in logs. */
import { type Logger, LogLevel, WebClient } from "@slack/web-api";
import type { Log } from "../../src/log.ts";
import { DEFAULT_LIMIT_MS } from "./errors.ts";

/** A call that takes longer than this has an unclear outcome. */
const TIMEOUT_MS = 10_000;

/** A client for one bot token. Its failures go through `slackError`. */
export function createClient(
  token: string,
  apiUrl: string | undefined,
  log: Log,
  timeout = TIMEOUT_MS,
): WebClient {
  return new WebClient(token, {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout,
    fetch: fetchWithLimit,
    logger: quietLogger(log),
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
  });
}

/** The client knows no 429 without a proper Retry-After: such a one gets the default (F2). */
const fetchWithLimit: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  const seconds = Number(response.headers.get("retry-after"));
  if (response.status !== 429 || seconds > 0) return response;
  const headers = new Headers(response.headers);
  headers.set("retry-after", String(DEFAULT_LIMIT_MS / 1000));
  return new Response(response.body, { status: response.status, headers });
};

/** What the SDK says may quote messages, so only that it said something is kept. */
export function quietLogger(log: Log): Logger {
  const quiet = () => {};
  const note = (level: LogLevel) => () =>
    log.debug({ severity: level }, "the Slack client said something");
  return {
    debug: quiet,
    info: quiet,
    warn: note(LogLevel.WARN),
    error: note(LogLevel.ERROR),
    setLevel: quiet,
    getLevel: () => LogLevel.WARN,
    setName: quiet,
  };
}
