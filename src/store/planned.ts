/** Invitations in bulk: what is planned is cancelled, what is overdue found, what is over ended. */
import type { Db } from "./schema.ts";

/** Cancels what was planned about a chat and not asked yet; gives how many. */
export async function cancelPlanned(
  db: Db,
  workspaceId: number,
  chatId: string,
  reason: string,
): Promise<number> {
  const result = await db
    .updateTable("invitations")
    .set({ state: "cancelled", state_reason: reason })
    .where("workspace_id", "=", workspaceId)
    .where("chat_id", "=", chatId)
    .where("state", "=", "planned")
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** Ends what was asked and never answered in its time, in every workspace; gives how many. */
export async function expireUnanswered(db: Db, now: Date): Promise<number> {
  const result = await db
    .updateTable("invitations")
    .set({ state: "expired", state_reason: "no-answer", finished_at: now })
    .where("state", "=", "asked")
    .where("expires_at", "<=", now)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** Planned invitations that are overdue by `graceMs`: their job was lost or is late. */
export async function overdueInvitations(
  db: Db,
  now: Date,
  graceMs: number,
  limit: number,
): Promise<{ workspaceId: number; invitationId: string }[]> {
  const rows = await db
    .selectFrom("invitations")
    .select(["workspace_id", "id"])
    .where("state", "=", "planned")
    .where("due_at", "<", new Date(now.getTime() - graceMs))
    .orderBy("due_at")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ workspaceId: row.workspace_id, invitationId: row.id }));
}
