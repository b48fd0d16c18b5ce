/** The leads' channel can be written to again: permissions given back, the channel made again. */
import { type Client, Events, type Guild, PermissionFlagsBits } from "discord.js";
import type { DiscordGuild, Guilds } from "../guilds.ts";
import type { DiscordOptions } from "../options.ts";
import { isNamed } from "../receive/chat.ts";

export interface Openings {
  /** What is so now is no news. */
  learn(guildId: string): void;
}

const needed = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages];

/** Tells `onOpened` when a leads' channel that was closed to us is no more. */
export function createOpenings(
  client: Client,
  {
    guilds,
    options,
    onOpened,
  }: {
    readonly guilds: Guilds;
    readonly options: Pick<DiscordOptions, "leadsChannels">;
    readonly onOpened: (guild: DiscordGuild) => void;
  },
): Openings {
  const open = new Map<string, boolean>();
  const look = (guild: Guild) => {
    const known = guilds.find(guild.id);
    if (known === undefined) return;
    const isOpen = canWrite(guild, options.leadsChannels);
    if (isOpen && open.get(guild.id) === false) onOpened(known);
    open.set(guild.id, isOpen);
  };
  client.on(Events.ChannelUpdate, (_before, channel) => {
    if (!channel.isDMBased()) look(channel.guild);
  });
  client.on(Events.ChannelCreate, ({ guild }) => look(guild));
  client.on(Events.ChannelDelete, (channel) => {
    if (!channel.isDMBased()) look(channel.guild);
  });
  client.on(Events.GuildRoleUpdate, (_before, { guild }) => look(guild));
  client.on(Events.GuildMemberUpdate, (_before, member) => {
    if (member.id === client.user?.id) look(member.guild);
  });
  return {
    learn(guildId) {
      const guild = client.guilds.cache.get(guildId);
      if (guild !== undefined) open.set(guildId, canWrite(guild, options.leadsChannels));
    },
  };
}

function canWrite({ channels, members }: Guild, leadsChannels: readonly string[]): boolean {
  const { me } = members;
  return channels.cache.some(
    (channel) =>
      channel.isTextBased() &&
      !channel.isThread() &&
      isNamed(leadsChannels, channel) &&
      me !== null &&
      channel.permissionsFor(me).has(needed),
  );
}
