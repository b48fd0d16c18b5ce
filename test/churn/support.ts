/** What the tests about signals share. */
import type { Db } from "../../src/store/schema.ts";

const DAY = 24 * 60 * 60 * 1000;

/** Somebody was heard of so many days ago. */
export async function insertManyActivities(
  db: Db,
  workspaceId: number,
  personId: string,
  now: Date,
  daysAgo: readonly number[],
): Promise<void> {
  const rows = daysAgo.map((days) => ({
    workspace_id: workspaceId,
    person_id: personId,
    day: new Date(now.getTime() - days * DAY).toISOString().slice(0, 10),
    what: "login",
    n: 1,
  }));
  await db.insertInto("activities").values(rows).execute();
}
