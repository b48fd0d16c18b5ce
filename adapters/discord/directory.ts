/**
 * Who somebody is. Payloads of the gateway carry the member with the roles, so most of it needs no
 * call; where they do not (direct messages, reactions, the audit log) Discord is asked, and what it
 * says is used for a minute at most, because roles give rights (T10).
 */
import { type Client, RESTJSONErrorCodes as Codes, Routes } from "discord.js";
import { z } from "zod";
import type { PlatformGroup, PlatformUser } from "../../src/platform.ts";
import { createGrants, type Grants, withGrants } from "../common/grants.ts";
import { createMemo } from "../common/memo.ts";
import { createFacts } from "./directory/facts.ts";
import { languageOf } from "./directory/languages.ts";
import { createRoles, type Given, type KnownGuild } from "./directory/roles.ts";
import { discordError, isRefusal } from "./errors.ts";
import type { DiscordGuild } from "./guilds.ts";
import type { DiscordOptions } from "./options.ts";

/** Somebody as a payload names them: a raw one, or discord.js's own. */
export interface Mentioned {
  readonly user: {
    readonly id: string;
    readonly username: string;
    readonly globalName?: string | null | undefined;
    readonly global_name?: string | null | undefined;
    readonly bot?: boolean | undefined;
  };
  readonly member?: MemberOf | undefined;
  /** Discord's name of the language of whoever acted. */
  readonly locale?: string | undefined;
}

/** What a guild says of somebody. */
export interface MemberOf {
  /** Ids of roles. */
  readonly roles: readonly string[];
  readonly nick?: string | null | undefined;
}

export interface Directory {
  /** Who this is, from a payload that carries the member; without one they are a customer. */
  userOf(guild: DiscordGuild, who: Mentioned): Promise<PlatformUser>;
  /**
   * Who this is, asked of Discord; undefined: not in this guild. With `certain` the role is known
   * to be theirs; without it, it is at least that.
   * @throws AppError when the role has to be certain and Discord cannot be asked now.
   */
  member(
    guild: DiscordGuild,
    userId: string,
    need: "certain" | "at-least",
  ): Promise<PlatformUser | undefined>;
  /** The role that makes somebody part of the team, when several do: by their roles, else by what `member` read last. */
  teamOf(guild: DiscordGuild, userId: string, roles?: readonly string[]): string | undefined;
  /** Its roles. @throws AppError when Discord cannot be asked. */
  groups(guild: DiscordGuild): Promise<readonly PlatformGroup[]>;
  /** What is remembered of somebody is dropped. */
  forget(guild: DiscordGuild, userId: string): void;
}

/** What gives rights is asked again after a minute (T10). */
const RIGHTS_TTL_MS = 60_000;
const MAX_MEMBERS = 10_000;
/** What Discord said of somebody is of use for so long when it does not answer; then it is let go. */
const HOLD_MS = 3_600_000;

type DirectoryOptions = Pick<DiscordOptions, "team" | "leads" | "admins" | "log" | "now">;

export function createDirectory(
  client: Client,
  options: DirectoryOptions,
  grants: Pick<Grants, "of"> = createGrants(Date.now),
): Directory {
  const now = options.now ?? Date.now;
  const facts = createFacts(client, now);
  const rights = createRoles(options);
  const members = createMemo({
    load: (key) => loadMember(client, key),
    ttl: () => RIGHTS_TTL_MS,
    hold: HOLD_MS,
    max: MAX_MEMBERS,
    now,
  });
  const known = ({ ref: { externalId: id } }: DiscordGuild): KnownGuild | undefined => {
    const found = facts.known(id);
    return found && { ...found, id };
  };

  /** Of their roles only those that give a role here. */
  const withRole = async (
    guild: DiscordGuild,
    user: Omit<PlatformUser, "role">,
    { here, roles }: { here: KnownGuild | undefined; roles: readonly string[] },
  ): Promise<PlatformUser> => {
    const granted = await grants.of(guild.ref);
    const nobody: Given = { role: "customer" };
    const { role, by } = here ? rights.roleOf(here, user.externalId, roles) : nobody;
    const groups = roles.filter((id) => granted.groups.has(id));
    const own = {
      ...{ ...user, role },
      ...(by === undefined ? {} : { roleBy: by }),
      // Of a guild whose roles are not known yet, what somebody may do there is not either.
      ...(here === undefined ? { roleUnsure: true as const } : {}),
    };
    return withGrants(groups.length === 0 ? own : { ...own, groups }, granted);
  };

  return {
    async userOf(guild, { user, member, locale }) {
      const language = locale === undefined ? undefined : languageOf(locale);
      const who = {
        externalId: user.id,
        name: member?.nick || user.globalName || user.global_name || user.username,
        ...(language === undefined ? {} : { locale: language }),
        ...(user.bot === true ? { bot: true } : {}),
      };
      return withRole(guild, who, { here: known(guild), roles: member?.roles ?? [] });
    },
    async member(guild, userId, need) {
      const key = keyOf(guild, userId);
      const { externalId: id } = guild.ref;
      try {
        const [found, here] = await Promise.all([members.read(key), facts.read(id)]);
        if (found === undefined) return undefined;
        return await withRole(guild, found.user, { here: { ...here, id }, roles: found.roles });
      } catch (error) {
        if (need === "certain") throw discordError(error, "read");
        const { name, bot } = members.last(key)?.user ?? {};
        const user: PlatformUser = {
          externalId: userId,
          ...(name === undefined ? {} : { name }),
          role: "customer",
          roleUnsure: true,
          ...(bot === true ? { bot } : {}),
        };
        return withGrants(user, await grants.of(guild.ref));
      }
    },
    async groups({ ref: { externalId: id } }) {
      const { roles } = await facts.read(id);
      // Everybody has the role that is called as the server is.
      const others = [...roles.values()].filter((role) => role.id !== id);
      return others.map((role) => ({ id: role.id, name: `@${role.name}` }));
    },
    teamOf(guild, userId, roles = members.last(keyOf(guild, userId))?.roles ?? []) {
      const here = known(guild);
      return here && rights.teamOf(here, roles);
    },
    forget(guild, userId) {
      members.forget(keyOf(guild, userId));
    },
  };
}

function keyOf({ ref }: DiscordGuild, userId: string): string {
  return `${ref.externalId} ${userId}`;
}

/** https://docs.discord.com/developers/resources/guild#guild-member-object */
const memberAnswer = z.object({
  roles: z.array(z.string()),
  nick: z.string().nullish(),
  user: z.object({
    id: z.string(),
    username: z.string(),
    global_name: z.string().nullish(),
    bot: z.boolean().nullish(),
  }),
});

interface Member {
  readonly user: Omit<PlatformUser, "role">;
  readonly roles: readonly string[];
}

async function loadMember({ rest }: Client, key: string): Promise<Member | undefined> {
  const [guildId = "", userId = ""] = key.split(" ");
  try {
    const { user, nick, roles } = memberAnswer.parse(
      await rest.get(Routes.guildMember(guildId, userId)),
    );
    const name = nick || user.global_name || user.username;
    return { user: { externalId: user.id, name, ...(user.bot ? { bot: true } : {}) }, roles };
  } catch (error) {
    if (isRefusal(error, Codes.UnknownMember, Codes.UnknownUser)) return undefined;
    throw error;
  }
}
