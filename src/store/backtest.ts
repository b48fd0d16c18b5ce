/** Everybody who is or was a customer, for looking back. */
import { sql } from "kysely";
import type { Db } from "./schema.ts";

/** Ids of humans after `after` (exclusive; null: from the first on), at most `limit`, in their order. */
export async function humansAfter(
  db: Db,
  workspaceId: number,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from people
    where workspace_id = ${workspaceId}::int and human_id is null
      and (${after}::uuid is null or id > ${after}::uuid)
    order by id limit ${limit}::int`.execute(db);
  return rows.map(({ id }) => id);
}
