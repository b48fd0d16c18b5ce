/**
 * What somebody may do now: the highest of what their platform or its operator says and of what was
 * granted here, to them or to a group that they are in. people.role keeps what came of it when they were
 * last met, or when a grant was changed.
 */
import { type RawBuilder, sql } from "kysely";
import { highest, type PlatformUser, type Role } from "../platform.ts";
import type { Db } from "./schema.ts";

/** A role that was granted to somebody (group: null) or to a group of theirs. */
export interface Granting {
  readonly role: Role;
  readonly group: string | null;
}

/** A role with what it comes from, as people's rows keep it. */
export interface Standing {
  readonly role: Role;
  readonly toldRole: Role | null;
  readonly roleBy: string | null;
}

/** `roleBy` of whoever was named, and what it begins with where a group gives the role. */
export const GRANTED = "granted";
export const GROUP = "group:";

/** The highest role, and what gives it: the platform's word before one of ours. Pure. */
export function standingOf(
  told: { readonly role: Role; readonly by: string | null },
  grants: readonly Granting[],
): Standing {
  const role = highest(told.role, ...grants.map((grant) => grant.role));
  if (role === told.role) return { role, toldRole: null, roleBy: told.by };
  const same = grants.filter((grant) => grant.role === role);
  const group = same.some((grant) => grant.group === null) ? null : (same[0]?.group ?? null);
  return { role, toldRole: told.role, roleBy: group === null ? GRANTED : GROUP + group };
}

/** What a platform says of a user, without anything of ours; bots have no role by a grant. */
export function toldOf({ role, ownRole, roleBy }: PlatformUser) {
  return { role: ownRole ?? role, by: roleBy ?? null };
}

/**
 * What was granted to the human of the row `people` of a query, and to these groups of a connection. Grants
 * are few: each is looked at by the key of its person, whatever the planner believes of people.
 */
export function grantsOf(
  workspaceId: number,
  connectionId: string,
  groups: readonly string[] = [],
): RawBuilder<readonly Granting[] | null> {
  const byGroup =
    groups.length === 0
      ? sql``
      : sql`union all select g.role, g.group_id from role_grants g
          where g.workspace_id = ${workspaceId} and g.connection_id = ${connectionId}
            and g.group_id = any(${[...groups]}::text[])`;
  return sql`(select jsonb_agg(jsonb_build_object('role', each.role, 'group', each.group_id)) from (
    select g.role, g.group_id from role_grants g
    where g.workspace_id = ${workspaceId} and g.person_id is not null
      and (select coalesce(h.human_id, h.id) from people h
        where h.workspace_id = g.workspace_id and h.id = g.person_id)
        = coalesce(people.human_id, people.id)
    ${byGroup}) each)`;
}

/** What was granted to groups of a connection. */
export async function grantsOfGroups(
  db: Db,
  workspaceId: number,
  connectionId: string,
  groups: readonly string[] = [],
): Promise<readonly Granting[]> {
  if (groups.length === 0) return [];
  const rows = await db
    .selectFrom("role_grants")
    .select(["role", "group_id"])
    .where("workspace_id", "=", workspaceId)
    .where("connection_id", "=", connectionId)
    .where("group_id", "in", groups)
    .execute();
  return rows.map(({ role, group_id }) => ({ role, group: group_id }));
}

/** Whoever uses a connection now: our id where they were met, and what they may do. */
export async function roleNow(
  db: Db,
  workspaceId: number,
  connectionId: string,
  user: PlatformUser,
): Promise<{ readonly personId: string | undefined; readonly role: Role }> {
  const row = await db
    .selectFrom("identities as i")
    .innerJoin("people", (join) =>
      join
        .onRef("people.workspace_id", "=", "i.workspace_id")
        .onRef("people.id", "=", "i.person_id"),
    )
    .select(["people.id", grantsOf(workspaceId, connectionId, user.groups).as("grants")])
    .where("i.workspace_id", "=", workspaceId)
    .where("i.connection_id", "=", connectionId)
    .where("i.external_id", "=", user.externalId)
    .executeTakeFirst();
  const grants =
    row === undefined
      ? await grantsOfGroups(db, workspaceId, connectionId, user.groups)
      : (row.grants ?? []);
  const { role } = standingOf(toldOf(user), user.bot === true ? [] : grants);
  return { personId: row?.id, role };
}

/**
 * Brings what is kept of these people's humans up to date after a grant or a link was changed. A role by
 * a group stays as long as the group has it: who is in it is known when they are met.
 */
export async function settleRoles(
  trx: Db,
  workspaceId: number,
  people: readonly string[],
): Promise<void> {
  if (people.length === 0) return;
  const { rows } = await sql<{
    id: string;
    role: Role;
    told_role: Role | null;
    role_by: string | null;
    grants: readonly Granting[] | null;
  }>`
    select people.id, people.role, people.told_role, people.role_by,
      (select jsonb_agg(jsonb_build_object('role', g.role, 'group', g.group_id)) from role_grants g
        where g.workspace_id = ${workspaceId} and (
          g.person_id in (select h.id from people h where h.workspace_id = ${workspaceId}
            and coalesce(h.human_id, h.id) = coalesce(people.human_id, people.id))
          or (people.role_by = ${GROUP} || g.group_id and g.connection_id in (
            select i.connection_id from identities i
            where i.workspace_id = ${workspaceId} and i.person_id = people.id)))) as grants
    from people
    where people.workspace_id = ${workspaceId} and not people.bot
      and coalesce(people.human_id, people.id) in (
        select coalesce(h.human_id, h.id) from people h
        where h.workspace_id = ${workspaceId} and h.id = any(${[...people]}::uuid[]))
    order by people.id for no key update of people`.execute(trx);
  for (const { id, role, told_role, role_by, grants } of rows) {
    const told = { role: told_role ?? role, by: told_role === null ? role_by : null };
    const now = standingOf(told, grants ?? []);
    if (now.role === role && now.roleBy === role_by && now.toldRole === told_role) continue;
    await trx
      .updateTable("people")
      .set({ role: now.role, told_role: now.toldRole, role_by: now.roleBy })
      .where("workspace_id", "=", workspaceId)
      .where("id", "=", id)
      .execute();
  }
}

/** People who have their role by a group of a connection, as far as they were met. */
export async function peopleOfGroup(
  db: Db,
  workspaceId: number,
  { connectionId, groupId }: { readonly connectionId: string; readonly groupId: string },
): Promise<string[]> {
  const rows = await db
    .selectFrom("people as p")
    .innerJoin("identities as i", (join) =>
      join.onRef("i.workspace_id", "=", "p.workspace_id").onRef("i.person_id", "=", "p.id"),
    )
    .select("p.id")
    .distinct()
    .where("p.workspace_id", "=", workspaceId)
    .where("p.role_by", "=", GROUP + groupId)
    .where("i.connection_id", "=", connectionId)
    .execute();
  return rows.map(({ id }) => id);
}

/** What a person has without what was granted to themselves, as it was known when they were last met. */
export async function readToldRole(db: Db, workspaceId: number, personId: string): Promise<Role> {
  const row = await db
    .selectFrom("people")
    .select(["role", "told_role", "role_by"])
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", personId)
    .executeTakeFirst();
  if (row === undefined) return "customer";
  return row.role_by === GRANTED ? (row.told_role ?? "customer") : row.role;
}
