/** Slack's users and user groups, as far as they matter here. */
import { z } from "zod";
import type { PlatformUser } from "../../../src/platform.ts";
import { isRefusal } from "../errors.ts";
import type { SlackWorkspace } from "../workspace.ts";

export interface Person {
  /** Undefined for somebody whom Slack does not show us. */
  readonly name: string | undefined;
  /** A full member of the installation's own workspace or organisation. */
  readonly home: boolean;
  readonly owner: boolean;
  readonly details: Pick<PlatformUser, "locale" | "timeZone" | "email" | "bot">;
}

export interface UserGroup {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly members: ReadonlySet<string>;
}

const flag = z.boolean().nullish().catch(false);
const text = z.string().nullish().catch(undefined);

const usersInfo = z.object({
  user: z.object({
    id: z.string(),
    team_id: text,
    name: text,
    real_name: text,
    profile: z
      .object({ display_name: text, real_name: text, email: text })
      .nullish()
      .catch(undefined),
    is_email_confirmed: flag,
    locale: text,
    tz: text,
    is_admin: flag,
    is_owner: flag,
    is_primary_owner: flag,
    is_restricted: flag,
    is_ultra_restricted: flag,
    is_stranger: flag,
    is_bot: flag,
    deleted: flag,
    enterprise_user: z
      .object({ enterprise_id: text, teams: z.array(z.string()).nullish().catch(undefined) })
      .nullish()
      .catch(undefined),
  }),
});

export type SlackUser = z.infer<typeof usersInfo>["user"];

/** Another company's person may be hidden from us: certainly nobody of the home workspace. */
const hidden: Person = { name: undefined, home: false, owner: false, details: {} };

/** @throws what the client throws. */
export async function loadPerson(workspace: SlackWorkspace, userId: string): Promise<Person> {
  try {
    const answer = await workspace.client.users.info({ user: userId, include_locale: true });
    return personOf(usersInfo.parse(answer).user, workspace);
  } catch (error) {
    if (isRefusal(error, "user_not_found", "user_not_visible")) return hidden;
    throw error;
  }
}

/** What `users.info` says of somebody, as it looks from this workspace. */
export function personOf(user: SlackUser, workspace: SlackWorkspace): Person {
  const { profile } = user;
  const locale = canonicalLocale(user.locale);
  const timeZone = knownZone(user.tz);
  const email = verifiedEmail(user, workspace);
  return {
    name: profile?.display_name || profile?.real_name || user.real_name || user.name || user.id,
    home: isHome(user, workspace),
    owner: Boolean(user.is_admin || user.is_owner || user.is_primary_owner),
    details: {
      ...(locale === undefined ? {} : { locale }),
      ...(timeZone === undefined ? {} : { timeZone }),
      ...(email === undefined ? {} : { email }),
      ...(user.is_bot || user.id === "USLACKBOT" ? { bot: true } : {}),
    },
  };
}

/** Guests and people of other companies are customers unless somebody lists them. */
function isHome(user: SlackUser, workspace: SlackWorkspace): boolean {
  return !user.is_restricted && !user.is_ultra_restricted && belongs(user, workspace);
}

/** Everybody whose account is of this workspace or organisation, guests too. */
function belongs(user: SlackUser, { ref, teams = [] }: SlackWorkspace): boolean {
  if (user.is_stranger || user.deleted) return false;
  const ours = [ref.externalId, ...teams];
  const { team_id, enterprise_user } = user;
  const theirs = [team_id, enterprise_user?.enterprise_id, ...(enterprise_user?.teams ?? [])];
  return theirs.some((id) => id && ours.includes(id));
}

const address = z.email().max(254);

/**
 * The address that says who else this is; there only with the scope users:read.email. Accounts of
 * another company are made by that company's admins, so their addresses prove nothing to us.
 */
function verifiedEmail(user: SlackUser, workspace: SlackWorkspace): string | undefined {
  if (!user.is_email_confirmed || user.is_bot || !belongs(user, workspace)) return undefined;
  return address.safeParse(user.profile?.email).data;
}

const groupList = z.object({
  usergroups: z.array(
    z.object({
      id: z.string(),
      handle: z.string().catch(""),
      name: z.string().catch(""),
      users: z.array(z.string()).optional(),
    }),
  ),
});

/** All user groups with their members, in one call a workspace. @throws what the client throws. */
export async function loadGroups(workspace: SlackWorkspace): Promise<readonly UserGroup[]> {
  const { client, teams = [undefined] } = workspace;
  const lists = await Promise.all(
    teams.map((team) =>
      client.usergroups.list({
        include_users: true,
        ...(team === undefined ? {} : { team_id: team }),
      }),
    ),
  );
  return lists
    .flatMap((list) => groupList.parse(list).usergroups)
    .map(({ id, handle, name, users = [] }) => ({
      id,
      handle,
      name: name || handle,
      members: new Set(users),
    }));
}

/** Whether an entry of the settings means this group: by id or by handle. */
export function isNamed({ id, handle }: UserGroup, name: string): boolean {
  return id === name || handle.toLowerCase() === name.toLowerCase();
}

function canonicalLocale(tag: string | null | undefined): string | undefined {
  try {
    return tag ? Intl.getCanonicalLocales(tag)[0] : undefined;
  } catch {
    return undefined; // no BCP 47 tag: the core then chooses
  }
}

function knownZone(name: string | null | undefined): string | undefined {
  try {
    return name && Intl.DateTimeFormat("en", { timeZone: name }) ? name : undefined;
  } catch {
    return undefined; // RangeError: no such zone
  }
}
