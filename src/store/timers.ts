/** What a workspace does at times of its own: one row a name, with when it comes next. */
import type { Db } from "./schema.ts";

/** Which timer of which workspace. */
export interface Timer {
  readonly workspaceId: number;
  readonly name: string;
}

/** When it comes next; undefined when it does not run. */
export async function readTimer(db: Db, { workspaceId, name }: Timer): Promise<Date | undefined> {
  const row = await db
    .selectFrom("timers")
    .select("next_at")
    .where("workspace_id", "=", workspaceId)
    .where("name", "=", name)
    .executeTakeFirst();
  return row?.next_at;
}

/** Lets one run that does not; one that runs already stays as it is. */
export async function startTimer(
  db: Db,
  { workspaceId, name }: Timer,
  nextAt: Date,
): Promise<void> {
  await db
    .insertInto("timers")
    .values({ workspace_id: workspaceId, name, next_at: nextAt })
    .onConflict((conflict) => conflict.columns(["workspace_id", "name"]).doNothing())
    .execute();
}

/**
 * Moves it from the time that was seen to another one. True for one of all who saw the same: what is
 * done in the same transaction is done once.
 */
export async function moveTimer(
  db: Db,
  { workspaceId, name }: Timer,
  seen: Date,
  nextAt: Date,
): Promise<boolean> {
  const moved = await db
    .updateTable("timers")
    .set({ next_at: nextAt })
    .where("workspace_id", "=", workspaceId)
    .where("name", "=", name)
    .where("next_at", "=", seen)
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}

/** Ends it: what comes due meanwhile is not made up for when it is started again. */
export async function stopTimer(db: Db, { workspaceId, name }: Timer): Promise<void> {
  await db
    .deleteFrom("timers")
    .where("workspace_id", "=", workspaceId)
    .where("name", "=", name)
    .execute();
}
