/** Who has which role, as far as they were met; the longest way up first. */
import { sql } from "kysely";
import type { Subject } from "../configuration/change.ts";
import type { Role } from "../platform.ts";
import { GRANTED, GROUP } from "./roles.ts";
import type { Db } from "./schema.ts";

/** A human by their row with the highest role. */
export interface RoleHolder {
  readonly personId: string;
  readonly humanId: string;
  readonly name: string;
  readonly role: Role;
  readonly roleBy: string | null;
}

/** Everybody who is more than a customer. */
export async function listRoleHolders(
  db: Db,
  workspaceId: number,
  page: { readonly offset: number; readonly limit: number },
): Promise<RoleHolder[]> {
  const { rows } = await sql<RoleHolder>`
    select "personId", "humanId", name, role, "roleBy" from (
      select distinct on (coalesce(p.human_id, p.id)) p.id as "personId",
        coalesce(p.human_id, p.id) as "humanId", p.name, p.role, p.role_by as "roleBy",
        array_position(array['admin', 'lead', 'agent', 'viewer'], p.role) as rank
      from people p
      where p.workspace_id = ${workspaceId} and p.role <> 'customer' and not p.bot
        and p.source = 'platform'
      order by coalesce(p.human_id, p.id), rank, p.id) each
    order by rank, lower(name), "personId"
    limit ${page.limit} offset ${page.offset}`.execute(db);
  return rows;
}

/** True when somebody who was met is an admin also without what was granted to these people and groups. */
export async function adminsRemain(
  db: Db,
  workspaceId: number,
  without: readonly Subject[],
): Promise<boolean> {
  const people = without.flatMap((each) => (each.kind === "person" ? [each.personId] : []));
  const groups = without.flatMap((each) => (each.kind === "group" ? [GROUP + each.groupId] : []));
  const lost = sql`p.role_by = ${GRANTED} and coalesce(p.human_id, p.id) in (
      select coalesce(me.human_id, me.id) from people me
      where me.workspace_id = ${workspaceId} and me.id = any(${people}::uuid[]))
    or p.role_by = any(${groups}::text[])`;
  const { rows } = await sql<{ remain: boolean }>`
    select exists (select from people p
      where p.workspace_id = ${workspaceId} and p.role = 'admin' and not p.bot
        and p.source = 'platform' and (${lost}) is not true) as remain`.execute(db);
  return rows[0]?.remain === true;
}
