/** Where somebody can be written to, and whether they have a case. */
import { sameHuman } from "./same-human.ts";
import type { Db } from "./schema.ts";

/** The connection on which a person was met, the newest, and the number of their human's open case. */
export async function connectionOfPerson(
  db: Db,
  workspaceId: number,
  personId: string,
): Promise<{ readonly connectionId: string | null; readonly openCase: number | null }> {
  const met = await db
    .selectFrom("identities")
    .select("connection_id")
    .where("workspace_id", "=", workspaceId)
    .where("person_id", "=", personId)
    .orderBy("created_at", "desc")
    .limit(1)
    .executeTakeFirst();
  const open = await db
    .selectFrom("cases")
    .select("number")
    .where("workspace_id", "=", workspaceId)
    .where("human_id", "in", await sameHuman(db, workspaceId, personId))
    .where("state", "<>", "closed")
    .executeTakeFirst();
  return { connectionId: met?.connection_id ?? null, openCase: open?.number ?? null };
}
