/** Cases of every workspace of which the clock asks something. */
import { sql } from "kysely";
import { type Case, toCase } from "./cases.ts";
import type { Db } from "./schema.ts";

export interface DueCase {
  readonly workspaceId: number;
  readonly caseId: string;
}

/** Cases that somebody is to be told of by now, or whose card is to be drawn; the oldest first. */
export async function dueCases(db: Db, now: Date, limit: number): Promise<DueCase[]> {
  const { rows } = await sql<DueCase>`
    select workspace_id as "workspaceId", id as "caseId" from cases
    where (state <> 'closed' or stale) and (stale
      or (state = 'snoozed' and snoozed_until <= ${now})
      or (state = 'open' and waiting_since is not null and escalated_at is null
        and (due_at <= ${now} or (remind_at <= ${now} and reminded_at is null))))
    order by due_at, id
    limit ${limit}
  `.execute(db);
  return rows;
}

/** The case, locked; `undefined` when somebody else is at it just now: they do what is due. */
export async function lockDueCase(
  db: Db,
  workspaceId: number,
  caseId: string,
): Promise<(Case & { readonly stale: boolean }) | undefined> {
  const row = await db
    .selectFrom("cases")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", caseId)
    .forNoKeyUpdate()
    .skipLocked()
    .executeTakeFirst();
  return row && { ...toCase(row), stale: row.stale };
}
