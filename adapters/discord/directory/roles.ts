/** Who is what to us: the operator's lists of roles, else what Discord lets somebody do. */
import { PermissionFlagsBits, PermissionsBitField } from "discord.js";
import type { Role } from "../../../src/platform.ts";
import type { DiscordOptions } from "../options.ts";
import type { GuildFacts } from "./facts.ts";
import { createNames } from "./names.ts";

/** A role of ours, and what gives it: owning the guild, rights in it, or the operator's setting by name. */
export interface Given {
  readonly role: Role;
  readonly by?: string;
}

export interface Roles {
  /** The highest role that somebody with these roles has. */
  roleOf(guild: KnownGuild, userId: string, roles: readonly string[]): Given;
  /** Name of the team's role, when there are several. */
  teamOf(guild: KnownGuild, roles: readonly string[]): string | undefined;
}

/** A guild by its id, with its roles. */
export interface KnownGuild extends GuildFacts {
  readonly id: string;
}

export type RoleOptions = Pick<DiscordOptions, "team" | "leads" | "admins" | "log">;

/** Names are looked up at every use: a role that is deleted or renamed counts at once. */
export function createRoles(options: RoleOptions): Roles {
  const names = createNames(options.log);
  const idOf = ({ id, roles }: KnownGuild, entry: string, setting: string): string | undefined => {
    const all = [...roles.values()].filter((role) => role.id !== id);
    return names.find(all, entry, { guild: id, setting })?.id;
  };
  const hasOne = (
    guild: KnownGuild,
    roles: readonly string[],
    setting: keyof typeof settings,
  ): boolean =>
    // All of them are looked up: every name that is wrong is told.
    options[setting].filter((entry) => roles.includes(idOf(guild, entry, settings[setting]) ?? ""))
      .length > 0;

  return {
    roleOf(guild, userId, roles) {
      const may = permissionsIn(guild, roles);
      const { ManageGuild, ManageThreads, ManageMessages } = PermissionFlagsBits;
      if (guild.ownerId === userId) return { role: "admin", by: "owner" };
      if (options.admins.length === 0) {
        if (may.has(ManageGuild)) return { role: "admin", by: "rights" };
      } else if (hasOne(guild, roles, "admins")) return { role: "admin", by: settings.admins };
      if (hasOne(guild, roles, "leads")) return { role: "lead", by: settings.leads };
      if (options.team.length === 0)
        return may.any([ManageThreads, ManageMessages])
          ? { role: "agent", by: "rights" }
          : { role: "customer" };
      return hasOne(guild, roles, "team")
        ? { role: "agent", by: settings.team }
        : { role: "customer" };
    },
    teamOf(guild, roles) {
      if (options.team.length < 2) return undefined;
      const ids = options.team.map((entry) => idOf(guild, entry, settings.team));
      const id = ids.find((each) => each !== undefined && roles.includes(each));
      return id === undefined ? undefined : guild.roles.get(id)?.name;
    },
  };
}

const settings = {
  team: "DISCORD_TEAM",
  leads: "DISCORD_LEADS",
  admins: "DISCORD_ADMINS",
} as const;

/**
 * In the guild as a whole: what a single channel allows or denies changes nobody's role with us.
 * https://docs.discord.com/developers/topics/permissions#permission-hierarchy
 */
function permissionsIn(guild: KnownGuild, roles: readonly string[]): PermissionsBitField {
  const all = [guild.id, ...roles].map((id) => guild.roles.get(id)?.permissions ?? 0n);
  return new PermissionsBitField(all);
}
