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

/** So many are told of one escalation. */
const MOST_TOLD = 5;

/** Who had this role on a connection when they were last heard of, the longest known first. */
export async function peopleInRole(
  db: Db,
  workspaceId: number,
  connectionId: string,
  role: "lead" | "admin",
): Promise<{ readonly id: string; readonly name: string }[]> {
  return db
    .selectFrom("people")
    .select(["people.id", "people.name"])
    .where("people.workspace_id", "=", workspaceId)
    .where("people.role", "=", role)
    .where("people.bot", "=", false)
    .where("people.source", "=", "platform")
    .where((where) =>
      where.exists(
        where
          .selectFrom("identities as i")
          .select("i.person_id")
          .whereRef("i.workspace_id", "=", "people.workspace_id")
          .whereRef("i.person_id", "=", "people.id")
          .where("i.connection_id", "=", connectionId),
      ),
    )
    .orderBy("people.created_at")
    .limit(MOST_TOLD)
    .execute();
}
