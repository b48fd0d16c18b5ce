/** Who else could agree to what an admin wants. */
import { sql } from "kysely";
import type { Db } from "./schema.ts";

/** Names of at most five admins who are another human than this person. */
export async function otherAdmins(
  db: Db,
  workspaceId: number,
  personId: string,
): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select p.name from people p
    where p.workspace_id = ${workspaceId} and p.role = 'admin' and p.source = 'platform' and not p.bot
      and coalesce(p.human_id, p.id) is distinct from (
        select coalesce(o.human_id, o.id) from people o
        where o.workspace_id = ${workspaceId} and o.id::text = ${personId})
    order by p.created_at limit 5`.execute(db);
  return rows.map(({ name }) => name);
}

/** True when both are rows of one human. */
export async function isSameHuman(
  db: Db,
  workspaceId: number,
  one: string,
  other: string,
): Promise<boolean> {
  if (one === other) return true;
  const { rows } = await sql<{ n: number }>`
    select count(distinct coalesce(human_id, id))::int as n from people
    where workspace_id = ${workspaceId} and id::text in (${one}, ${other})
    having count(*) = 2`.execute(db);
  return rows[0]?.n === 1;
}

/** The connection on which a message of ours was sent, by the key of its delivery. */
export async function connectionOfDelivery(
  db: Db,
  workspaceId: number,
  key: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom("deliveries")
    .select("connection_id")
    .where("workspace_id", "=", workspaceId)
    .where("key", "=", key)
    .executeTakeFirst();
  return row?.connection_id;
}

/** Where somebody was met last: their connection and what its platform calls them. */
export async function whereMet(
  db: Db,
  workspaceId: number,
  personId: string,
): Promise<{ readonly connectionId: string; readonly userId: string } | undefined> {
  const row = await db
    .selectFrom("identities")
    .select(["connection_id", "external_id"])
    .where("workspace_id", "=", workspaceId)
    .where("person_id", "=", personId)
    .orderBy("created_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && { connectionId: row.connection_id, userId: row.external_id };
}
