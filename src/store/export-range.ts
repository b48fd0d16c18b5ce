/** From when to when there is anything to be told in figures. */
import { sql } from "kysely";
import type { Db } from "./schema.ts";

/** The first and the last moment of an answer or a question; undefined when there is none. */
export async function readAnsweredRange(
  db: Db,
  workspaceId: number,
): Promise<{ readonly first: Date; readonly last: Date } | undefined> {
  const { rows } = await sql<{ first: Date | null; last: Date | null }>`
    select min(at) as first, max(at) as last from (
      select min(asked_at) as at from invitations where workspace_id = ${workspaceId}
      union all select max(asked_at) from invitations where workspace_id = ${workspaceId}
      union all select min(answered_at) from answers where workspace_id = ${workspaceId}
      union all select max(answered_at) from answers where workspace_id = ${workspaceId}
      union all select min(day)::timestamp at time zone 'UTC' from anonymous_counts
        where workspace_id = ${workspaceId}
      union all select (max(day) + 1)::timestamp at time zone 'UTC' from anonymous_counts
        where workspace_id = ${workspaceId}
    ) each`.execute(db);
  const [{ first, last } = { first: null, last: null }] = rows;
  return first === null || last === null ? undefined : { first, last };
}
