/** Signals that people may leave, as they stand, and each change of tier. */
import { sql } from "kysely";
import type { Db } from "./schema.ts";

/** These people's signals are looked at again at the next tick, whatever row of theirs is meant. */
export async function markSignals(
  db: Db,
  workspaceId: number,
  people: readonly string[],
): Promise<void> {
  await sql`
    update signals s set stale = true from people p
    where p.workspace_id = ${workspaceId}::int and p.id = any(${[...people]}::uuid[])
      and s.workspace_id = p.workspace_id and s.human_id = coalesce(p.human_id, p.id)
      and not s.stale`.execute(db);
}

/** The same for everybody: after a change of what counts. */
export async function markAllSignals(db: Db, workspaceId: number): Promise<void> {
  await db
    .updateTable("signals")
    .set({ stale: true })
    .where("workspace_id", "=", workspaceId)
    .execute();
}
