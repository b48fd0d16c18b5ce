/** Support chats narrowed down and cut into units: conditions and columns of statements about chats. */
import { type RawBuilder, sql } from "kysely";
import type { Cut, Filter, FilterName } from "../metrics/filter.ts";
import type { Fence } from "./one-pass.ts";

/** By what chats can be cut. */
export type ChatCut = Exclude<Cut, "score">;

/**
 * Parts of a statement in which `c` is a chat, `p` its customer, `k` its connection, and the SQL
 * expression `closing` the closing whose handlers count (0: of a chat that is open).
 */
export interface ChatsAbout {
  readonly workspaceId: number;
  readonly filter?: Filter;
}

const closing = sql`case when c.state = 'open' then 0 else c.closings end`;

/**
 * The customer of a chat `c`, for a lateral join. "offset 0": a planner that knows nothing of the
 * tables yet might go through all people for each chat.
 */
export function customerOf(workspaceId: number, fence: Fence = sql`offset 0`): RawBuilder<unknown> {
  return sql`select p.account_id, p.role, p.bot, p.test from people p
    where p.workspace_id = ${workspaceId} and p.id = c.customer_id ${fence}`;
}

/** The columns of a chat `c` that units are made of, with `closing`. */
export const chatColumns = sql`c.id, c.state, c.team, c.channel, c.touchpoint, c.tags,
  ${closing} as closing`;

/** True for a chat that a filter keeps. An agent's are all in which they wrote. */
export function isChatKept({ workspaceId, filter = {} }: ChatsAbout): RawBuilder<boolean> {
  const conditions: RawBuilder<unknown>[] = [sql`true`];
  const add = (
    name: FilterName,
    condition: (values: RawBuilder<unknown>) => RawBuilder<unknown>,
  ) => {
    const values = filter[name]?.values;
    if (values !== undefined) conditions.push(condition(sql`${[...values]}::text[]`));
  };
  add("team", (values) => sql`c.team = any(${values})`);
  add("channel", (values) => sql`c.channel = any(${values})`);
  add("touchpoint", (values) => sql`c.touchpoint = any(${values})`);
  add("tag", (values) => sql`c.tags && ${values}`);
  add("platform", (values) => sql`k.platform = any(${values})`);
  add("account", (values) => sql`p.account_id::text = any(${values})`);
  add("language", (values) => sql`${languageOfChat(workspaceId)} = any(${values})`);
  add(
    "agent",
    (values) => sql`exists (select from handlers x
      where x.workspace_id = ${workspaceId} and x.chat_id = c.id and x.closing = ${closing}
        and x.person_id::text = any(${values}))`,
  );
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}

/**
 * The values by which a chat is counted; '' where it has none. One column; for tags a row each. By
 * agent and by language {@link unitsApart} has to be there.
 */
export function unitOf(by: ChatCut | undefined): RawBuilder<string> {
  switch (by) {
    case undefined:
      return sql`''`;
    case "team":
      return sql`coalesce(c.team, '')`;
    case "channel":
      return sql`coalesce(c.channel, '')`;
    case "touchpoint":
      return sql`c.touchpoint`;
    case "platform":
      return sql`k.platform`;
    case "account":
      return sql`coalesce(p.account_id::text, '')`;
    case "tag":
      return sql`unnest(case when cardinality(c.tags) = 0 then '{""}' else c.tags end)`;
    case "agent":
    case "language":
      return sql`coalesce(apart.value, '')`;
  }
}

/** How people call a unit; `unit` is the column of {@link unitOf}. */
export function labelOfUnit(
  workspaceId: number,
  by: ChatCut | undefined,
  unit: RawBuilder<unknown>,
): RawBuilder<string> {
  const named = (table: "people" | "accounts") =>
    sql<string>`coalesce((select n.name from ${sql.table(table)} n
      where n.workspace_id = ${workspaceId} and n.id = nullif(${unit}, '')::uuid), '')`;
  if (by === "agent") return named("people");
  return by === "account" ? named("accounts") : sql`${unit}`;
}

/**
 * The values of chats that stand in another table, a row (id, value) a chat that has one, of the rows
 * of a CTE `chats` with {@link chatColumns}; undefined where none does.
 */
export function unitsApart(
  workspaceId: number,
  by: ChatCut | undefined,
  chats: RawBuilder<unknown>,
  fence: Fence,
): RawBuilder<unknown> | undefined {
  if (by === "agent") return busiestHumans(workspaceId, chats, fence);
  if (by !== "language") return undefined;
  return sql`select distinct on (c.id) c.id, i.language as value from ${chats} c
    cross join lateral (
      select i.id, i.language, i.created_at from invitations i
      where i.workspace_id = ${workspaceId} and i.chat_id = c.id and i.language is not null ${fence}
    ) i
    order by c.id, i.created_at desc, i.id`;
}

/**
 * The human who wrote the most in a chat, by its frozen counts; of two with as much the one who was
 * met first. Never a bot.
 */
function busiestHumans(
  workspaceId: number,
  chats: RawBuilder<unknown>,
  fence: Fence,
): RawBuilder<unknown> {
  return sql`select distinct on (wrote.id) wrote.id, wrote.human::text as value from (
      select c.id, h.human, sum(x.messages) as messages from ${chats} c
      cross join lateral (
        select x.person_id, x.messages from handlers x
        where x.workspace_id = ${workspaceId} and x.chat_id = c.id and x.closing = c.closing ${fence}
      ) x
      cross join lateral (
        select coalesce(p.human_id, p.id) as human from people p
        where p.workspace_id = ${workspaceId} and p.id = x.person_id and not p.bot ${fence}
      ) h
      group by c.id, h.human
    ) wrote
    order by wrote.id, wrote.messages desc, wrote.human`;
}

/** In which language its customer was, or would have been, asked. */
function languageOfChat(workspaceId: number): RawBuilder<string | null> {
  return sql`(select i.language from invitations i
    where i.workspace_id = ${workspaceId} and i.chat_id = c.id and i.language is not null
    order by i.created_at desc, i.id limit 1)`;
}
