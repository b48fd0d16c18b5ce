/** Who handled closings: parts of statements that know it for all their rows at once. */
import { type RawBuilder, sql } from "kysely";
import type { Fence } from "./one-pass.ts";

/**
 * Everybody who handled a closing of the rows of a CTE that have `chat_id` and `closing`: those two, the
 * row that stands for the human (`human`), whether it is a `bot`, and their `messages`.
 */
export function handledOf(
  workspaceId: number,
  rows: RawBuilder<unknown>,
  fence: Fence,
): RawBuilder<unknown> {
  return sql`select n.chat_id, n.closing, n.messages, p.human, p.bot
    from (select distinct chat_id, closing from ${rows} closed where chat_id is not null) closed
    cross join lateral (
      select n.chat_id, n.closing, n.person_id, n.messages from handlers n
      where n.workspace_id = ${workspaceId} and n.chat_id = closed.chat_id
        and n.closing = closed.closing
      ${fence}
    ) n
    cross join lateral (
      select coalesce(p.human_id, p.id) as human, p.bot from people p
      where p.workspace_id = ${workspaceId} and p.id = n.person_id
      ${fence}
    ) p`;
}

/**
 * The humans of each of those closings, one row each (`human`), and their part of the team's messages
 * (`share`). Bots are nobody here; a closing that nobody else handled has no row.
 */
export function sharesOf(
  workspaceId: number,
  rows: RawBuilder<unknown>,
  fence: Fence,
): RawBuilder<unknown> {
  return sql`select chat_id, closing, human::text as human,
      case when sum(messages) over closings > 0 then messages::float8 / sum(messages) over closings
        else people::float8 / sum(people) over closings end as share
    from (
      select chat_id, closing, human, sum(messages) as messages, count(*) as people
      from (${handledOf(workspaceId, rows, fence)}) handled
      where not bot group by chat_id, closing, human
    ) humans
    window closings as (partition by chat_id, closing)`;
}

/**
 * True for a row `a` or `i` whose closing one of these people handled, by rows of people; "" is nobody.
 * Each row is looked up, by "offset 0".
 */
export function isHandledBy(
  workspaceId: number,
  table: "a" | "i",
  values: readonly string[],
): RawBuilder<boolean> {
  const people = values.filter((value) => value !== "");
  const row = (column: string) => sql.ref(`${table}.${column}`);
  const ofClosing = sql`n.workspace_id = ${workspaceId} and n.chat_id = ${row("chat_id")}
    and n.closing = ${row("closing")}`;
  const handled = sql<boolean>`exists (select from handlers n where ${ofClosing}
    and n.person_id = any(array(select p.id from people p where p.workspace_id = ${workspaceId}
      and p.id = any(${people}::uuid[]) and not p.bot)) offset 0)`;
  if (people.length === values.length) return handled;
  return sql<boolean>`(${handled} or not exists (select from handlers n
    cross join lateral (select p.bot from people p
      where p.workspace_id = ${workspaceId} and p.id = n.person_id offset 0) p
    where ${ofClosing} and not p.bot offset 0))`;
}
