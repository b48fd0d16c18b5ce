/** What waits to be asked, counted. */
import { sql } from "kysely";
import type { Db } from "./schema.ts";

/** How many questions wait, of all surveys or of one. */
export async function countWaiting(
  db: Db,
  workspaceId: number,
  surveyId?: string,
): Promise<number> {
  let query = db
    .selectFrom("invitations")
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .where("workspace_id", "=", workspaceId)
    .where("state", "=", "planned");
  if (surveyId !== undefined) query = query.where("survey_id", "=", surveyId);
  return Number((await query.executeTakeFirstOrThrow()).n);
}

/** How many wait for the same reason; null: nothing held them back yet. */
export interface WaitingFor {
  readonly reason: string | null;
  readonly n: number;
}

/** What waits, by what held it back last; the most first. */
export async function countWaitingByReason(db: Db, workspaceId: number): Promise<WaitingFor[]> {
  const { rows } = await sql<{ reason: string | null; n: string }>`
    select state_reason as reason, count(*) as n from invitations
    where workspace_id = ${workspaceId} and state = 'planned'
    group by state_reason order by n desc, reason`.execute(db);
  return rows.map(({ reason, n }) => ({ reason, n: Number(n) }));
}
