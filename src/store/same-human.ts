/**
 * One human may be met on several connections: a row of people on each, with a name, a role and a
 * language of its own there. To be asked is one matter. Only ever within a workspace.
 */
import { type RawBuilder, sql } from "kysely";
import type { Db } from "./schema.ts";

/** Our ids of all rows of the human behind a person, themselves among them. */
export async function sameHuman(db: Db, workspaceId: number, personId: string): Promise<string[]> {
  const rows = await db
    .selectFrom("people as me")
    .innerJoin("people", "people.workspace_id", "me.workspace_id")
    .where("me.workspace_id", "=", workspaceId)
    .where("me.id", "=", personId)
    .where((where) => {
      const human = where.fn.coalesce("me.human_id", "me.id");
      return where.or([where("people.id", "=", human), where("people.human_id", "=", human)]);
    })
    .select("people.id")
    .orderBy("people.id")
    .execute();
  return rows.length === 0 ? [personId] : rows.map(({ id }) => id);
}

/** CTE `parts`: rows of people that somebody else's stands for. They are few beside all people. */
export function partsOf(workspaceId: number): RawBuilder<unknown> {
  return sql`parts (id) as materialized (
    select id from people where workspace_id = ${workspaceId} and human_id is not null
  )`;
}

/**
 * The human behind the person of a row of `table`; needs the CTE `parts`. "in" makes a hash of them,
 * asked once a row; how many rows there will be the planner cannot know, and for a join it might
 * read all parts for each of them.
 */
export function humanOf(workspaceId: number, table: "a" | "i"): RawBuilder<string | null> {
  const person = sql.ref(`${table}.person_id`);
  return sql`case when ${person} in (select id from parts)
    then (select p.human_id from people p where p.workspace_id = ${workspaceId} and p.id = ${person})
    else ${person} end`;
}
