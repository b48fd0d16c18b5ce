/**
 * Everything that happens in Discord without being asked of us: messages in support chats and in
 * direct messages, chats that are closed and opened again, guilds and places that open. Each place
 * has its line, so that its events reach the inbox in their order; nothing rejects.
 *
 * Packets are read as they come, before discord.js: it tells nothing of threads that it does not
 * know, and what it knows is how things stood before.
 */
import { type Client, Events } from "discord.js";
import type { Bookmark, CoreServices, Inbox, PlatformEvent } from "../../src/platform.ts";
import { within } from "../common/patience.ts";
import type { Directory } from "./directory.ts";
import type { Guilds } from "./guilds.ts";
import type { DiscordOptions } from "./options.ts";
import type { Support } from "./receive/chat.ts";
import { readPacket } from "./receive.ts";
import type { Tell } from "./send.ts";
import { createAudit } from "./watch/audit.ts";
import { createCatchUp } from "./watch/catch-up.ts";
import type { Desk } from "./watch/desk.ts";
import { createDirects } from "./watch/directs.ts";
import { createLines } from "./watch/lines.ts";
import { createOpenings } from "./watch/openings.ts";
import { createReader } from "./watch/reader.ts";
import { createSeen } from "./watch/seen.ts";
import { createSessions } from "./watch/sessions.ts";
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
  /** Before something is read. @throws AppError when too much was refused lately (F4). */
  readonly mayAsk: () => void;
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
  /** How long what is done in a chat waits for what was said there before, at most. */
  readonly turn: number;
}

const usual: Pace = {
  audit: 2000,
  read: 100,
  retry: 1000,
  stop: 5000,
  seen: 60_000,
  hold: 30_000,
  turn: 10_000,
};

export interface Watch {
  /** Listens from now on; what comes before `onNewSession` waits for it. Call before the login. */
  start(): void;
  /** A shard has a new session and its guilds are there: reads back what was missed (F8). */
  onNewSession(shardId: number): void;
  /** Resolves when what came before in this chat is taken in, or after a while. Never rejects. */
  after(chatId: string): Promise<void>;
  /** Reads a direct message from there on: a question of ours stands there that nobody knew of. */
  readDirect(bookmark: Bookmark): void;
  /** Of these direct messages nothing is remembered. */
  forget(places: readonly string[]): void;
  /** Takes nothing more and waits for what is under way, for a few seconds at most. */
  stop(): Promise<void>;
}

export function createWatch(watch: WatchOptions): Watch {
  const { client, options } = watch;
  const { log } = options;
  const pace = { ...usual, ...watch.pace };
  const parts = createParts(watch, pace);
  const { stopping, lines, seen, sorting, sessions, openings, catchUp, directs } = parts;
  let timer: NodeJS.Timeout | undefined;

  /** All is taken in: that is noted. Something was missed: it is read back, and not noted before. */
  const look = () => {
    if (!lines.idle()) return;
    if (!lines.missed()) void seen.note();
    else {
      lines.forgive();
      for (const id of client.ws.shards.keys()) sessions.begin(id);
    }
  };
  const onPacket = (packet: unknown, shardId: number) => {
    const happening = readPacket(packet);
    if (happening === undefined || stopping.signal.aborted) return;
    if (happening.kind === "ready") sessions.open(shardId, happening.session);
    sort(sorting, happening, sessions.newsId(shardId, happening.sequence));
  };
  const listener = (packet: unknown, shardId: number) => {
    // One that throws here would end discord.js's reading of the line.
    try {
      onPacket(packet, shardId);
    } catch (error) {
      const kind = error instanceof Error ? error.name : typeof error;
      log.error({ kind }, "a packet of Discord's could not be read");
    }
  };

  return {
    start() {
      client.on(Events.Raw, listener);
      openings.start();
      timer = setInterval(look, pace.seen);
      timer.unref();
    },
    onNewSession(shardId) {
      openings.learn();
      sessions.begin(shardId);
    },
    readDirect: catchUp.readDirect,
    forget: (places) => places.forEach(directs.forget),
    async after(chatId) {
      await within(new Promise<void>((done) => lines.add(chatId, async () => done())), pace.turn);
    },
    async stop() {
      const isAllTaken = lines.idle() && !lines.missed();
      stopping.abort();
      client.off(Events.Raw, listener);
      clearInterval(timer);
      sessions.stop();
      await lines.stop(pace.stop);
      if (isAllTaken) await seen.note();
    },
  };
}

function createParts(watch: WatchOptions, pace: Pace) {
  const { client, guilds, inbox, core, options, mayAsk } = watch;
  const { log, now = Date.now } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const lines = createLines({ retryMs: pace.retry, log });
  const reader = createReader({ client, mayAsk });
  const audit = createAudit({ client, reader, now, patienceMs: pace.audit });
  const take = (event: PlatformEvent) => inbox.receive(event);
  const desk: Desk = { ...watch, audit, reader, now, take };
  const slow: Desk = {
    ...desk,
    reader: createReader({ client, mayAsk, paceMs: pace.read, signal }),
  };
  const directs = createDirects(desk);
  const seen = createSeen({ core, now, log });
  const catchUp = createCatchUp({ desk: slow, directs, lines, core, seen: seen.last });
  const sorting: Sorting = { desk, directs, catchUp, lines };
  const sessions = createSessions({ lines, catchUp, seen, holdMs: pace.hold });
  const openings = createOpenings({
    ...{ client, guilds, options, now },
    onOpened: (guild, event) =>
      lines.add(guild.ref.externalId, async () => {
        await take(event);
        if (event.kind === "connection-opened") await catchUp.readAgain(guild);
      }),
  });
  return { stopping, lines, seen, sorting, sessions, openings, catchUp, directs };
}
