/** What tells one human from another at a glance. */
import { sql } from "kysely";
import type { Db } from "./schema.ts";

export interface HumanFigures {
  /** When we first heard of them. */
  readonly since: Date;
  /** How many of our questions they answered. */
  readonly answered: number;
}

/** Of all these rows of people together, which are one human. */
export async function readHumanFigures(
  db: Db,
  workspaceId: number,
  people: readonly string[],
): Promise<HumanFigures> {
  const ids = sql`any(${[...people]}::uuid[])`;
  const row = await db
    .selectFrom("people")
    .where("workspace_id", "=", workspaceId)
    .where(sql<boolean>`id = ${ids}`)
    .select((select) => [
      select.fn.min("created_at").as("since"),
      sql<number>`(select count(distinct invitation_id)::int from answers
        where workspace_id = ${workspaceId} and person_id = ${ids})`.as("answered"),
    ])
    .executeTakeFirstOrThrow();
  return row;
}
