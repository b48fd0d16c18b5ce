/**
 * Which guilds are served. A stranger who invites a public bot must never see this workspace's
 * answers: only named guilds are served, or else the only one that the bot is in.
 */
import { type Client, Events, type Guild } from "discord.js";
import { AppError } from "../../src/errors.ts";
import type { ConnectionRef, CoreServices } from "../../src/platform.ts";
import { discordError } from "./errors.ts";
import { type Entry, entryOf, listGuilds, localeOf } from "./guilds/lookup.ts";
import { guildRef } from "./ids.ts";
import type { DiscordOptions } from "./options.ts";
import { persist } from "./patience.ts";

export interface DiscordGuild {
  /** `externalId` is the guild's id. */
  readonly ref: ConnectionRef;
  readonly name: string;
  /** BCP 47 tag of a community's own language; other guilds have none. */
  readonly locale?: string;
}

export interface Guilds {
  /** Those that are served and that the bot is in now. */
  all(): readonly DiscordGuild[];
  serves(guildId: string): boolean;
  find(guildId: string | null | undefined): DiscordGuild | undefined;
  byRef(ref: ConnectionRef): DiscordGuild | undefined;
  /**
   * With none named, the one that is served is kept over restarts: else it would only have to remove
   * the bot for a stranger's to take its place.
   * @throws AppError `bad-setting` when it was another one before.
   */
  keepTo(core: Notes): Promise<void>;
  /** A guild that is served was joined while running, for the first time or again. */
  onJoined(listener: (guild: DiscordGuild) => void): void;
  /** Asks Discord again, for what happened while nothing came in. Never rejects. */
  refresh(): Promise<void>;
}

type GuildOptions = Pick<DiscordOptions, "guilds" | "log">;
type Notes = Pick<CoreServices, "readNote" | "keepNote">;
const NOTE = "guild.only";

/**
 * Asks Discord which guilds the bot is in, and from then on follows what the gateway says.
 * @throws AppError `bad-setting` when there are several and none is named, `temporary` or
 * `rate-limited` when Discord cannot be asked, `revoked` when it refuses the token.
 */
export async function openGuilds(
  client: Client,
  options: GuildOptions,
  pauses?: readonly number[],
): Promise<Guilds> {
  const found = await persist(() => listGuilds(client.rest), pauses);
  if (options.guilds.length === 0 && found.length > 1) throw severalGuilds(found);
  const guilds = createGuilds(client, options);
  for (const { id, name } of found) {
    const locale = guilds.isWanted(id) ? await localeOf(client.rest, id) : undefined;
    guilds.enter({ id, name, locale });
  }
  for (const id of options.guilds.filter((each) => !guilds.serves(each))) {
    options.log.warn(
      { guild: id, advice: "Invite it with the link of: aftertalk discord invite" },
      "the bot is not in this Discord server yet",
    );
  }
  return guilds;
}

interface OpenGuilds extends Guilds {
  isWanted(guildId: string): boolean;
  enter(entry: Entry): void;
}

function createGuilds(client: Client, { guilds: named, log }: GuildOptions): OpenGuilds {
  const here = new Map<string, DiscordGuild>();
  const ignored = new Set<string>();
  const listeners: ((guild: DiscordGuild) => void)[] = [];
  /** With none named, the first one there is. It stays the only one, also after it was left. */
  let only: string | undefined;
  let notes: Notes | undefined;
  const noteOnly = async () => {
    if (only !== undefined) await notes?.keepNote(NOTE, only);
  };

  const isWanted = (id: string) => (named.length > 0 ? named.includes(id) : (only ?? id) === id);
  const enter = ({ id, name, locale }: Entry): boolean => {
    if (!isWanted(id)) {
      ignore(id);
      return false;
    }
    if (named.length === 0) only = id;
    const isNew = !here.has(id);
    here.set(id, { ref: guildRef(id), name, ...(locale === undefined ? {} : { locale }) });
    return isNew;
  };
  const ignore = (id: string) => {
    if (ignored.has(id)) return;
    ignored.add(id);
    log.warn(
      { guild: id, advice: "Put its id into DISCORD_GUILDS to serve it, or make the bot private." },
      "the bot is in a Discord server that is not served; nothing of it is read",
    );
  };
  const join = (entry: Entry) => {
    if (!enter(entry)) return;
    // Where it cannot be kept now, the next start keeps it.
    noteOnly().catch((error: unknown) => log.warn({ error }, "the server could not be noted"));
    log.info({ guild: entry.id }, "the bot is in this Discord server now");
    const known = here.get(entry.id);
    if (known !== undefined) for (const listener of listeners) listener(known);
  };
  const joined = (guild: Guild) => join(entryOf(guild));
  const left = ({ id }: { readonly id: string }) => {
    ignored.delete(id);
    if (!here.delete(id)) return;
    log.warn(
      { guild: id, advice: "Invite it again to go on; until then everything for it waits." },
      "the bot was removed from this Discord server; nothing is deleted",
    );
  };
  client.on(Events.GuildCreate, joined);
  client.on(Events.GuildAvailable, joined);
  client.on(Events.GuildUpdate, (_before, guild) => {
    if (here.has(guild.id)) enter(entryOf(guild));
  });
  client.on(Events.GuildDelete, left);

  return {
    all: () => [...here.values()],
    serves: (id) => here.has(id),
    find: (id) => here.get(id ?? ""),
    byRef: ({ platform, externalId }) =>
      platform === "discord" ? here.get(externalId) : undefined,
    async keepTo(core) {
      if (named.length > 0) return;
      const before = await core.readNote(NOTE);
      const other = here.values().find(({ ref }) => ref.externalId !== before);
      if (before !== undefined && other !== undefined) throw anotherGuild(other);
      only = before ?? only;
      notes = core;
      await noteOnly();
    },
    onJoined: (listener) => void listeners.push(listener),
    async refresh() {
      try {
        const found = await listGuilds(client.rest);
        const ids = new Set(found.map(({ id }) => id));
        for (const id of [...here.keys()].filter((each) => !ids.has(each))) left({ id });
        for (const entry of found.filter(({ id }) => !here.has(id))) join(entry);
      } catch (error) {
        log.warn({ error: discordError(error, "read") }, "the Discord servers were not looked up");
      }
    },
    isWanted,
    enter,
  };
}

function anotherGuild({ name, ref }: DiscordGuild): AppError {
  const id = `${name} (${ref.externalId})`;
  return new AppError("bad-setting", `The bot is in another Discord server than before: ${id}.`, {
    advice:
      "Put its id into DISCORD_GUILDS if it may see the answers that are here; else take the bot out of it.",
  });
}

function severalGuilds(guilds: readonly Entry[]): AppError {
  const list = guilds.map(({ id, name }) => `${name} (${id})`).join(", ");
  return new AppError("bad-setting", `The bot is in several Discord servers: ${list}.`, {
    advice: "Put the ids of those to serve into DISCORD_GUILDS, separated by commas.",
  });
}
