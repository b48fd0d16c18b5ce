/** Guilds that let us in, and leads' channels that we can write to again. */
import { type Client, Events, type Guild, PermissionFlagsBits } from "discord.js";
import type { PlatformEvent } from "../../../src/platform.ts";
import { leadsChannelOf } from "../directory/leads.ts";
import type { DiscordGuild, Guilds } from "../guilds.ts";
import type { DiscordOptions } from "../options.ts";

export interface Openings {
  /** Listens from now on. */
  start(): void;
  /** What is so now is no news. */
  learn(): void;
}

export interface OpeningsOptions {
  readonly client: Client;
  readonly guilds: Guilds;
  readonly options: Pick<DiscordOptions, "leadsChannels">;
  readonly now: () => number;
  /** A guild that was joined, or that Discord can show again; or its leads' channel is open. */
  readonly onOpened: (guild: DiscordGuild, event: PlatformEvent) => void;
}

const needed = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages];

export function createOpenings(given: OpeningsOptions): Openings {
  const { client, guilds, options, now, onOpened } = given;
  /** Whether the leads' channel can be written to, by guild. */
  const open = new Map<string, boolean>();
  /** Guilds that Discord has trouble with. */
  const away = new Set<string>();
  const learn = () => {
    for (const { ref } of guilds.all()) {
      const guild = client.guilds.cache.get(ref.externalId);
      if (guild !== undefined) open.set(guild.id, canWrite(guild, options.leadsChannels));
    }
  };
  const look = (guild: Guild) => {
    const known = guilds.find(guild.id);
    if (known === undefined) return;
    const isOpen = canWrite(guild, options.leadsChannels);
    if (isOpen && open.get(guild.id) === false) onOpened(known, leadsOpened(known, now()));
    open.set(guild.id, isOpen);
  };
  const joined = (guild: DiscordGuild) => {
    learn();
    onOpened(guild, connectionOpened(guild, now()));
  };
  return {
    learn,
    start() {
      guilds.onJoined(joined);
      client.on(Events.GuildUnavailable, ({ id }) => void away.add(id));
      client.on(Events.GuildAvailable, ({ id }) => {
        const guild = guilds.find(id);
        if (away.delete(id) && guild !== undefined) joined(guild);
      });
      client.on(Events.ChannelCreate, ({ guild }) => look(guild));
      client.on(Events.ChannelUpdate, (_before, channel) => {
        if (!channel.isDMBased()) look(channel.guild);
      });
      client.on(Events.ChannelDelete, (channel) => {
        if (!channel.isDMBased()) look(channel.guild);
      });
      client.on(Events.GuildRoleUpdate, (_before, { guild }) => look(guild));
      client.on(Events.GuildMemberUpdate, (_before, member) => {
        if (member.id === client.user?.id) look(member.guild);
      });
    },
  };
}

/** It happens rarely, and nobody tells it twice: the time names it. */
function leadsOpened({ ref }: DiscordGuild, now: number): PlatformEvent {
  const id = `o:leads:${now}`;
  const place = { kind: "leads" } as const;
  return { kind: "place-opened", id, connection: ref, at: new Date(now), place };
}

/** The connection is made, or what waited for it goes out. */
function connectionOpened({ ref, name }: DiscordGuild, now: number): PlatformEvent {
  const id = `g:${ref.externalId}:${now}`;
  return { kind: "connection-opened", id, connection: ref, at: new Date(now), name };
}

function canWrite({ channels, members }: Guild, leadsChannels: readonly string[]): boolean {
  const all = [...channels.cache.values()].filter((channel) => !channel.isThread());
  const channel = leadsChannelOf(leadsChannels, all);
  const { me } = members;
  return channel !== undefined && me !== null && channel.permissionsFor(me).has(needed);
}
