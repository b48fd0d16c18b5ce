/**
 * What Discord does, on this machine: a server that the real clients (discord.js, @discordjs/rest,
 * @discordjs/ws) talk to, with the guilds and people of a test behind it. It refuses what Discord
 * refuses, and keeps in `discord.problems` what a correct app would never send.
 *
 * ```ts
 * const discord = await startDiscord();
 * const acme = discord.guild("Acme");
 * const help = acme.channel("help");
 * const dana = acme.person("Dana", { locale: "ru" });
 * // … start the app with discord.apiUrl and discord.token …
 * await discord.gateway.connected();
 * const thread = await dana.starts(help, "My invoice is wrong", { text: "It says 70 €" });
 * await dana.archives(thread);
 * const [question] = dana.sees("dm");
 * await dana.presses(question, "9");
 * expect(discord.problems).toEqual([]);
 * await discord.stop();
 * ```
 *
 * Time is the machine's, or a clock that the test moves: limits, deadlines and archiving follow it.
 * Heartbeats and the pause between two IDENTIFYs are in real time, as clients keep them; the pause is
 * asked for where no clock is moved by hand. limits.ts has the numbers, each with its source, or the
 * word that it is a guess; components/ those of components, command-rules.ts those of commands.
 *
 * A route, field or operation that is not here is refused as unknown: voice, polls, stickers,
 * webhooks of one's own, OAuth, interactions by HTTP, premium buttons, uploads in modals, members
 * searched for by the gateway, compression. Not enforced: moderated tags, slow mode.
 *
 * Refused although Discord would only ignore it: unknown fields, files that no component shows, names
 * of files that would be changed; a query or body where none is taken is kept as a problem.
 *
 * Guesses, where the documentation is silent: channels that the bot cannot see are told of when they
 * change, as GUILD_CREATE lists them too; a thread's owner who archives it stands in the audit log;
 * THREAD_UPDATE comes before the message that wakes a thread; starting a thread from a message tells
 * of its first notice (type 21), and the notice of one without (type 18) has an id of its own; about
 * members of an unknown guild nothing is answered; an IDENTIFY that came too soon does not count for
 * the pause; a reset token does not end the interactions under way; how registered commands come back
 * (routes/commands.ts).
 */
import type { Clock } from "../../../src/clock.ts";
import { createFaults } from "../net/faults.ts";
import { createTimeline } from "../net/time.ts";
import { createAudit } from "./audit.ts";
import { createEvents } from "./events.ts";
import type { FaultOrChoice } from "./faults.ts";
import { createGateway, type Gateway, type GatewayWorld } from "./gateway.ts";
import { createGuild, type GuildFace } from "./guild.ts";
import { createIds } from "./ids.ts";
import { createInteractions } from "./interactions.ts";
import { HEARTBEAT_MS, IDENTIFY_PAUSE_MS, INVALID_REQUESTS } from "./limits.ts";
import { createMessages } from "./messages.ts";
import { bitsOf, type PermissionName, permissionBits } from "./permissions.ts";
import { createRateLimits } from "./rate-limits.ts";
import { createRegistry } from "./registry.ts";
import { startDiscordServer } from "./server.ts";
import { createState } from "./state.ts";
import { createThreads } from "./threads.ts";
import type { Call, Problem, World, WorldOptions } from "./world.ts";

export type { ChannelFace } from "./channel-face.ts";
export type { GuildFace } from "./guild.ts";
export type { Person, Place } from "./person.ts";
export type { SeenMessage } from "./seen.ts";

export interface DiscordOptions extends Partial<WorldOptions> {
  /** Moved by the test; without it the machine's time. */
  readonly clock?: Clock;
}

export interface GuildOptions {
  /** Its preferred language; default "en-US". Discord lets only communities choose one. */
  readonly locale?: string;
  readonly community?: boolean;
  /** False: the bot is not invited (yet). */
  readonly bot?: boolean;
  /** What the bot's role allows; default: everything but Administrator. */
  readonly permissions?: readonly PermissionName[];
}

export interface Discord {
  /** For DISCORD_API_URL; clients append /v10. */
  readonly apiUrl: string;
  readonly token: string;
  /** The app, and the bot's user. */
  readonly applicationId: string;
  guild(name: string, options?: GuildOptions): GuildFace;
  readonly gateway: Pick<
    Gateway,
    | "count"
    | "connected"
    | "reconnect"
    | "invalidate"
    | "cut"
    | "close"
    | "forget"
    | "deaf"
    | "ghost"
    | "shut"
    | "strict"
    | "resumes"
    | "paths"
    | "hurried"
    | "identifies"
    | "identified"
    | "startLimit"
    | "dispatch"
  >;
  /** From now on the token is refused, everywhere. */
  revokesToken(): void;
  /** Every request of the REST API, by route: "POST /channels/:channel/messages". */
  calls(route?: string): Call[];
  /** What was refused and a correct app would never have sent. */
  readonly problems: readonly Problem[];
  /** Commands as they are registered: for everybody, or in a guild. */
  commands(
    guild?: GuildFace,
  ): readonly { readonly name: string; readonly id: string; readonly type: number }[];
  /** Requests of the last ten minutes that were answered 401, 403 or 429. */
  invalidRequests(): number;
  /** The next `times` requests (default one) of a route fail like this; the result takes it back. */
  fail(route: string, fault: FaultOrChoice, options?: { times?: number }): () => void;
  /**
   * Requests are answered, and interactions too: what the app leaves unanswered counts until the
   * clock has moved on by three seconds.
   */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export async function startDiscord(options: DiscordOptions = {}): Promise<Discord> {
  const { world, serve } = createWorld(options);
  const server = await serve();
  const token = world.app.token ?? "";
  return {
    apiUrl: `${server.origin}/api`,
    token,
    applicationId: world.app.id,
    guild(name, { locale = "en-US", community = false, bot = true, permissions } = {}) {
      const guild = world.state.addGuild(name, locale, community);
      const role = {
        id: world.ids.snowflake(),
        name: world.state.bot.name,
        permissions: permissions === undefined ? everythingButAdministrator : bitsOf(permissions),
        mentionable: false,
      };
      guild.roles.set(role.id, role);
      const face = createGuild(world, guild, role.id);
      if (bot) face.invitesBot();
      return face;
    },
    gateway: world.gateway,
    revokesToken() {
      world.app.token = undefined;
      world.gateway.close(4004, "Authentication failed.");
    },
    calls: (route) => world.calls.filter(({ method }) => route === undefined || method === route),
    problems: world.problems,
    commands: (guild) =>
      world.registry.list(guild === undefined ? undefined : world.state.guilds.get(guild.id)),
    invalidRequests: () => world.rates.invalid(),
    fail: (route, fault, { times = 1 } = {}) => world.faults.add(route, fault, times),
    async settled() {
      await world.interactions.settled();
      await server.settled();
    },
    async stop() {
      world.timeline.stop();
      await server.close();
    },
  };
}

const everythingButAdministrator =
  Object.values(permissionBits).reduce((all, bit) => all | bit, 0n) & ~permissionBits.Administrator;

/** Clients wait for it in real time, so it is not kept where a test moves the clock. */
const identifyPause = ({ limits, clock }: DiscordOptions): number =>
  limits === "off" || clock !== undefined ? 0 : IDENTIFY_PAUSE_MS;

function createWorld(options: DiscordOptions) {
  const timeline = createTimeline(options.clock);
  const ids = createIds(timeline);
  const state = createState(ids, timeline);
  const settings: WorldOptions = {
    limits: options.limits ?? "discord",
    privileged: options.privileged ?? ["members", "presences", "content"],
    heartbeatMs: options.heartbeatMs ?? HEARTBEAT_MS,
    identifyPauseMs: options.identifyPauseMs ?? identifyPause(options),
    maxConcurrency: options.maxConcurrency ?? 1,
    shards: options.shards ?? 1,
    invalidRequests: options.invalidRequests ?? INVALID_REQUESTS,
  };
  let origin = "";
  const shared: GatewayWorld = {
    app: {
      id: state.bot.id,
      token: `${Buffer.from(state.bot.id).toString("base64url")}.emulator.token`,
    },
    ids,
    timeline,
    state,
    options: settings,
    problems: [],
    origin: () => origin,
  };
  const gateway = createGateway(shared);
  const events = createEvents(state, gateway);
  const audit = createAudit(ids, events);
  const threads = createThreads(state, timeline, events, audit);
  const world: World = {
    ...shared,
    gateway,
    events,
    audit,
    threads,
    messages: createMessages(ids, timeline, events, threads),
    interactions: createInteractions(state, ids, timeline, events),
    registry: createRegistry(ids, timeline),
    rates: createRateLimits(timeline, settings),
    faults: createFaults(),
    calls: [],
  };
  const serve = async () => {
    const server = await startDiscordServer(world);
    origin = server.origin;
    return server;
  };
  return { world, serve };
}
