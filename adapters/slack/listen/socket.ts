/**
 * The way in over Socket Mode: two connections, so that Slack's refresh of one leaves no gap, and a
 * loop of ours around each. Nothing that Slack answers ends the process: a refused token is tried
 * again slowly, everything else with growing pauses.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { Receiver } from "@slack/bolt";
import { AppError } from "../../../src/errors.ts";
import type { Log } from "../../../src/log.ts";
import { within } from "../../common/patience.ts";
import { isRefusal, slackError } from "../errors.ts";
import type { Verdict } from "./acknowledge.ts";
import type { Body } from "./body.ts";
import { connect, type SocketConnection } from "./socket-client.ts";

export interface SocketOptions {
  readonly appToken: string;
  readonly apiUrl?: string;
  readonly handle: (body: Body) => Promise<Verdict>;
  readonly log: Log;
  /** In milliseconds; tests use short ones. */
  readonly pace?: Partial<SocketPace>;
}

export interface SocketPace {
  /** Connections at the same time; Slack allows ten for each app. */
  readonly sockets: number;
  readonly helloMs: number;
  /** Pause after the first failure; doubled with each further one. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** Pause after Slack refused the token. */
  readonly refusedPauseMs: number;
  /** A connection that ends sooner counts as a failure, so that nothing spins. */
  readonly shortLifeMs: number;
  /** How long a start waits for the first connection before it goes on without. */
  readonly patienceMs: number;
}

const usual: SocketPace = {
  sockets: 2,
  helloMs: 10_000,
  firstPauseMs: 500,
  longestPauseMs: 30_000,
  refusedPauseMs: 10 * 60_000,
  shortLifeMs: 3000,
  patienceMs: 20_000,
};

/** Answers of apps.connections.open that only a person can mend. */
const refusals = [
  ...["not_authed", "invalid_auth", "account_inactive", "token_revoked", "token_expired"],
  ...["not_allowed_token_type", "no_permission", "missing_scope", "access_denied"],
  ...["team_access_not_granted", "user_removed_from_team", "team_disabled"],
];

/**
 * Starts when the first connection stands; a token that is refused already then is an AppError
 * `revoked`. While Slack cannot be reached the start goes on after a while, and trying too.
 */
export function createSocketReceiver(options: SocketOptions): Receiver {
  const pace = { ...usual, ...options.pace };
  let stopping = new AbortController();
  let lanes: Promise<void>[] = [];
  const stop = async () => {
    stopping.abort();
    await Promise.all(lanes.splice(0));
  };
  return {
    init() {},
    async start() {
      stopping = new AbortController();
      const first = Promise.withResolvers<void>();
      const opener = createOpener(options, pace, stopping.signal, first);
      lanes = Array.from({ length: pace.sockets }, () => keepOpen(opener, stopping.signal));
      try {
        await within(first.promise, pace.patienceMs);
      } catch (error) {
        await stop();
        throw error;
      }
    },
    stop,
  };
}

type Open = () => Promise<SocketConnection | undefined>;

/**
 * One lane: opens a connection, and another one as soon as it is going to end, and so on. Until it
 * has ended, what is under way on it is acknowledged.
 */
async function keepOpen(open: Open, signal: AbortSignal): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  const alive = new Set<SocketConnection>();
  while (!signal.aborted) {
    const connection = await open();
    if (connection === undefined) continue;
    alive.add(connection);
    void connection.ended.then(() => alive.delete(connection));
    await Promise.race([connection.leaving, stopped]);
  }
  await Promise.all([...alive].map((connection) => connection.close()));
}

/**
 * Opens connections one after another, with a pause after failures that all lanes share: what one
 * of them was refused the other need not ask for.
 */
function createOpener(
  options: SocketOptions,
  pace: SocketPace,
  signal: AbortSignal,
  first: PromiseWithResolvers<void>,
): Open {
  const { appToken, apiUrl, handle, log } = options;
  let failures = 0;
  let lastFailure = 0;
  let waitMs = 0;
  let before: Promise<unknown> = Promise.resolve();

  const failed = (error: unknown) => {
    const now = performance.now();
    // What failed long ago has nothing to do with it.
    failures = now - lastFailure > 2 * pace.longestPauseMs ? 1 : failures + 1;
    lastFailure = now;
    const refusal = refusalOf(error);
    waitMs = refusal ? pace.refusedPauseMs : pauseAfter(failures, error, pace);
    if (refusal) log.error({ error: refusal, advice: refusal.advice }, "Socket Mode is refused");
    else if (failures === 1 || failures % 10 === 0) {
      log.warn({ error, failures, waitMs }, "Socket Mode is not connected");
    }
    if (refusal) first.reject(refusal);
  };
  const watch = (connection: SocketConnection) => {
    const since = performance.now();
    void connection.leaving.then(() => {
      const short = performance.now() - since < pace.shortLifeMs;
      if (short && !signal.aborted) failed(new Error("the connection ended at once"));
    });
  };
  const open: Open = async () => {
    await pause(waitMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) return undefined;
    try {
      const request = { appToken, handle, signal, log, helloMs: pace.helloMs };
      const connection = await connect(apiUrl === undefined ? request : { ...request, apiUrl });
      waitMs = 0;
      watch(connection);
      first.resolve();
      return connection;
    } catch (error) {
      if (!signal.aborted) failed(error);
      return undefined;
    }
  };
  return () => {
    const opened = before.then(open);
    before = opened;
    return opened;
  };
}

/** Doubled with each failure, and spread, so that many of us do not come back all at once. */
function pauseAfter(failures: number, error: unknown, pace: SocketPace): number {
  const grown = Math.min(pace.firstPauseMs * 2 ** (failures - 1), pace.longestPauseMs);
  const asked = slackError(error, "read").retryAfterMs ?? 0;
  return Math.max(asked, grown * (0.5 + Math.random() / 2));
}

function refusalOf(error: unknown): AppError | undefined {
  if (!isRefusal(error, ...refusals)) return undefined;
  return new AppError("revoked", "Slack refuses the app-level token", {
    cause: error,
    advice:
      "Make a new app-level token with the scope connections:write in the settings of the app (Basic Information), put it into SLACK_APP_TOKEN and restart.",
  });
}
