/** One connection to the gateway: HELLO, heartbeats, IDENTIFY and RESUME ("Gateway", section on the lifecycle). */
import { z } from "zod";
import { jsonOf } from "../net/request.ts";
import type { Connection } from "../net/websocket.ts";
import type { Gateway, GatewayWorld, Session } from "./gateway.ts";
import { takeMembersRequest } from "./gateway-members.ts";
import { shardOf } from "./ids.ts";
import { applicationFlags, HIGHEST_INTENTS, privileged } from "./intents.ts";
import {
  GUILDS_PER_SHARD,
  IDENTIFIES_PER_DAY,
  IDENTIFY_TOLERANCE_MS,
  MISSED_HEARTBEATS,
  SENDS_PER_MINUTE,
} from "./limits.ts";
import type { Json } from "./model.ts";
import { guildJson, userJson } from "./wire.ts";

/** A connection; with a session once it has identified or resumed. */
export interface Line {
  readonly connection: Connection;
  session: Session | undefined;
}

const identify = z.strictObject({
  token: z.string(),
  intents: z.int(),
  properties: z.strictObject({ os: z.string(), browser: z.string(), device: z.string() }),
  compress: z.literal(false).optional(),
  large_threshold: z.int().min(50).max(250).optional(),
  shard: z.tuple([z.int().min(0), z.int().min(1)]).optional(),
  presence: z.unknown().optional(),
});
const resume = z.strictObject({ token: z.string(), session_id: z.string(), seq: z.int() });
const payload = z.object({ op: z.int(), d: z.unknown() });

const MINUTE_MS = 60_000;
/** "Gateway Close Event Codes". */
const endings: Readonly<Record<number, string>> = {
  4001: "Unknown opcode.",
  4002: "Error while decoding payload.",
  4003: "Not authenticated.",
  4004: "Authentication failed.",
  4005: "Already authenticated.",
  4007: "Invalid seq.",
  4008: "Rate limited.",
  4009: "Session timed out.",
  4010: "Invalid shard.",
  4011: "Sharding required.",
  4013: "Invalid intent(s).",
  4014: "Disallowed intent(s).",
};

export function serveLine(world: GatewayWorld, gateway: Gateway, line: Line): void {
  const { connection } = line;
  const say = (op: number, d: unknown) => {
    if (!gateway.deaf) connection.send(JSON.stringify({ op, d, s: null, t: null }));
  };
  const end = (code: number) => {
    const reason = endings[code] ?? "";
    // That its token was taken away a correct app learns in this way.
    const told = code === 4004 && world.app.token === undefined;
    if (!told) world.problems.push({ method: "gateway", error: String(code), details: [reason] });
    connection.close(code, reason);
  };
  let sends: number[] = [];
  let beatAt = performance.now();
  const patience = MISSED_HEARTBEATS * world.options.heartbeatMs;
  const watch = setInterval(() => {
    if (gateway.strict && performance.now() - beatAt > patience) end(4009);
  }, world.options.heartbeatMs).unref();
  connection.onEnd(() => clearInterval(watch));
  /** The code to end the connection with, if it has to end. */
  const take = (text: string): number | undefined => {
    const parsed = payload.safeParse(jsonOf(text));
    if (!parsed.success) return 4002;
    const { op, d } = parsed.data;
    if (op === 1) {
      beatAt = performance.now();
      say(11, null);
      return undefined;
    }
    const gone = () => say(9, false);
    if (op === 2) return takeIdentify(world, gateway, line, d, gone);
    if (op === 6) return takeResume(world, gateway, line, d, gone);
    if (line.session === undefined) return 4003;
    if (op === 8) return takeMembersRequest(world, gateway, line.session, d);
    // 3 presence, 31 soundboard: known to Discord, of no use here.
    return 4001;
  };

  connection.onText((text) => {
    if (gateway.deaf) return;
    const now = world.timeline.now();
    sends = [...sends.filter((at) => now - at < MINUTE_MS), now];
    const crowded = world.options.limits !== "off" && sends.length > SENDS_PER_MINUTE;
    const code = crowded ? 4008 : take(text);
    if (code !== undefined) end(code);
  });
  say(10, { heartbeat_interval: world.options.heartbeatMs, _trace: [] });
}

function takeIdentify(
  world: GatewayWorld,
  gateway: Gateway,
  line: Line,
  d: unknown,
  tooSoon: () => void,
): number | undefined {
  if (line.session !== undefined) return 4005;
  const parsed = identify.safeParse(d);
  if (!parsed.success) return 4002;
  const { token, intents, shard = [0, 1] } = parsed.data;
  if (token !== world.app.token) return 4004;
  if (gateway.identifies() >= IDENTIFIES_PER_DAY) {
    // "Gateway", section on the session start limit: every session ends and the token is reset.
    world.app.token = undefined;
    gateway.close(4004, endings[4004]);
    return undefined;
  }
  gateway.identified();
  const wrong = refusedBecause(world, intents, shard);
  if (wrong !== undefined) return wrong;
  if (isTooSoon(world, gateway, shard[0])) {
    gateway.hurry();
    tooSoon();
    return undefined;
  }
  const session: Session = {
    id: world.ids.next("session"),
    intents,
    shard,
    sent: [],
    line,
  };
  line.session = session;
  gateway.sessions.set(session.id, session);
  welcome(world, gateway, session);
  gateway.joined();
  return undefined;
}

/** "Gateway", section on max_concurrency: shards of one bucket start one after another. */
function isTooSoon({ options }: GatewayWorld, gateway: Gateway, shard: number): boolean {
  const bucket = shard % options.maxConcurrency;
  const passed = performance.now() - (gateway.startedAt.get(bucket) ?? -Infinity);
  if (passed < options.identifyPauseMs - IDENTIFY_TOLERANCE_MS) return true;
  gateway.startedAt.set(bucket, performance.now());
  return false;
}

function refusedBecause(
  world: GatewayWorld,
  intents: number,
  [shard, count]: [number, number],
): number | undefined {
  if (intents < 0 || intents > HIGHEST_INTENTS) return 4013;
  const names = (["members", "presences", "content"] as const).filter(
    (name) => (intents & privileged[name]) !== 0,
  );
  if (names.some((name) => !world.options.privileged.includes(name))) return 4014;
  if (shard >= count) return 4010;
  const guilds = [...world.state.guilds.values()].filter(
    ({ id, bot }) => bot !== "out" && shardOf(id, count) === shard,
  );
  return guilds.length > GUILDS_PER_SHARD ? 4011 : undefined;
}

/** READY with guilds that are not there yet, then one GUILD_CREATE for each that is. */
function welcome(world: GatewayWorld, gateway: Gateway, session: Session): void {
  const { state, app, options } = world;
  const guilds = [...state.guilds.values()].filter(
    ({ id, bot }) => bot !== "out" && shardOf(id, session.shard[1]) === session.shard[0],
  );
  const ready: Json = {
    v: 10,
    user: { ...userJson(state.bot), verified: true, mfa_enabled: true, email: null, flags: 0 },
    guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
    session_id: session.id,
    session_type: "normal",
    resume_gateway_url: `${world.origin().replace("http", "ws")}/resume`,
    shard: session.shard,
    application: { id: app.id, flags: applicationFlags(options.privileged) },
    private_channels: [],
    relationships: [],
    presences: [],
    geo_ordered_rtc_regions: [],
    guild_join_requests: [],
    _trace: [],
  };
  gateway.push(session, "READY", ready);
  for (const guild of guilds) {
    if (guild.bot === "in" && (session.intents & 1) !== 0) {
      gateway.push(session, "GUILD_CREATE", guildJson(guild, state));
    }
  }
}

/** `gone`: says that there is no such session (any more). */
function takeResume(
  world: GatewayWorld,
  gateway: Gateway,
  line: Line,
  d: unknown,
  gone: () => void,
): number | undefined {
  if (line.session !== undefined) return 4005;
  const parsed = resume.safeParse(d);
  if (!parsed.success) return 4002;
  const { token, session_id, seq } = parsed.data;
  if (token !== world.app.token) return 4004;
  const session = gateway.sessions.get(session_id);
  if (session === undefined) {
    gone();
    return undefined;
  }
  if (seq > session.sent.length) return 4007;
  session.line = line;
  line.session = session;
  gateway.resumed();
  if (!gateway.deaf) for (const text of session.sent.slice(seq)) line.connection.send(text);
  gateway.push(session, "RESUMED", { _trace: [] });
  gateway.joined();
  return undefined;
}
