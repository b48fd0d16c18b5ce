/**
 * Roles and channels of a guild: from discord.js's cache, which follows the gateway; asked of
 * Discord as long as the gateway is not open, or where another process hears of the guild.
 */
import { type Client, Routes } from "discord.js";
import { z } from "zod";
import { createMemo } from "../../common/memo.ts";

export interface RoleFact {
  readonly id: string;
  readonly name: string;
  /** https://docs.discord.com/developers/topics/permissions, a set of bits. */
  readonly permissions: bigint;
}

export interface GuildFacts {
  readonly ownerId: string;
  /** By id. */
  readonly roles: ReadonlyMap<string, RoleFact>;
}

export interface ChannelFact {
  readonly id: string;
  readonly name: string;
  /** https://docs.discord.com/developers/resources/channel#channel-object-channel-types */
  readonly type: number;
}

export interface Facts {
  /** What is known without a call; undefined: `read` it. */
  known(guildId: string): GuildFacts | undefined;
  /** @throws what the client throws when Discord cannot be asked. */
  read(guildId: string): Promise<GuildFacts>;
  /** All channels, without threads. @throws as `read`. */
  channels(guildId: string): Promise<readonly ChannelFact[]>;
}

/** What gives rights is asked again after a minute (T10). */
const TTL_MS = 60_000;
const MAX_GUILDS = 1000;

/** `now` gives milliseconds. */
export function createFacts(client: Client, now: () => number): Facts {
  const common = { ttl: () => TTL_MS, max: MAX_GUILDS, now };
  const guilds = createMemo({ ...common, load: (id) => loadGuild(client, id) });
  const channels = createMemo({ ...common, load: (id) => loadChannels(client, id) });
  const cached = (id: string): GuildFacts | undefined => {
    const guild = client.guilds.cache.get(id);
    if (guild === undefined || guild.roles.cache.size === 0) return undefined;
    const roles = guild.roles.cache.mapValues(({ id: roleId, name, permissions }) => ({
      ...{ id: roleId, name, permissions: permissions.bitfield },
    }));
    return { ownerId: guild.ownerId, roles };
  };
  return {
    known: (id) => cached(id) ?? guilds.fresh(id),
    read: async (id) => cached(id) ?? guilds.read(id),
    async channels(id) {
      const all = client.guilds.cache.get(id)?.channels.cache;
      if (all === undefined || all.size === 0) return channels.read(id);
      return [...all.values()].filter((channel) => !channel.isThread());
    },
  };
}

const guildAnswer = z.object({
  owner_id: z.string(),
  roles: z.array(z.object({ id: z.string(), name: z.string(), permissions: z.coerce.bigint() })),
});

async function loadGuild({ rest }: Client, id: string): Promise<GuildFacts> {
  const { owner_id, roles } = guildAnswer.parse(await rest.get(Routes.guild(id)));
  return { ownerId: owner_id, roles: new Map(roles.map((role) => [role.id, role])) };
}

const channelsAnswer = z.array(
  z.object({ id: z.string(), name: z.string().catch(""), type: z.number() }),
);

async function loadChannels({ rest }: Client, id: string): Promise<ChannelFact[]> {
  return channelsAnswer.parse(await rest.get(Routes.guildChannels(id)));
}
