/**
 * The way in: the connections to Discord's gateway, their sessions and their health. What comes in
 * goes to the listeners of the client (listen.ts, watch.ts); here is only whether it can come.
 */
import type { Client } from "discord.js";
import type { Log } from "../../src/log.ts";
import type { CoreServices } from "../../src/platform.ts";
import { within } from "../common/patience.ts";
import type { Application } from "./application.ts";
import { createBudget, TURN_MS } from "./gateway/budget.ts";
import { followEvents } from "./gateway/events.ts";
import { createHealth, type Health, type HealthPace, usualPace } from "./gateway/health.ts";
import { intentsFor } from "./gateway/intents.ts";
import { createLines, type Lines } from "./gateway/lines.ts";
import { logIn, readGateway } from "./gateway/login.ts";
import { createShards, type Shards } from "./gateway/shards.ts";
import { createThrottle } from "./gateway/throttle.ts";
import type { DiscordOptions } from "./options.ts";

export interface GatewayOptions {
  readonly client: Client;
  readonly application: Pick<Application, "id" | "readsContent">;
  readonly options: Pick<DiscordOptions, "token" | "shards" | "log" | "now">;
  readonly core: Pick<CoreServices, "readNote" | "keepNote">;
  /**
   * A shard has a new session, at the start or because the old one could not be resumed, and its
   * guilds are there: what happened before it has to be read back (F8). It may throw and reject.
   */
  readonly onNewSession?: (shardId: number) => unknown;
  readonly pace?: Partial<GatewayPace>;
}

/** In milliseconds. */
export interface GatewayPace extends HealthPace {
  /** How long a start waits for the gateway before it goes on without it. */
  readonly start: number;
  /** Until a connection that was refused for good is tried again all the same. */
  readonly again: number;
  /** Between two sessions that are begun one after another. */
  readonly turn: number;
  /** How long a goodbye may take. */
  readonly stop: number;
}

/** Refused for good is rarely not for good, and six tries an hour are not too many (F11). */
const usual: GatewayPace = {
  ...usualPace,
  ...{ start: 15_000, again: 600_000, turn: TURN_MS, stop: 2000 },
};

export interface Gateway {
  /**
   * Resolves when everything can come in, or after a while when Discord makes us wait; then it goes
   * on by itself and `unready` says why. Rejects with an AppError when there is something to mend.
   */
  start(): Promise<void>;
  /** Closes every line, whatever state it is in; never hangs, never rejects. */
  stop(): Promise<void>;
  /** Why nothing comes in just now, for operators. */
  unready(): string | undefined;
}

/** What its parts share. */
interface Parts {
  readonly client: Client;
  readonly lines: Lines;
  readonly shards: Shards;
  readonly log: Log;
  /** From now on nothing is opened any more. */
  readonly stopped: AbortSignal;
}

/** Opens nothing before `start`. */
export function openGateway(given: GatewayOptions): Gateway {
  const { client, options } = given;
  const { token, log, now = Date.now } = options;
  const pace = { ...usual, ...given.pace };
  const stopping = new AbortController();
  const lines = createLines(client, log);
  const shards = createShards(now);
  const parts: Parts = { client, lines, shards, log, stopped: stopping.signal };
  const starting = Promise.withResolvers<void>();
  // Whoever is no longer waiting for the start hears of it by the log.
  starting.promise.catch(() => {});
  let isStarting = true;
  let health: Health | undefined;
  followEvents({
    ...parts,
    againMs: pace.again,
    onOpen: starting.resolve,
    onEnding: starting.reject,
    onNewSession: given.onNewSession ?? (() => {}),
  });
  const unready = () => {
    if (!client.isReady()) return shards.unready() ?? "Discord's gateway is not open yet";
    const reasons = client.ws.shards.map(({ id }) => shards.unready(id) ?? health?.unready(id));
    return reasons.find((reason) => reason !== undefined);
  };
  return {
    unready,
    async start() {
      if (stopping.signal.aborted) return;
      prepare(parts, given, pace);
      health = createHealth({ ...parts, pace, isExcused: shards.isExcused });
      const count = options.shards?.ids.length;
      const login = { ...parts, token, count, againMs: pace.again, isStarting: () => isStarting };
      logIn(login).catch(starting.reject);
      await within(starting.promise, pace.start).finally(() => {
        isStarting = false;
      });
      const reason = unready();
      if (reason !== undefined) log.warn({ reason }, "the start goes on without Discord's gateway");
    },
    async stop() {
      stopping.abort();
      starting.resolve();
      health?.stop();
      for (const line of lines.all()) line.halt();
      const goodbye = client.destroy().catch(() => {});
      await within(goodbye, pace.stop);
      for (const line of lines.all()) line.cut();
    },
  };
}

/** Decides what the gateway is asked to tell, and how often a session may be begun. */
function prepare(
  { client, shards, log, stopped }: Parts,
  { application, core, options }: GatewayOptions,
  pace: GatewayPace,
): void {
  client.options.intents = intentsFor(application);
  if (!application.readsContent) log.info({ advice }, "Discord tells messages without words");
  const { now = Date.now } = options;
  const turnMs = pace.turn;
  const budget = createBudget({ core, applicationId: application.id, turnMs, log, now });
  const readLimit = async () => (await readGateway(client).catch(() => undefined))?.limit;
  client.options.ws = {
    ...client.options.ws,
    buildIdentifyThrottler: async (manager) => {
      const { session_start_limit } = await manager.fetchGatewayInformation();
      const concurrency = session_start_limit.max_concurrency;
      const rules = { budget, readLimit, concurrency, turnMs, stopped };
      return createThrottle({ ...rules, onWait: shards.waits });
    },
  };
}

const advice =
  "Switch Message Content Intent on, on the Bot page of the developer portal, to have answers read that are typed in threads.";
