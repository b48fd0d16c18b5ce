/** The audit log: what somebody changed, append-only. Never answers, never secrets. */
import type { Db } from "./schema.ts";

/** Adds a line to the audit log. `actor` is a person's id or "operator". */
export async function audit(
  db: Db,
  workspaceId: number,
  at: Date,
  entry: {
    actor: string;
    action: string;
    target?: string;
    details?: Record<string, unknown>;
    /** By what it was changed: `chat`, `file`, `command-line` … */
    origin?: string | undefined;
  },
): Promise<void> {
  await db
    .insertInto("audit")
    .values({
      workspace_id: workspaceId,
      at,
      actor: entry.actor,
      action: entry.action,
      target: entry.target ?? null,
      details: JSON.stringify(entry.details ?? {}),
      origin: entry.origin ?? null,
    })
    .execute();
}
