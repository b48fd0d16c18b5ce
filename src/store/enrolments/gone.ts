/** Who is in no programme any more. */
import { type RawBuilder, sql } from "kysely";

/** Whether the human of a row `people` wants no questions, or has left, or their account has. */
export function isGone(workspaceId: number, now: Date, people: string): RawBuilder<boolean> {
  return sql<boolean>`(${sql.ref(`${people}.consent`)} = 'never' or exists (
    select 1 from people r
    left join accounts a on a.workspace_id = r.workspace_id and a.id = r.account_id
    where r.workspace_id = ${workspaceId}
      and coalesce(r.human_id, r.id) = ${sql.ref(`${people}.id`)}
      and (r.left_at <= ${now}::timestamptz or a.left_at <= ${now}::timestamptz) offset 0))`;
}

/**
 * A query of all humans of whom that is so, and of all rows that stand for no human (any more): they
 * are few beside all people.
 */
export function allGone(workspaceId: number, now: Date): RawBuilder<unknown> {
  return sql`
    select coalesce(p.human_id, p.id) from people p
    where p.workspace_id = ${workspaceId} and p.consent = 'never'
    union all select coalesce(p.human_id, p.id) from people p
    where p.workspace_id = ${workspaceId} and p.left_at <= ${now}::timestamptz
    union all select p.id from people p
    where p.workspace_id = ${workspaceId} and p.human_id is not null
    union all select coalesce(p.human_id, p.id) from accounts a
    cross join lateral (select p.id, p.human_id from people p
      where p.workspace_id = a.workspace_id and p.account_id = a.id offset 0) p
    where a.workspace_id = ${workspaceId} and a.left_at <= ${now}::timestamptz`;
}
