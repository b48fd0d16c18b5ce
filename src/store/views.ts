/** What buttons show that cannot hold all of it themselves. */
import type { Db } from "./schema.ts";

/** Keeps it under an id that is made from it; what is kept already is kept for longer. */
export async function keepContent(
  db: Db,
  workspaceId: number,
  { id, content, at }: { readonly id: string; readonly content: unknown; readonly at: Date },
): Promise<void> {
  await db
    .insertInto("views")
    .values({ workspace_id: workspaceId, id, content: JSON.stringify(content), kept_at: at })
    .onConflict((conflict) => conflict.columns(["workspace_id", "id"]).doUpdateSet({ kept_at: at }))
    .execute();
}

/** Undefined for what is not here any more. */
export async function readContent(db: Db, workspaceId: number, id: string): Promise<unknown> {
  const row = await db
    .selectFrom("views")
    .select("content")
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .executeTakeFirst();
  return row?.content;
}
