/** The gateway: connections, sessions, and what is sent to which of them ("Gateway"). */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Timeline } from "../net/time.ts";
import { acceptWebSocket } from "../net/websocket.ts";
import { type Line, serveLine } from "./gateway-line.ts";
import type { Ids } from "./ids.ts";
import { shardOf } from "./ids.ts";
import { DAY_MS, IDENTIFIES_PER_DAY } from "./limits.ts";
import type { Guild, Json } from "./model.ts";
import type { State } from "./state.ts";
import type { AppIdentity, Problem, WorldOptions } from "./world.ts";

/** What outlives a connection: events that were sent, to be sent again on RESUME. */
export interface Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: readonly [number, number];
  /** The text of event number n stands at n - 1. */
  readonly sent: string[];
  line: Line | undefined;
}

/** What the parts of the gateway share. */
export interface GatewayWorld {
  readonly app: AppIdentity;
  readonly ids: Ids;
  readonly timeline: Timeline;
  readonly state: State;
  readonly options: WorldOptions;
  readonly problems: Problem[];
  readonly origin: () => string;
}

export interface Gateway {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** To every session of the guild's shard with one of these intents (0: to all). */
  dispatch(
    name: string,
    guild: Guild | undefined,
    intents: number,
    data: (intents: number) => Json,
  ): void;
  /** Whether what happens in this guild is told to this session. */
  hears(session: Session, guild: Guild | undefined): boolean;
  /** Sends the next event of a session. */
  push(session: Session, name: string, data: Json): void;
  /** How many sessions have a connection. */
  count(): number;
  /** Resolves once that many have. */
  connected(count?: number): Promise<void>;
  /** Op 7: asks for a reconnect and a resume. */
  reconnect(): void;
  /** Op 9. `resumable: false`: the session is over, everything missed is lost. */
  invalidate(resumable: boolean): void;
  /** Breaks every line without a word; the sessions can be resumed. */
  cut(): void;
  /** Ends every connection with this code; one that forbids resuming ends the session too. */
  close(code: number, reason?: string): void;
  /** Forgets every session, as a long absence does: RESUME is answered with op 9. */
  forget(): void;
  /** True: lines stay open, but nothing that comes in is answered and nothing is sent. */
  deaf: boolean;
  /** True: heartbeats are answered, events are not sent: a session that only looks alive. */
  ghost: boolean;
  /** True: nobody can connect; a connection that is asked for is answered with 503. */
  shut: boolean;
  /** True: a client that forgets its heartbeats is sent away, with 4009. */
  strict: boolean;
  /** Where connections were opened, in order: "/", and "/resume" as READY says. */
  paths(): readonly string[];
  /** How often a session was taken up again. */
  resumes(): number;
  resumed(): void;
  /** How many IDENTIFYs came too soon after another one, and were answered with op 9. */
  hurried(): number;
  hurry(): void;
  /** IDENTIFYs of the last day, by Discord's clock. */
  identifies(): number;
  /** Counts one more, as one of another process would. */
  identified(): void;
  /** What the bot is told: how many are left, and until when. */
  startLimit(): { total: number; remaining: number; reset_after: number; max_concurrency: number };
  /** By bucket, in real time. */
  readonly startedAt: Map<number, number>;
  readonly sessions: Map<string, Session>;
  joined(): void;
}

/** "Gateway Close Event Codes": those after which a session cannot be resumed. */
const FINAL_CODES = new Set([1000, 1001, 4003, 4004, 4007, 4009, 4010, 4011, 4012, 4013, 4014]);

export function createGateway(world: GatewayWorld): Gateway {
  const sessions = new Map<string, Session>();
  const lines = new Set<Line>();
  const watchers = new Set<() => void>();
  let starts: number[] = [];
  let resumes = 0;
  const paths: string[] = [];
  let hurried = 0;
  const open = () => [...sessions.values()].filter(({ line }) => line !== undefined);
  const recent = () => {
    starts = starts.filter((at) => world.timeline.now() - at < DAY_MS);
    return starts;
  };

  const gateway: Gateway = {
    sessions,
    startedAt: new Map(),
    deaf: false,
    ghost: false,
    shut: false,
    strict: false,
    upgrade(request, socket, head) {
      if (gateway.shut) {
        socket.end("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n");
        return;
      }
      const { pathname, searchParams: query } = new URL(request.url ?? "/", "http://local");
      paths.push(pathname);
      const line: Line = { connection: acceptWebSocket(request, socket, head), session: undefined };
      if (query.get("v") !== "10" || query.get("encoding") !== "json" || query.has("compress")) {
        line.connection.close(4012, "Only v=10, encoding=json, uncompressed.");
        return;
      }
      lines.add(line);
      line.connection.onEnd(() => {
        lines.delete(line);
        if (line.session?.line === line) line.session.line = undefined;
      });
      serveLine(world, gateway, line);
    },
    dispatch(name, guild, wanted, data) {
      for (const session of sessions.values()) {
        if (!gateway.hears(session, guild)) continue;
        if (wanted !== 0 && (session.intents & wanted) === 0) continue;
        gateway.push(session, name, data(session.intents));
      }
    },
    hears: ({ shard: [own, count] }, guild) => shardOf(guild?.id, count) === own,
    push(session, name, data) {
      const text = JSON.stringify({ op: 0, t: name, s: session.sent.length + 1, d: data });
      session.sent.push(text);
      if (!gateway.deaf && !gateway.ghost) session.line?.connection.send(text);
    },
    count: () => open().length,
    async connected(count = 1) {
      while (open().length < count) {
        await new Promise<void>((resolve) => watchers.add(resolve));
      }
    },
    joined() {
      for (const watch of watchers) watch();
      watchers.clear();
    },
    reconnect: () => say(lines, { op: 7, d: null }),
    invalidate(resumable) {
      say(lines, { op: 9, d: resumable });
      // On these lines nothing more is sent, until the client has begun anew.
      for (const line of lines) {
        if (line.session !== undefined) line.session.line = undefined;
        line.session = undefined;
      }
      if (!resumable) gateway.forget();
    },
    cut() {
      for (const line of lines) {
        if (line.session?.line === line) line.session.line = undefined;
        line.connection.cut();
      }
    },
    close(code, reason) {
      for (const line of [...lines]) {
        line.connection.close(code, reason);
        if (line.session === undefined) continue;
        line.session.line = undefined;
        if (FINAL_CODES.has(code)) sessions.delete(line.session.id);
      }
    },
    forget() {
      sessions.clear();
    },
    paths: () => paths,
    resumes: () => resumes,
    resumed() {
      resumes += 1;
    },
    hurried: () => hurried,
    hurry() {
      hurried += 1;
    },
    identifies: () => recent().length,
    identified: () => recent().push(world.timeline.now()),
    startLimit() {
      const [oldest] = recent();
      return {
        total: IDENTIFIES_PER_DAY,
        remaining: Math.max(0, IDENTIFIES_PER_DAY - starts.length),
        reset_after: oldest === undefined ? DAY_MS : oldest + DAY_MS - world.timeline.now(),
        max_concurrency: world.options.maxConcurrency,
      };
    },
  };
  return gateway;
}

function say(lines: ReadonlySet<Line>, payload: Json): void {
  for (const { connection } of lines)
    connection.send(JSON.stringify({ s: null, t: null, ...payload }));
}
