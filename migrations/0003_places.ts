import { type Kysely, sql } from "kysely";

/** Where questions are asked, what is known about places, and when a chat was last heard of. */
const statements = [
  // Where this invitation was asked, when that was not a direct message: the talk goes on there.
  sql`alter table invitations add column address jsonb`,

  // Nobody writes any more: closed by inactivity.
  sql`alter table chats add column last_message_at timestamptz`,
  sql`update chats set last_message_at = greatest(opened_at, first_customer_at, first_replied_at)`,
  sql`create index chats_open on chats (workspace_id, last_message_at) where state = 'open'`,

  // Places that are not to be called before a time: the platform asked to wait, or said that
  // nobody can be reached there. place '*' is the whole connection.
  sql`create table holds (
    workspace_id integer not null,
    connection_id uuid not null,
    place text not null,
    kind text not null check (kind in ('wait', 'closed', 'revoked')),
    until timestamptz not null,
    reason text,
    created_at timestamptz not null default now(),
    primary key (workspace_id, connection_id, place),
    foreign key (workspace_id, connection_id) references connections (workspace_id, id)
  )`,
];

/** Adds the columns and the table in the migrator's transaction. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
