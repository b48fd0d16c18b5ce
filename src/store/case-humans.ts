/** Whose cases they are, when humans are found to be one, or not to be. */
import { sql } from "kysely";
import type { Db } from "./schema.ts";

/** Cases of these humans are those of one of them from now on. */
export async function regroupCases(
  db: Db,
  workspaceId: number,
  humans: readonly string[],
  humanId: string,
): Promise<void> {
  await db
    .updateTable("cases")
    .set({ human_id: humanId })
    .where("workspace_id", "=", workspaceId)
    .where("human_id", "in", humans)
    .execute();
}

/** Cases of these people are those of the human whom each of them is now: after a merge is undone. */
export async function ungroupCases(
  db: Db,
  workspaceId: number,
  people: readonly string[],
): Promise<void> {
  if (people.length === 0) return;
  await db
    .updateTable("cases")
    .from("people as p")
    .set({ human_id: sql<string>`coalesce(p.human_id, p.id)` })
    .whereRef("p.workspace_id", "=", "cases.workspace_id")
    .whereRef("p.id", "=", "cases.person_id")
    .where("cases.workspace_id", "=", workspaceId)
    .where("cases.person_id", "in", people)
    .execute();
}
