/** What may have happened in a guild while nobody listened: which chats have news, and since when. */
import { AuditLogEvent, ChannelType, PermissionFlagsBits } from "discord.js";
import type { DiscordGuild } from "../guilds.ts";
import { changeIn } from "../receive/changes.ts";
import type { ChannelLike, Chat } from "../receive/chat.ts";
import type { AuditPayload, ChannelPayload } from "../receive/payloads.ts";
import { dateOf, idAt, isNewer } from "../receive/time.ts";
import { channelOf } from "../receive.ts";
import type { Desk } from "./desk.ts";
import { archivedAt } from "./reader.ts";
import { restingSince } from "./turns.ts";

/** How far back is read (F8). */
export const LOOK_BACK_MS = 8 * 24 * 60 * 60_000;

/** A chat with news. */
export interface News {
  readonly chat: Chat;
  /** Read from the message after this one on. */
  readonly after: string;
  /** The message that the thread was started from is part of the news. */
  readonly withStarter: boolean;
  /** What the audit log tells of it, the oldest first. */
  readonly entries: readonly AuditPayload[];
  /** Nobody put it to rest: Discord's timer did, or the log does not tell. */
  readonly rests?: { readonly id: string; readonly at: Date };
}

/** What was found out about a guild. */
export interface Missed {
  readonly news: readonly News[];
  /** Chats that are there, with or without news. */
  readonly known: ReadonlySet<string>;
  /** What the audit log says was deleted: whether it was a thread, by id. */
  readonly deleted: ReadonlyMap<string, boolean>;
}

/** How far the chats were read, by id; and since when nobody may have listened. */
export interface Read {
  readonly positions: ReadonlyMap<string, string>;
  readonly since: Date;
}

interface Found {
  readonly channel: ChannelLike;
  readonly last: string | null | undefined;
  /** Of a thread: as Discord tells it. */
  readonly payload?: ChannelPayload;
}

/** @throws AppError when Discord cannot be asked. */
export async function findMissed(desk: Desk, guild: DiscordGuild, read: Read): Promise<Missed> {
  const found = [
    ...ticketsOf(desk, guild),
    ...(await desk.reader.activeThreads(guild.ref.externalId)).map(foundThread),
    ...(await restingThreads(desk, guild)).map(foundThread),
  ];
  const entries = await entriesOf(desk, guild, read.since);
  const byTarget = Map.groupBy(entries.updates, ({ target_id }) => target_id ?? "");
  const chats = found.flatMap((each) => {
    const chat = desk.support.find(each.channel);
    return chat === undefined ? [] : [{ ...each, chat }];
  });
  return {
    news: chats.flatMap(
      (each) => newsOf(each, byTarget.get(each.chat.ref.externalId) ?? [], read) ?? [],
    ),
    known: new Set(chats.map(({ chat }) => chat.ref.externalId)),
    deleted: entries.deleted,
  };
}

function foundThread(payload: ChannelPayload): Found {
  return { channel: channelOf(payload), last: payload.last_message_id, payload };
}

function ticketsOf({ client }: Desk, { ref }: DiscordGuild): Found[] {
  const channels = client.guilds.cache.get(ref.externalId)?.channels.cache;
  return [...(channels?.values() ?? [])].flatMap((channel) =>
    channel.type === ChannelType.GuildText ? [{ channel, last: channel.lastMessageId }] : [],
  );
}

/** Threads of support channels that sleep; private ones only where the bot sees all of them. */
async function restingThreads(desk: Desk, { ref }: DiscordGuild): Promise<ChannelPayload[]> {
  const guild = desk.client.guilds.cache.get(ref.externalId);
  const parents = [...(guild?.channels.cache.values() ?? [])].filter(
    (channel) => channel.isThreadOnly() || channel.type === ChannelType.GuildText,
  );
  const since = new Date(desk.now() - LOOK_BACK_MS);
  const all: ChannelPayload[] = [];
  for (const parent of parents.filter((each) => desk.support.isSupport(each))) {
    all.push(...(await desk.reader.archivedThreads(parent.id, "public", since)));
    const me = guild?.members.me;
    const seesAll = me != null && parent.permissionsFor(me).has(PermissionFlagsBits.ManageThreads);
    if (seesAll && parent.type === ChannelType.GuildText)
      all.push(...(await desk.reader.archivedThreads(parent.id, "private", since)));
  }
  return all;
}

async function entriesOf({ reader, audit }: Desk, { ref }: DiscordGuild, since: Date) {
  const read = (action: AuditLogEvent) =>
    audit.mayRead(ref.externalId)
      ? reader.auditEntries(ref.externalId, action, idAt(since.getTime()))
      : Promise.resolve([]);
  const updates = [
    ...(await read(AuditLogEvent.ThreadUpdate)),
    ...(await read(AuditLogEvent.ChannelUpdate)),
  ];
  const deleted = new Map<string, boolean>();
  for (const { target_id } of await read(AuditLogEvent.ThreadDelete))
    deleted.set(target_id ?? "", true);
  for (const { target_id } of await read(AuditLogEvent.ChannelDelete))
    deleted.set(target_id ?? "", false);
  return { updates, deleted };
}

/** Undefined: nothing new. */
function newsOf(
  { chat, last, payload }: Found & { readonly chat: Chat },
  entries: readonly AuditPayload[],
  { positions, since }: Read,
): News | undefined {
  const id = chat.ref.externalId;
  const position = positions.get(id);
  const isNew = position === undefined && bornAt(id, payload) >= since.getTime();
  const after = position ?? (isNew ? "0" : idAt(since.getTime()));
  const hasWords = last != null && isNewer(last, after);
  const rests = restOf(payload, since, entries, chat);
  if (!hasWords && !isNew && entries.length === 0 && rests === undefined) return undefined;
  return { chat, after, withStarter: isNew, entries, ...(rests === undefined ? {} : { rests }) };
}

/** A thread that was started from a message has the message's id, which is older. */
function bornAt(id: string, payload: ChannelPayload | undefined): number {
  const born = Date.parse(payload?.thread_metadata?.create_timestamp ?? "");
  return Number.isNaN(born) ? dateOf(id).getTime() : born;
}

function restOf(
  payload: ChannelPayload | undefined,
  since: Date,
  entries: readonly AuditPayload[],
  { marks }: Chat,
): News["rests"] {
  if (payload?.thread_metadata?.archived !== true) return undefined;
  if (archivedAt(payload) < since.getTime()) return undefined;
  const last = entries.findLast((entry) => changeIn(entry, marks).archived !== undefined);
  const isSomebodys = last !== undefined && changeIn(last, marks).archived === true;
  return isSomebodys ? undefined : restingSince(payload);
}
