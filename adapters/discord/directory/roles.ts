/** Who is what to us: the operator's lists of roles, else what Discord lets somebody do. */
import { type Client, type Guild, PermissionFlagsBits, PermissionsBitField } from "discord.js";
import type { PlatformUser, Role } from "../../../src/platform.ts";
import { isSnowflake } from "../ids.ts";
import type { DiscordOptions } from "../options.ts";
import { createNames } from "./names.ts";

export interface Roles {
  /** The highest role; undefined while Discord has not told the roles of this guild. */
  roleOf(guildId: string, userId: string, roles: readonly string[]): Role | undefined;
  /** Name of the team's role, when there are several. */
  teamOf(guildId: string, roles: readonly string[]): string | undefined;
}

/** Everybody who answers customers: not their bots. */
export function isTeam({ role, bot }: PlatformUser): boolean {
  return bot !== true && (role === "agent" || role === "lead" || role === "admin");
}

export type RoleOptions = Pick<DiscordOptions, "team" | "leads" | "admins" | "log">;

/** Reads discord.js's cache at every use: a role that is deleted or renamed counts at once. */
export function createRoles(client: Client, options: RoleOptions): Roles {
  const names = createNames(options.log);
  const guildOf = (id: string): Guild | undefined => {
    const guild = client.guilds.cache.get(id);
    return guild !== undefined && guild.roles.cache.size > 0 ? guild : undefined;
  };
  const idOf = (guild: Guild, entry: string, setting: string): string | undefined => {
    const all = [...guild.roles.cache.values()].filter(({ id }) => id !== guild.id);
    if (isSnowflake(entry)) return all.find(({ id }) => id === entry)?.id;
    return names.find(all, entry.replace(/^@/, ""), { guild: guild.id, setting })?.id;
  };
  const hasOne = (guild: Guild, roles: readonly string[], entries: readonly string[], of: string) =>
    entries.filter((entry) => roles.includes(idOf(guild, entry, of) ?? "")).length > 0;

  return {
    roleOf(guildId, userId, roles) {
      const guild = guildOf(guildId);
      if (guild === undefined) return undefined;
      const may = permissionsIn(guild, roles);
      const { admins, leads, team } = options;
      const manages =
        admins.length === 0
          ? may.has(PermissionFlagsBits.ManageGuild)
          : hasOne(guild, roles, admins, "DISCORD_ADMINS");
      if (manages || guild.ownerId === userId) return "admin";
      if (hasOne(guild, roles, leads, "DISCORD_LEADS")) return "lead";
      const helps =
        team.length === 0
          ? may.any([PermissionFlagsBits.ManageThreads, PermissionFlagsBits.ManageMessages])
          : hasOne(guild, roles, team, "DISCORD_TEAM");
      return helps ? "agent" : "customer";
    },
    teamOf(guildId, roles) {
      const guild = guildOf(guildId);
      if (guild === undefined || options.team.length < 2) return undefined;
      const ids = options.team.map((entry) => idOf(guild, entry, "DISCORD_TEAM"));
      const id = ids.find((each) => each !== undefined && roles.includes(each));
      return id === undefined ? undefined : guild.roles.cache.get(id)?.name;
    },
  };
}

/**
 * In the guild as a whole: what a single channel allows or denies changes nobody's role with us.
 * https://docs.discord.com/developers/topics/permissions#permission-hierarchy
 */
function permissionsIn(guild: Guild, roles: readonly string[]): PermissionsBitField {
  const all = [guild.id, ...roles].map((id) => guild.roles.cache.get(id)?.permissions ?? 0n);
  return new PermissionsBitField(all);
}
