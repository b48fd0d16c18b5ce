/** Which instance runs a tick of the clockwork: the first one that says so. */
import type { Db } from "./schema.ts";

/** True for one caller only, whoever asks first for this tick of this chore. */
export async function claimTick(db: Db, name: string, fireAt: Date): Promise<boolean> {
  const claimed = await db
    .insertInto("ticks")
    .values({ name, fire_at: fireAt })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return claimed.numInsertedOrUpdatedRows === 1n;
}

/** Forgets ticks that were claimed before `before`; says how many. */
export async function forgetTicks(db: Db, before: Date): Promise<number> {
  const forgotten = await db
    .deleteFrom("ticks")
    .where("claimed_at", "<", before)
    .executeTakeFirst();
  return Number(forgotten.numDeletedRows);
}
