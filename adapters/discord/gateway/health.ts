/**
 * Whether the shards are alive. Acknowledged heartbeats and events are signs of life; a shard that
 * gives none is cut off, so that the SDK connects it anew (F9). One that acknowledges heartbeats and
 * tells nothing else is asked something that Discord answers on the same line; when that is not
 * answered either, its session is a ghost (F10).
 */
import { type Client, Events, GatewayOpcodes, Status } from "discord.js";
import type { Log } from "../../../src/log.ts";
import type { Lines } from "./lines.ts";

/** In milliseconds. */
export interface HealthPace {
  /** Between two looks at the shards. */
  readonly look: number;
  /** What the SDK gets, beyond two heartbeats, to notice by itself that a line is dead. */
  readonly grace: number;
  /** After so long without an event a shard is asked whether it still tells us anything. */
  readonly quiet: number;
  /** How long the answer may take. */
  readonly answer: number;
}

/** With 41 s between heartbeats: a dead line is left after 88 s, a ghost after 3 minutes. */
export const usualPace: HealthPace = { look: 2000, grace: 5000, quiet: 120_000, answer: 60_000 };

/** What Discord says at present; each connection tells it anew. */
const HEARTBEAT_MS = 41_250;

export interface HealthOptions {
  readonly client: Client;
  readonly lines: Lines;
  readonly log: Log;
  readonly pace: HealthPace;
  /** True for a shard that may not begin (yet): its silence is none that could be mended. */
  readonly isExcused: (shardId: number) => boolean;
}

export interface Health {
  /** Why a shard tells us nothing just now; undefined when it does. */
  unready(shardId: number): string | undefined;
  stop(): void;
}

/** What is known of one shard. Times are by the machine's own clock, as the SDK's are. */
interface Pulse {
  heartbeatMs: number;
  /** The last time it was seen to work. */
  aliveAt: number;
  /** The last event. */
  heardAt: number;
  /** Since when an answer is waited for. */
  askedAt: number | undefined;
  cutAt: number;
  /** How often in a row it told nothing after a new connection. */
  ghosts: number;
}

export function createHealth({ client, lines, log, pace, isExcused }: HealthOptions): Health {
  const pulses = new Map<number, Pulse>();
  const pulseOf = (shardId: number): Pulse => {
    const known = pulses.get(shardId) ?? newPulse();
    pulses.set(shardId, known);
    return known;
  };
  const silence = (shardId: number): number => {
    const shard = client.ws.shards.get(shardId);
    const pulse = pulseOf(shardId);
    // A shard without a session may have a line that works: that is not enough.
    if (shard?.status === Status.Ready) {
      pulse.aliveAt = Math.max(pulse.aliveAt, pulse.heardAt, shard.lastPingTimestamp);
    }
    return Date.now() - pulse.aliveAt;
  };

  const cut = (shardId: number, says: string) => {
    log.warn({ shard: shardId }, says);
    Object.assign(pulseOf(shardId), { cutAt: Date.now(), askedAt: undefined });
    lines.of(shardId)?.cut();
  };
  const mend: Record<Diagnosis, (shardId: number, pulse: Pulse) => void> = {
    dead(shardId, { aliveAt }) {
      // The line works and the session does not come back: it never will.
      const { lastPingTimestamp = 0 } = client.ws.shards.get(shardId) ?? {};
      if (lastPingTimestamp > aliveAt) lines.forgetSession(shardId);
      cut(shardId, "a line to Discord's gateway is dead and is opened anew");
    },
    ghost(shardId, pulse) {
      // What a resumed session still does not tell, a new one will.
      pulse.ghosts += 1;
      if (pulse.ghosts > 1) lines.forgetSession(shardId);
      cut(shardId, "a session of Discord's gateway tells nothing any more and is renewed");
    },
    quiet(shardId, pulse) {
      if (ask(client, shardId)) pulse.askedAt = Date.now();
    },
  };
  const look = (shardId: number) => {
    if (isExcused(shardId)) return;
    const pulse = pulseOf(shardId);
    const diagnosis = diagnose(pulse, silence(shardId), pace);
    if (diagnosis !== undefined) mend[diagnosis](shardId, pulse);
  };

  const heard = (shardId: number) => {
    Object.assign(pulseOf(shardId), { heardAt: Date.now(), askedAt: undefined });
  };
  client.on(Events.Raw, ({ t }: { readonly t?: unknown }, shardId: number) => {
    heard(shardId);
    if (t !== "READY" && t !== "RESUMED") pulseOf(shardId).ghosts = 0;
  });
  client.on(Events.ShardReady, heard);
  client.on(Events.ShardResume, (_replayed, shardId) => heard(shardId));
  client.on(Events.Debug, (line) => {
    const [, shardId, heartbeatMs] = /Shard (\d+)\].* beat every (\d+)ms/.exec(line) ?? [];
    if (shardId !== undefined) pulseOf(Number(shardId)).heartbeatMs = Number(heartbeatMs);
  });
  const looking = setInterval(() => {
    for (const shardId of client.ws.shards.keys()) look(shardId);
  }, pace.look);
  return {
    unready(shardId) {
      const quiet = silence(shardId);
      if (quiet <= 2 * pulseOf(shardId).heartbeatMs) return undefined;
      return `Discord's gateway has been silent for ${Math.round(quiet / 1000)} s (shard ${shardId})`;
    },
    stop: () => clearInterval(looking),
  };
}

type Diagnosis = "dead" | "ghost" | "quiet";

/** What is the matter with a shard that has shown no sign of life for `silence` milliseconds. */
function diagnose(pulse: Pulse, silence: number, pace: HealthPace): Diagnosis | undefined {
  const { heartbeatMs, heardAt, askedAt, cutAt } = pulse;
  const now = Date.now();
  const limit = 2 * heartbeatMs + pace.grace;
  if (now - cutAt < limit) return undefined;
  if (silence > limit) return "dead";
  if (askedAt !== undefined) return now - askedAt > pace.answer ? "ghost" : undefined;
  return now - heardAt > pace.quiet ? "quiet" : undefined;
}

function newPulse(): Pulse {
  const now = Date.now();
  return {
    ...{ heartbeatMs: HEARTBEAT_MS, aliveAt: now, heardAt: now, askedAt: undefined },
    ...{ cutAt: 0, ghosts: 0 },
  };
}

/**
 * Asks a guild of the shard for ourselves as a member: one request, which needs no privileged intent
 * and may be made every 30 seconds. False: there is no guild, so nothing is missed either.
 * https://docs.discord.com/developers/events/gateway-events#request-guild-members
 */
function ask(client: Client, shardId: number): boolean {
  const guild = client.guilds.cache.find((one) => one.shardId === shardId && one.available);
  const shard = client.ws.shards.get(shardId);
  const me = client.user?.id;
  if (guild === undefined || shard?.status !== Status.Ready || me === undefined) return false;
  const d = { guild_id: guild.id, user_ids: [me], limit: 0 };
  shard.send({ op: GatewayOpcodes.RequestGuildMembers, d });
  return true;
}
