/** Where somebody can be written to, and whether they have a case. */
import { sql } from "kysely";
import { sameHuman } from "./same-human.ts";
import type { Db } from "./schema.ts";

/** The connection on which a person was met, the newest, and the number of their human's open case. */
export async function connectionOfPerson(
  db: Db,
  workspaceId: number,
  personId: string,
): Promise<{ readonly connectionId: string | null; readonly openCase: number | null }> {
  const met = await db
    .selectFrom("identities")
    .select("connection_id")
    .where("workspace_id", "=", workspaceId)
    .where("person_id", "=", personId)
    .orderBy("created_at", "desc")
    .limit(1)
    .executeTakeFirst();
  const open = await db
    .selectFrom("cases")
    .select("number")
    .where("workspace_id", "=", workspaceId)
    .where("human_id", "in", await sameHuman(db, workspaceId, personId))
    .where("state", "<>", "closed")
    .executeTakeFirst();
  return { connectionId: met?.connection_id ?? null, openCase: open?.number ?? null };
}

/** How somebody silent can be reached. */
export interface SilentContact {
  /** Who is written to when a case is opened; null when nobody can be. */
  readonly person: { readonly id: string; readonly name: string } | null;
  /** Number of an open case. */
  readonly openCase: number | null;
}

/**
 * Contacts of a few humans or accounts by their id: of an account its buyer, else whoever began the
 * last chat.
 */
export async function silentContacts(
  db: Db,
  workspaceId: number,
  ids: readonly string[],
): Promise<ReadonlyMap<string, SilentContact>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<SilentContact & { readonly key: string }>`
    with met as materialized (
      select p.id, p.name, p.account_role, coalesce(p.human_id, p.id) as human, key
      from people p
      cross join unnest(${sql.val(ids)}::uuid[]) key
      where p.workspace_id = ${workspaceId} and p.role = 'customer' and p.consent <> 'never'
        and key in (p.account_id, coalesce(p.human_id, p.id))
    )
    select key,
      (select jsonb_build_object('id', m.id, 'name', m.name) from met m
        where m.key = found.key and exists (select from identities i
          where i.workspace_id = ${workspaceId} and i.person_id = m.id)
        order by m.account_role = 'buyer' desc nulls last,
          (select max(c.opened_at) from chats c
            where c.workspace_id = ${workspaceId} and c.customer_id = m.id) desc nulls last, m.id
        limit 1) as person,
      (select min(c.number) from cases c
        where c.workspace_id = ${workspaceId} and c.state <> 'closed'
          and c.human_id in (select m.human from met m where m.key = found.key)) as "openCase"
    from (select distinct key from met) found
  `.execute(db);
  return new Map(rows.map(({ key, ...contact }) => [key, contact]));
}
