/**
 * Who somebody is. Payloads of the gateway carry the member with the roles, so most of it needs no
 * call; where they do not (direct messages, reactions, the audit log) Discord is asked, and what it
 * says is used for a minute at most, because roles give rights (T10).
 */
import { type Client, RESTJSONErrorCodes as Codes, Routes } from "discord.js";
import { z } from "zod";
import type { PlatformUser } from "../../src/platform.ts";
import { createMemo } from "../common/memo.ts";
import { createFacts } from "./directory/facts.ts";
import { languageOf } from "./directory/languages.ts";
import { createRoles, type KnownGuild } from "./directory/roles.ts";
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
  userOf(guild: DiscordGuild, who: Mentioned): PlatformUser;
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
  /** What is remembered of somebody is dropped. */
  forget(guild: DiscordGuild, userId: string): void;
}

/** What gives rights is asked again after a minute (T10). */
const RIGHTS_TTL_MS = 60_000;
const MAX_MEMBERS = 10_000;
/** What Discord said of somebody is of use for so long when it does not answer; then it is let go. */
const HOLD_MS = 3_600_000;

type DirectoryOptions = Pick<DiscordOptions, "team" | "leads" | "admins" | "log" | "now">;

export function createDirectory(client: Client, options: DirectoryOptions): Directory {
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

  return {
    userOf(guild, { user, member, locale }) {
      const here = known(guild);
      const language = locale === undefined ? undefined : languageOf(locale);
      return {
        externalId: user.id,
        name: member?.nick || user.globalName || user.global_name || user.username,
        role: here === undefined ? "customer" : rights.roleOf(here, user.id, member?.roles ?? []),
        ...(language === undefined ? {} : { locale: language }),
        ...(user.bot === true ? { bot: true } : {}),
      };
    },
    async member(guild, userId, need) {
      const key = keyOf(guild, userId);
      const { externalId: id } = guild.ref;
      try {
        const [found, here] = await Promise.all([members.read(key), facts.read(id)]);
        if (found === undefined) return undefined;
        return { ...found.user, role: rights.roleOf({ ...here, id }, userId, found.roles) };
      } catch (error) {
        if (need === "certain") throw discordError(error, "read");
        const { name, bot } = members.last(key)?.user ?? {};
        return {
          externalId: userId,
          ...(name === undefined ? {} : { name }),
          role: "customer",
          ...(bot === true ? { bot } : {}),
        };
      }
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
