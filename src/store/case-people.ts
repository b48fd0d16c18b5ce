/** Who is behind a case: the human, locked, so that two openings at once make one case. */
import type { Db } from "./schema.ts";

/** A human by the row that stands for them, and the account of the row that was met. */
export interface Human {
  readonly humanId: string;
  readonly accountId: string | null;
}

/** The human behind a person, locked until the transaction ends; `undefined` for nobody. */
export async function lockHuman(
  db: Db,
  workspaceId: number,
  personId: string,
): Promise<Human | undefined> {
  const met = await db
    .selectFrom("people")
    .select(["human_id", "account_id"])
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", personId)
    .executeTakeFirst();
  if (met === undefined) return undefined;
  let humanId = met.human_id ?? personId;
  for (;;) {
    const row = await db
      .selectFrom("people")
      .select(["human_id", "account_id"])
      .where("workspace_id", "=", workspaceId)
      .where("id", "=", humanId)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (row === undefined) return undefined;
    // They were found to be somebody else while we waited for the lock.
    if (row.human_id !== null) humanId = row.human_id;
    else return { humanId, accountId: met.account_id ?? row.account_id };
  }
}

/** The human behind a person. */
export async function humanOf(
  db: Db,
  workspaceId: number,
  personId: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom("people")
    .select(["id", "human_id"])
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", personId)
    .executeTakeFirst();
  return row && (row.human_id ?? row.id);
}
