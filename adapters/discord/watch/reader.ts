/** What Discord is asked about chats: always one try, or at a pace that keeps its limits far away. */
import { setTimeout as pause } from "node:timers/promises";
import { type AuditLogEvent, type Client, RESTJSONErrorCodes as Codes, Routes } from "discord.js";
import type { z } from "zod";
import { type AppError, hasCode } from "../../../src/errors.ts";
import { discordError, isRefusal } from "../errors.ts";
import {
  type AuditPayload,
  auditLog,
  type ChannelPayload,
  channel,
  type MessagePayload,
  message,
  messages,
  threads,
  users,
} from "../receive/payloads.ts";
import { byAge } from "../receive/time.ts";

/** https://docs.discord.com/developers/resources/message#get-channel-messages, and others. */
const PAGE = 100;

/** What Discord answers about something that may be gone, or closed to us. */
export type Look<T> = T | "gone" | "hidden";

export interface Reader {
  channel(id: string): Promise<Look<ChannelPayload>>;
  message(channelId: string, id: string): Promise<Look<MessagePayload>>;
  /** The next after that one, at most 100, the oldest first. */
  messagesAfter(channelId: string, after: string, limit?: number): Promise<MessagePayload[]>;
  /** The last before that one, the newest first. */
  messagesBefore(channelId: string, before: string, limit: number): Promise<MessagePayload[]>;
  /** Users with this reaction on a message, at most 100. */
  reactors(channelId: string, messageId: string, emoji: string): Promise<string[]>;
  activeThreads(guildId: string): Promise<ChannelPayload[]>;
  /** Those that were archived since then, the newest first; at most a few hundred. */
  archivedThreads(
    parentId: string,
    visibility: "public" | "private",
    since: Date,
  ): Promise<ChannelPayload[]>;
  /** Entries since then, the oldest first; at most a few hundred, the newest. */
  auditEntries(guildId: string, action: AuditLogEvent, since: string): Promise<AuditPayload[]>;
}

export interface ReaderOptions {
  readonly client: Pick<Client, "rest">;
  /** Before each request. @throws AppError when nothing may be asked now. */
  readonly mayAsk: () => void;
  /** Between two requests; without it there is no pause, and limits are thrown. */
  readonly paceMs?: number;
  readonly signal?: AbortSignal;
}

/** How many pages of threads and entries are read at most (F3). */
const MAX_PAGES = 3;

/** Its functions throw AppErrors. */
export function createReader(options: ReaderOptions): Reader {
  const get = createGet(options);
  const list = async <T>(route: Route, query: Query, shape: z.ZodType<T[]>): Promise<T[]> => {
    const found = await looked(() => get(route, query));
    return typeof found === "string" ? [] : shape.parse(found);
  };
  const look = async <T>(route: Route, shape: z.ZodType<T>): Promise<Look<T>> => {
    const found = await looked(() => get(route, {}));
    if (found === "gone" || found === "hidden") return found;
    const parsed = shape.safeParse(found);
    return parsed.success ? parsed.data : "hidden"; // F19
  };
  const byId = <T extends { readonly id: string }>(all: T[]) =>
    all.sort((one, other) => byAge(one.id, other.id));

  return {
    channel: (id) => look(Routes.channel(id), channel),
    message: (channelId, id) => look(Routes.channelMessage(channelId, id), message),
    messagesAfter: async (channelId, after, limit = PAGE) =>
      byId(await list(Routes.channelMessages(channelId), { after, limit }, messages)),
    messagesBefore: async (channelId, before, limit) =>
      byId(await list(Routes.channelMessages(channelId), { before, limit }, messages)).reverse(),
    async reactors(channelId, messageId, emoji) {
      const route = Routes.channelMessageReaction(channelId, messageId, emoji);
      return (await list(route, { limit: PAGE }, users)).map(({ id }) => id);
    },
    async activeThreads(guildId) {
      const found = await looked(() => get(Routes.guildActiveThreads(guildId), {}));
      return typeof found === "string" ? [] : threads.parse(found).threads;
    },
    archivedThreads: (parentId, visibility, since) =>
      archivedSince(get, Routes.channelThreads(parentId, visibility), since),
    auditEntries: async (guildId, action, since) =>
      byId(await entriesSince(get, Routes.guildAuditLog(guildId), action, since)),
  };
}

type Route = `/${string}`;
type Query = Readonly<Record<string, string | number>>;
type Get = (route: Route, query: Query) => Promise<unknown>;

async function archivedSince(get: Get, route: Route, since: Date): Promise<ChannelPayload[]> {
  const all: ChannelPayload[] = [];
  let before: Query = {};
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const found = await looked(() => get(route, { limit: PAGE, ...before }));
    if (typeof found === "string") break;
    const page = threads.parse(found);
    all.push(...page.threads.filter((thread) => archivedAt(thread) >= since.getTime()));
    const last = page.threads.at(-1);
    if (!page.has_more || last === undefined || archivedAt(last) < since.getTime()) break;
    before = { before: last.thread_metadata?.archive_timestamp ?? "" };
  }
  return all;
}

/** When a thread was archived or woken last; the beginning of time when it does not say. */
export function archivedAt({ thread_metadata }: ChannelPayload): number {
  const at = Date.parse(thread_metadata?.archive_timestamp ?? "");
  return Number.isNaN(at) ? 0 : at;
}

/** From the newest back: what matters most when there are too many. */
async function entriesSince(
  get: Get,
  route: Route,
  action: AuditLogEvent,
  since: string,
): Promise<AuditPayload[]> {
  const all: AuditPayload[] = [];
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const oldest = all.at(-1)?.id;
    const before = oldest === undefined ? {} : { before: oldest };
    const found = await looked(() => get(route, { action_type: action, limit: PAGE, ...before }));
    if (typeof found === "string") break;
    const page = auditLog.parse(found).audit_log_entries;
    all.push(...page.filter(({ id }) => byAge(id, since) > 0));
    if (page.length < PAGE || page.some(({ id }) => byAge(id, since) <= 0)) break;
  }
  return all;
}

/** An expected "no" is a value. */
async function looked(call: () => Promise<unknown>): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    if (isRefusal(error, Codes.UnknownChannel, Codes.UnknownMessage, Codes.UnknownGuild))
      return "gone";
    if (isRefusal(error, Codes.MissingAccess, Codes.MissingPermissions)) return "hidden";
    throw error;
  }
}

/** How often a paced request waits for a limit before it gives up. */
const MAX_WAITS = 5;
const LONGEST_WAIT_MS = 60_000;

function createGet({ client, mayAsk, paceMs, signal }: ReaderOptions): Get {
  let last: Promise<unknown> = Promise.resolve();
  const once: Get = async (route, query) => {
    mayAsk();
    const params = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) params.set(key, String(value));
    return await client.rest.get(route, { query: params }).catch((error: unknown) => {
      throw discordError(error, "read");
    });
  };
  if (paceMs === undefined) return once;
  const rest = (ms: number) => pause(ms, undefined, signal === undefined ? {} : { signal });
  const patiently: Get = async (route, query) => {
    for (let waits = 0; ; waits += 1) {
      try {
        return await once(route, query);
      } catch (error) {
        if (!hasCode(error, "rate-limited") || waits >= MAX_WAITS) throw error;
        await rest(waitFor(error));
      }
    }
  };
  // One after another, with a pause between two.
  return (route, query) => {
    const mine = last.then(() => patiently(route, query));
    last = mine.catch(() => {}).then(() => rest(paceMs).catch(() => {}));
    return mine;
  };
}

const waitFor = ({ retryAfterMs = 1000 }: AppError): number =>
  Math.min(retryAfterMs, LONGEST_WAIT_MS);
