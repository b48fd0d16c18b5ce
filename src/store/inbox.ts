/** Which events came in: the unique key that gives a redelivered event no second effect. */
import { sql } from "kysely";
import type { Db } from "./schema.ts";

/** Notes the event; false when it was noted before (then it is counted as a duplicate). */
export async function noteEvent(
  db: Db,
  workspaceId: number,
  connectionId: string,
  eventId: string,
  kind: string,
): Promise<boolean> {
  const row = await db
    .insertInto("inbox")
    .values({ workspace_id: workspaceId, connection_id: connectionId, event_id: eventId, kind })
    .onConflict((conflict) =>
      conflict
        .columns(["workspace_id", "connection_id", "event_id"])
        .doUpdateSet({ duplicates: sql`inbox.duplicates + 1` }),
    )
    .returning("duplicates")
    .executeTakeFirstOrThrow();
  return row.duplicates === 0;
}
