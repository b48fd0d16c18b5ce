/** Which teams there are. */
import { sql } from "kysely";
import type { Db } from "./schema.ts";

/** Names of teams with a chat that began since then, those of the newest chats first. */
export async function readTeams(db: Db, workspaceId: number, since?: Date): Promise<string[]> {
  const newest = sql`order by team desc, opened_at desc limit 1`;
  // Hops from team to team over their index: as fast with ten chats as with ten million.
  const { rows } = await sql<{ team: string }>`
    with recursive teams (team, at) as (
      (select team, opened_at from chats
        where workspace_id = ${workspaceId} and team is not null ${newest})
      union all
      select next.* from teams t cross join lateral (
        select team, opened_at from chats
        where workspace_id = ${workspaceId} and team is not null and team < t.team ${newest}
      ) next
    )
    select team from teams where team <> '' and at >= ${since ?? new Date(0)}::timestamptz
    order by at desc, team
  `.execute(db);
  return rows.map(({ team }) => team);
}
