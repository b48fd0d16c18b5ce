import { type Kysely, sql } from "kysely";

/** How far the places of a connection were read, and what a platform's adapter has to remember. */
const statements = [
  // Both texts are the adapter's own words for a channel and a message: ids, nothing of a person's.
  sql`create table bookmarks (
    workspace_id integer not null,
    connection_id uuid not null,
    place text not null,
    position text not null,
    kept_at timestamptz not null,
    primary key (workspace_id, connection_id, place),
    foreign key (workspace_id, connection_id) references connections (workspace_id, id)
  )`,

  // Of the platform as this installation uses it (a budget, a back-off), before anybody knows which
  // workspace there is: no tenant's, and nothing of a person's.
  sql`create table notes (
    platform text not null,
    name text not null,
    value text not null check (length(value) <= 10000),
    kept_at timestamptz not null,
    primary key (platform, name)
  )`,

  // Which teams there are, and when each had its last chat, is found by hopping over this.
  sql`create index chats_team on chats (workspace_id, team, opened_at) where team is not null`,
];

/** Adds the tables in the migrator's transaction. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
