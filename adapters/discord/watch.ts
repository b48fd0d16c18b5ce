/**
 * Everything that happens in Discord without being asked of us: messages in support chats and in
 * direct messages, chats that are closed and opened again, guilds and places that open. Each place
 * has its line, so that its events reach the inbox in their order; nothing rejects.
 *
 * Packets are read as they come, before discord.js: it tells nothing of threads that it does not
 * know, and what it knows is how things stood before.
 */
import { createHash } from "node:crypto";
import { type Client, Events } from "discord.js";
import type { CoreServices, Inbox, PlatformEvent } from "../../src/platform.ts";
import type { Directory } from "./directory.ts";
import type { DiscordGuild, Guilds } from "./guilds.ts";
import type { DiscordOptions } from "./options.ts";
import type { Support } from "./receive/chat.ts";
import { type Happening, readPacket } from "./receive.ts";
import type { Tell } from "./send.ts";
import { createAudit } from "./watch/audit.ts";
import { createCatchUp } from "./watch/catch-up.ts";
import type { Desk } from "./watch/desk.ts";
import { createDirects } from "./watch/directs.ts";
import { createLines } from "./watch/lines.ts";
import { createOpenings } from "./watch/openings.ts";
import { createReader } from "./watch/reader.ts";
import { createSeen } from "./watch/seen.ts";
import { type Sorting, sort } from "./watch/sorting.ts";

export interface WatchOptions {
  readonly client: Client;
  readonly guilds: Guilds;
  readonly directory: Directory;
  readonly support: Support;
  readonly inbox: Inbox;
  readonly core: Pick<CoreServices, "bookmarks" | "readNote" | "keepNote">;
  /** Says what the core replies to a direct message. */
  readonly tell: Tell;
  readonly options: Pick<DiscordOptions, "closeEmoji" | "leadsChannels" | "log" | "now">;
  readonly pace?: Partial<Pace>;
}

/** In milliseconds. */
export interface Pace {
  /** How long the audit log may take to say who did something, before it is asked. */
  readonly audit: number;
  /** Between two requests while reading back (F3). */
  readonly read: number;
  /** The first pause before something is tried again; it doubles up to a minute. */
  readonly retry: number;
  /** How long a stop waits for what is under way. */
  readonly stop: number;
  /** Between two notes of having been here. */
  readonly seen: number;
  /** How long what comes in waits for `onNewSession` at most. */
  readonly hold: number;
}

const usual: Pace = {
  audit: 2000,
  read: 100,
  retry: 1000,
  stop: 5000,
  seen: 60_000,
  hold: 30_000,
};

export interface Watch {
  /** Listens from now on; what comes before `onNewSession` waits for it. Call before the login. */
  start(): void;
  /** A shard has a new session and its guilds are there: reads back what was missed (F8). */
  onNewSession(shardId: number): void;
  /** Takes nothing more and waits for what is under way, for a few seconds at most. */
  stop(): Promise<void>;
}

export function createWatch(watch: WatchOptions): Watch {
  const { client, guilds, inbox, core, options } = watch;
  const { log, now = Date.now } = options;
  const pace = { ...usual, ...watch.pace };
  const stopping = new AbortController();
  const lines = createLines({ retryMs: pace.retry, log });
  const reader = createReader({ client });
  const audit = createAudit({ client, reader, now, patienceMs: pace.audit });
  const take = (event: PlatformEvent) => inbox.receive(event);
  const desk: Desk = { ...watch, audit, reader, now, take };
  const slow = createReader({ client, paceMs: pace.read, signal: stopping.signal });
  const directs = createDirects(desk);
  const seen = createSeen({ core, lines, now, log });
  const catchUp = createCatchUp({
    desk: { ...desk, reader: slow },
    ...{ directs, lines, core },
    seen: seen.last,
  });
  const sorting: Sorting = { desk, directs, catchUp, lines };
  const openings = createOpenings(client, {
    ...{ guilds, options },
    onOpened: (guild) => opened(guild, { kind: "leads" }),
  });
  const sessions = new Map<number, string>();
  const holds = new Map<number, () => void>();
  let timer: NodeJS.Timeout | undefined;

  /** What is only a moment's news: its id is its time. */
  function opened({ ref }: DiscordGuild, place: { readonly kind: "leads" }): void {
    const at = new Date(now());
    const id = `o:${place.kind}:${at.getTime()}`;
    const event: PlatformEvent = { kind: "place-opened", id, connection: ref, at, place };
    lines.add(ref.externalId, async () => void (await take(event)));
  }

  /** The connection is made, or what waited for it goes out; then what was said meanwhile is read. */
  function joined({ ref, name }: DiscordGuild): void {
    const at = new Date(now());
    const id = `g:${ref.externalId}:${at.getTime()}`;
    const event: PlatformEvent = { kind: "connection-opened", id, connection: ref, at, name };
    lines.add(ref.externalId, async () => void (await take(event)));
    openings.learn(ref.externalId);
  }

  function hold(shardId: number): void {
    if (holds.has(shardId)) return;
    const release = lines.hold();
    const late = setTimeout(() => begin(shardId), pace.hold);
    late.unref();
    holds.set(shardId, () => {
      clearTimeout(late);
      holds.delete(shardId);
      release();
    });
  }

  /** What was missed comes before what has come in since; then everything may go on. */
  function begin(shardId: number): void {
    for (const { ref } of guilds.all()) openings.learn(ref.externalId);
    const caughtUp = () => seen.begin(shardId);
    void catchUp
      .run(shardId)
      .then(caughtUp, () =>
        // Tried again behind what has come in: late is better than never.
        lines.add(`shard:${shardId}`, () => catchUp.run(shardId).then(caughtUp)),
      )
      .finally(() => holds.get(shardId)?.());
  }

  function onPacket(packet: unknown, shardId: number): void {
    if (stopping.signal.aborted) return;
    const happening = readPacket(packet);
    if (happening?.kind === "ready") {
      sessions.set(shardId, digest(happening.session));
      seen.end(shardId);
      hold(shardId);
    }
    if (happening !== undefined) sort(sorting, happening, newsId(happening, shardId));
  }

  /** For what Discord gives no id to: session and number are the same when it is told again. */
  function newsId({ sequence }: Happening, shardId: number): string {
    return `${shardId}:${sessions.get(shardId) ?? ""}:${sequence}`;
  }

  return {
    start() {
      // One that throws here would end discord.js's reading of the line.
      client.on(Events.Raw, (packet: unknown, shardId: number) => {
        try {
          onPacket(packet, shardId);
        } catch (error) {
          log.error(
            { kind: error instanceof Error ? error.name : typeof error },
            "a packet of Discord's could not be read",
          );
        }
      });
      guilds.onJoined(joined);
      timer = setInterval(() => void seen.note(), pace.seen);
      timer.unref();
    },
    onNewSession: begin,
    async stop() {
      stopping.abort();
      clearInterval(timer);
      for (const release of [...holds.values()]) release();
      await lines.stop(pace.stop);
      await seen.note();
    },
  };
}

function digest(session: string): string {
  return createHash("sha256").update(session).digest("base64url").slice(0, 12);
}
