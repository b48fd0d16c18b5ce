/**
 * What an answer (`a`) or an invitation (`i`) is of, by each cut; "" is of none. An answer carries it
 * as it was when the chat was closed; who has not answered yet is of what their chat is. The team of
 * an answer is the one that it was given about, else its chat's.
 */
import { type RawBuilder, sql } from "kysely";
import { type Filter, type FilterName, filterNames } from "../metrics/filter.ts";
import { isHandledBy } from "./handled.ts";

type Table = "a" | "i";

/** Its id, or the place of it in a text that is made once. */
type Workspace = number | RawBuilder<unknown>;

/** Cuts of which an answer has one value. */
export type SingleCut = Exclude<FilterName, "agent" | "tag">;

/** True for a row that every part of the filter keeps. */
export function isOfFilter(
  workspaceId: number,
  table: Table,
  filter: Filter = {},
): RawBuilder<boolean> {
  const conditions = filterNames.flatMap((name) => {
    const values = filter[name]?.values;
    return values === undefined ? [] : [isOfOne(workspaceId, table, name, values)];
  });
  return conditions.length === 0 ? sql`true` : sql`${sql.join(conditions, sql` and `)}`;
}

function isOfOne(
  workspaceId: number,
  table: Table,
  name: FilterName,
  values: readonly string[],
): RawBuilder<boolean> {
  const any = sql`any(${[...values]}::text[])`;
  if (name === "tag") {
    return sql`exists (select from (${tagsOf(workspaceId, table)}) of (value) where of.value = ${any})`;
  }
  if (name === "agent") return isHandledBy(workspaceId, table, values);
  return sql`${singleValueOf(workspaceId, table, name)} = ${any}`;
}

/** The one value of a row. */
export function singleValueOf(
  workspaceId: Workspace,
  table: Table,
  cut: SingleCut,
): RawBuilder<string> {
  const row = (column: string) => sql.ref(`${table}.${column}`);
  switch (cut) {
    case "account":
      return sql`coalesce((select p.account_id::text from people p
        where p.workspace_id = ${workspaceId} and p.id = ${row("person_id")}), '')`;
    case "team":
      return sql`coalesce(${own(workspaceId, table, cut)}, ${ofChat(workspaceId, table, cut)}, '')`;
    case "channel":
    case "touchpoint":
      return table === "a"
        ? sql`coalesce(a.${sql.ref(cut)}, '')`
        : sql`coalesce(${own(workspaceId, table, cut)}, ${ofChat(workspaceId, table, cut)}, '')`;
    case "language":
      return table === "a"
        ? sql`coalesce(a.language, '')`
        : sql`coalesce(${own(workspaceId, table, cut)}, i.language, '')`;
    case "platform":
      return table === "a"
        ? sql`coalesce(a.platform, '')`
        : sql`coalesce(${own(workspaceId, table, cut)}, (select k.platform from connections k
            where k.workspace_id = ${workspaceId} and k.id = i.connection_id), '')`;
  }
}

/** The tags of a row, one each, as `value`. */
export function tagsOf(workspaceId: Workspace, table: Table): RawBuilder<unknown> {
  const tags =
    table === "a"
      ? sql`a.tags`
      : sql`coalesce(${own(workspaceId, "i", "tags")},
          ${ofChat(workspaceId, "i", "tags")}, '{}')`;
  return sql`select distinct unnest(case when cardinality(${tags}) = 0 then '{""}' else ${tags} end)`;
}

/**
 * The row of people of a row `n` of handlers, for a lateral join. A plain join might go through all
 * people for each chat where the planner knows nothing of the tables yet: "offset 0" prevents it.
 */
export function handlerOf(workspaceId: number): RawBuilder<unknown> {
  return sql`select p.id, p.human_id, p.bot from people p
    where p.workspace_id = ${workspaceId} and p.id = n.person_id offset 0`;
}

/** What the row itself says: an answered invitation is of what its answers are. */
function own(workspaceId: Workspace, table: Table, column: string): RawBuilder<unknown> {
  if (table === "a") return sql`a.${sql.ref(column)}`;
  return sql`(select of.${sql.ref(column)} from answers of where of.workspace_id = ${workspaceId}
    and of.invitation_id = i.id and of.${sql.ref(column)} is not null limit 1)`;
}

function ofChat(workspaceId: Workspace, table: Table, column: string): RawBuilder<unknown> {
  return sql`(select ch.${sql.ref(column)} from chats ch
    where ch.workspace_id = ${workspaceId} and ch.id = ${sql.ref(`${table}.chat_id`)})`;
}
