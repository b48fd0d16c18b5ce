/** Whether a delivery is still somebody's to send: it may be taken over or erased meanwhile. */
import type { ClaimedDelivery } from "./deliveries.ts";
import type { Db } from "./schema.ts";

/** True while this try is the one that sends the delivery: it was not erased, nor taken over. */
export async function isClaimed(
  db: Db,
  workspaceId: number,
  { id, attempt }: Pick<ClaimedDelivery, "id" | "attempt">,
): Promise<boolean> {
  const row = await db
    .selectFrom("deliveries")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .where("state", "=", "sending")
    .where("attempts", "=", attempt)
    .executeTakeFirst();
  return row !== undefined;
}

/** False once it was erased, with whom it was about. */
export async function isKnown(db: Db, workspaceId: number, deliveryId: string): Promise<boolean> {
  const row = await db
    .selectFrom("deliveries")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", deliveryId)
    .executeTakeFirst();
  return row !== undefined;
}
