/**
 * Whether somebody wants to be asked. Who is met on several connections says it to us once: it holds
 * on all of them (same-human.ts).
 */
import { sql } from "kysely";
import { sameHuman } from "./same-human.ts";
import type { Consent, Db } from "./schema.ts";

/**
 * Keeps what a person decided about being asked, for all rows of their human; gives how many there
 * are. `pausedUntil` belongs to `paused` only.
 */
export async function setConsent(
  db: Db,
  workspaceId: number,
  personId: string,
  consent: Consent,
  pausedUntil: Date | null = null,
): Promise<number> {
  const rows = await sameHuman(db, workspaceId, personId);
  await db
    .updateTable("people")
    .set({ consent, paused_until: consent === "paused" ? pausedUntil : null })
    .where("workspace_id", "=", workspaceId)
    .where("id", "in", rows)
    // "Never" is only taken back by an explicit resume.
    .where((where) => (consent === "paused" ? where("consent", "<>", "never") : sql<boolean>`true`))
    .execute();
  return rows.length;
}
