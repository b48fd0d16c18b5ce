/** Where customers are, by the time zones that their platforms tell. */
import { sql } from "kysely";
import type { Db } from "./schema.ts";

/** The time zones of customers, the most frequent first; at most so many. */
export async function zonesOfCustomers(
  db: Db,
  workspaceId: number,
  most: number,
): Promise<readonly string[]> {
  const { rows } = await sql<{ zone: string }>`
    select time_zone as zone from people
    where workspace_id = ${workspaceId} and role = 'customer' and time_zone is not null
    group by time_zone order by count(*) desc, time_zone limit ${most}::int`.execute(db);
  return rows.map(({ zone }) => zone);
}

/** Somebody's own; null when nobody told. */
export async function readTimeZone(
  db: Db,
  workspaceId: number,
  personId: string,
): Promise<string | null> {
  const row = await db
    .selectFrom("people")
    .select("time_zone")
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", personId)
    .executeTakeFirst();
  return row?.time_zone ?? null;
}
