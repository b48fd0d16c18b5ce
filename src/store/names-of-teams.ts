/** Names for whoever sees some teams only: those of their teams' newest chats, and nobody else's. */
import { type RawBuilder, sql } from "kysely";
import type { FilterName, Kept } from "../metrics/filter.ts";
import type { Db } from "./schema.ts";

/** So many of the newest chats of each team are looked through. */
const NEWEST = 500;

/** More names than this nobody chooses from. */
const MOST = 1000;

/** Kinds of names that say something about a team's people or work. */
const ofChats = ["agent", "account", "channel", "touchpoint", "tag"] as const;
type OfChats = (typeof ofChats)[number];

/** As {@link readKnown}, of the chats of these teams; undefined for what is of no team. */
export async function readKnownOfTeams(
  db: Db,
  workspaceId: number,
  name: FilterName,
  { teams, since = new Date(0) }: { readonly teams: readonly string[]; readonly since?: Date },
): Promise<Kept[] | undefined> {
  const kind = ofChats.find((each) => each === name);
  if (kind === undefined) return undefined;
  const { rows } = await sql<{ label: string; values: string[] }>`
    with newest as materialized (
      select c.* from unnest(${[...teams]}::text[]) t (team) cross join lateral (
        select c.id, c.customer_id, c.channel, c.touchpoint, c.tags from chats c
        where c.workspace_id = ${workspaceId} and c.team = t.team and c.opened_at >= ${since}
        order by c.opened_at desc limit ${NEWEST}
      ) c
    )
    ${namesIn(workspaceId, kind)}
    order by label limit ${MOST}`.execute(db);
  return rows.map(({ label, values }) => ({ values, label }));
}

/** Columns `label` and `values` of the CTE `newest`. What belongs to a chat is looked up, by "offset 0". */
function namesIn(workspaceId: number, kind: OfChats): RawBuilder<unknown> {
  switch (kind) {
    case "channel":
    case "touchpoint":
      return plain(sql`select ${sql.ref(kind)} as label from newest`);
    case "tag":
      return plain(sql`select unnest(tags) as label from newest`);
    case "account":
      return sql`select a.name as label, array[a.id::text] as values from (
          select distinct p.account_id as id from newest c
          cross join lateral (select p.account_id from people p
            where p.workspace_id = ${workspaceId} and p.id = c.customer_id offset 0) p
        ) known
        cross join lateral (select a.id, a.name from accounts a
          where a.workspace_id = ${workspaceId} and a.id = known.id offset 0) a`;
    case "agent":
      return sql`select h.name as label, array(select r.id::text from people r
          where r.workspace_id = ${workspaceId} and coalesce(r.human_id, r.id) = known.id
          order by r.id) as values
        from (
          select distinct coalesce(p.human_id, p.id) as id from newest c
          cross join lateral (select n.person_id from handlers n
            where n.workspace_id = ${workspaceId} and n.chat_id = c.id offset 0) n
          cross join lateral (select p.id, p.human_id from people p
            where p.workspace_id = ${workspaceId} and p.id = n.person_id offset 0) p
        ) known
        cross join lateral (select h.name from people h
          where h.workspace_id = ${workspaceId} and h.id = known.id and h.name <> '' offset 0) h`;
  }
}

function plain(labels: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select distinct label, array[label] as values from (${labels}) names
    where label <> ''`;
}
