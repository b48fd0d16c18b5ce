/**
 * After a restart, or a session that could not be resumed, what was missed is read back (F8): words
 * in chats and direct messages from where they were read to, closings from the audit log. Everything
 * has the id that it would have had, so nothing counts twice. What was pressed meanwhile is lost, and
 * Discord has told whoever pressed it.
 */
import { ChannelType } from "discord.js";
import type { Bookmark, CoreServices } from "../../../src/platform.ts";
import type { DiscordGuild } from "../guilds.ts";
import { deletionOf } from "../receive/changes.ts";
import { byAge, idAt, isNewer, older } from "../receive/time.ts";
import type { Desk } from "./desk.ts";
import type { Directs } from "./directs.ts";
import type { Lines } from "./lines.ts";
import { findMissed, LOOK_BACK_MS, type Missed, type News } from "./missed.ts";
import { takeChatMessage, takeDirectMessage, takeStarter } from "./talk.ts";
import type { Work } from "./trying.ts";
import { eventOf, takeEntry } from "./turns.ts";

/** What is read at most (F3): messages of a place, and places that are looked for one by one. */
export const MAX_MESSAGES = 500;
const MAX_PLACES = 300;

/** Clocks differ, and what was under way at the last moment may not be written. */
const OVERLAP_MS = 2 * 60_000;

export interface CatchUp {
  /**
   * Finds out what may have been missed and puts the reading of it first in the places' lines.
   * @throws AppError when Discord or the core cannot be asked; nothing is done then.
   */
  run(shardId: number): Promise<void>;
  /** The same for the shard of this guild: we can see it, or more of it, again. */
  readAgain(guild: DiscordGuild): Promise<void>;
  /** Reads one chat from its start: we have just been let in. */
  readWhole(news: Pick<News, "chat">): Promise<void>;
  /** Reads a direct message from there on: a question of ours stands there that nobody knew of. */
  readDirect(bookmark: Bookmark): void;
}

export interface CatchUpOptions {
  readonly desk: Desk;
  readonly directs: Directs;
  readonly lines: Pick<Lines, "addFirst">;
  readonly core: Pick<CoreServices, "bookmarks">;
  /** When this shard was listening for the last time, if that is known. */
  readonly seen: (shardId: number) => Promise<Date | undefined>;
}

/** How far one guild was read. */
interface Kept {
  readonly guild: DiscordGuild;
  readonly marks: Awaited<ReturnType<CoreServices["bookmarks"]>>;
}

export function createCatchUp(options: CatchUpOptions): CatchUp {
  const { desk, directs, lines, core, seen } = options;
  const { client, guilds, now } = desk;
  const log = desk.options.log;

  const isOn = (shardId: number) => (guild: DiscordGuild) =>
    client.guilds.cache.get(guild.ref.externalId)?.shardId === shardId;

  const catchUp: CatchUp = {
    async readAgain({ ref }) {
      const shardId = client.guilds.cache.get(ref.externalId)?.shardId;
      if (shardId !== undefined) await catchUp.run(shardId);
    },
    async run(shardId) {
      const isHere = isOn(shardId);
      // Direct messages are told to the first shard, whichever guild they are for.
      const scope = guilds.all().filter((guild) => shardId === 0 || isHere(guild));
      const last = await seen(shardId);
      const kept: Kept[] = [];
      for (const guild of scope)
        kept.push({
          guild,
          marks: await core.bookmarks(guild.ref, new Date(now() - LOOK_BACK_MS)),
        });
      const jobs: [place: string, work: Work][] = [];
      const known = new Set<string>();
      const deleted = new Map<string, boolean>();
      for (const { guild, marks } of kept.filter(({ guild }) => isHere(guild))) {
        const since = sinceOf(last, marks[0]?.keptAt, now());
        if (since === undefined) continue;
        const positions = new Map(marks.map(({ place, position }) => [place, position]));
        const missed = await findMissed(desk, guild, { positions, since });
        collect(missed, { known, deleted });
        for (const news of missed.news)
          jobs.push([news.chat.ref.externalId, () => readNews(desk, guild, news)]);
      }
      for (const [place, lost] of strays(kept, known))
        jobs.push([place, () => readStray(desk, directs, { place, ...lost, shardId, deleted })]);
      begin(jobs);
    },
    readDirect: ({ place, position }) =>
      lines.addFirst(place, async () => {
        for (const message of await messagesSince(desk, place, position))
          await takeDirectMessage(desk, directs, message);
      }),
    readWhole: ({ chat }) => {
      const guild = guilds.find(chat.guildId);
      const news = { chat, after: "0", withStarter: true, entries: [] };
      return guild === undefined ? Promise.resolve() : readNews(desk, guild, news);
    },
  };
  return catchUp;

  function begin(jobs: readonly [place: string, work: Work][]): void {
    if (jobs.length === 0) return;
    log.info({ places: jobs.length }, "reading back what may have been missed in Discord");
    let done = 0;
    for (const [place, work] of jobs) {
      lines.addFirst(place, async () => {
        await work();
        done += 1;
        if (done % 50 === 0 || done === jobs.length)
          log.info({ done, places: jobs.length }, "read back in Discord");
      });
    }
  }
}

function collect(
  missed: Missed,
  into: { readonly known: Set<string>; readonly deleted: Map<string, boolean> },
): void {
  for (const id of missed.known) into.known.add(id);
  for (const [id, isThread] of missed.deleted) into.deleted.set(id, isThread);
}

/** Since when nobody may have listened. A guild that nothing is known of has nothing to read back. */
function sinceOf(seen: Date | undefined, kept: Date | undefined, now: number): Date | undefined {
  const last = Math.max(seen?.getTime() ?? 0, kept?.getTime() ?? 0);
  if (last === 0) return undefined;
  return new Date(Math.max(last - OVERLAP_MS, now - LOOK_BACK_MS));
}

/** A place that was read and is no chat that is there: a direct message, or something deleted. */
interface Stray {
  readonly guild: DiscordGuild;
  readonly after: string;
}

/** The newest first, as many as are looked for; what several guilds read, from where any did. */
function strays(kept: readonly Kept[], known: ReadonlySet<string>): Map<string, Stray> {
  const all = kept
    .flatMap(({ guild, marks }) => marks.map((mark) => ({ guild, ...mark })))
    .filter(({ place }) => !known.has(place))
    .sort((one, other) => other.keptAt.getTime() - one.keptAt.getTime());
  const found = new Map<string, Stray>();
  for (const { guild, place, position } of all) {
    const before = found.get(place);
    if (before === undefined && found.size >= MAX_PLACES) continue;
    const after = before === undefined ? position : older(before.after, position);
    found.set(place, { guild: before?.guild ?? guild, after });
  }
  return found;
}

/** Everything of a chat in the order in which it happened. */
async function readNews(desk: Desk, guild: DiscordGuild, news: News): Promise<void> {
  const { chat, after, withStarter, entries, rests } = news;
  const id = chat.ref.externalId;
  if (withStarter) await takeStarter(desk, chat);
  const messages = await messagesSince(desk, id, after);
  const happened: { readonly id: string; readonly work: Work }[] = [
    ...messages.map((message) => ({
      id: message.id,
      work: () => takeChatMessage(desk, message, chat),
    })),
    ...entries.map((entry) => ({
      id: entry.id,
      work: () => takeEntry(desk, guild, entry, chat),
    })),
  ];
  if (rests !== undefined) {
    const event = eventOf({ kind: "chat-closed", reason: "inactivity" }, { guild, chat, ...rests });
    happened.push({
      id: idAt(rests.at.getTime()),
      work: async () => void (await desk.take(event)),
    });
  }
  for (const { work } of happened.sort((one, other) => byAge(one.id, other.id))) await work();
}

async function messagesSince({ reader }: Desk, place: string, after: string) {
  const all = await reader.messagesAfter(place, after);
  for (let last = all.at(-1); last !== undefined && all.length % 100 === 0; last = all.at(-1)) {
    if (all.length >= MAX_MESSAGES) break;
    const next = await reader.messagesAfter(place, last.id);
    if (next.length === 0) break;
    all.push(...next);
  }
  return all;
}

async function readStray(
  desk: Desk,
  directs: Directs,
  stray: Stray & {
    readonly place: string;
    readonly shardId: number;
    readonly deleted: ReadonlyMap<string, boolean>;
  },
): Promise<void> {
  const { guild, place, after, shardId, deleted } = stray;
  const channel = await desk.reader.channel(place);
  if (channel === "gone") {
    const isThread = deleted.get(place);
    // Without the audit log nobody knows whether it was a ticket that was done: then nobody is asked.
    const turn =
      isThread === undefined
        ? ({ kind: "chat-closed", reason: "inactivity" } as const)
        : deletionOf(isThread);
    const chat = { ref: { externalId: place, channel: "" } };
    const at = new Date(desk.now());
    await desk.take(eventOf(turn, { guild, chat, id: `d:${place}`, at }));
    return;
  }
  if (channel === "hidden" || channel.type !== ChannelType.DM || shardId !== 0) return;
  const last = channel.last_message_id;
  if (last != null && !isNewer(last, after)) return;
  for (const message of await messagesSince(desk, place, after))
    await takeDirectMessage(desk, directs, message);
}
