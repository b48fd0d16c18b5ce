import { type Kysely, sql } from "kysely";

/**
 * The first house. Every primary and unique key begins with workspace_id and every reference
 * carries it, so that nothing can point into another workspace and rows can be distributed by it
 * (exempt: workspaces itself, and a connection's platform id, which is how an event finds its
 * workspace). No text of a support chat is kept, only counts.
 */
const statements = [
  sql`create table workspaces (
    id integer primary key generated always as identity,
    name text not null,
    time_zone text not null,
    locale text not null,
    created_at timestamptz not null default now()
  )`,

  // settings: {askDelaySeconds?} and whatever a platform's setup needs; never secrets.
  sql`create table connections (
    workspace_id integer not null references workspaces (id),
    id uuid not null,
    platform text not null,
    external_id text not null,
    name text not null,
    settings jsonb not null default '{}',
    created_at timestamptz not null default now(),
    primary key (workspace_id, id),
    constraint connections_platform_external_id_key unique (platform, external_id)
  )`,

  sql`create table accounts (
    workspace_id integer not null references workspaces (id),
    id uuid not null,
    external_id text not null,
    name text not null,
    created_at timestamptz not null default now(),
    primary key (workspace_id, id),
    unique (workspace_id, external_id)
  )`,

  sql`create table people (
    workspace_id integer not null references workspaces (id),
    id uuid not null,
    account_id uuid,
    name text not null,
    email text,
    locale text,
    time_zone text,
    role text not null default 'customer'
      check (role in ('customer', 'viewer', 'agent', 'lead', 'admin')),
    account_role text check (account_role in ('buyer', 'user')),
    bot boolean not null default false,
    test boolean not null default false,
    consent text not null default 'open' check (consent in ('open', 'paused', 'never')),
    paused_until timestamptz,
    source text not null default 'platform' check (source in ('platform', 'import', 'sample')),
    created_at timestamptz not null default now(),
    primary key (workspace_id, id),
    foreign key (workspace_id, account_id) references accounts (workspace_id, id),
    check ((consent = 'paused') = (paused_until is not null))
  )`,

  sql`create table identities (
    workspace_id integer not null,
    connection_id uuid not null,
    external_id text not null,
    person_id uuid not null,
    created_at timestamptz not null default now(),
    primary key (workspace_id, connection_id, external_id),
    foreign key (workspace_id, connection_id) references connections (workspace_id, id),
    foreign key (workspace_id, person_id) references people (workspace_id, id)
  )`,
  sql`create index identities_person on identities (workspace_id, person_id)`,

  // closings counts how often the chat was closed: the n-th closing is what an invitation is about.
  sql`create table chats (
    workspace_id integer not null,
    id uuid not null,
    connection_id uuid not null,
    external_id text not null,
    customer_id uuid,
    channel text,
    team text,
    touchpoint text not null default 'support chat',
    tags text[] not null default '{}',
    url text,
    state text not null default 'open' check (state in ('open', 'closed')),
    close_reason text check (close_reason in ('solved', 'manual', 'inactivity', 'spam')),
    closings integer not null default 0,
    customer_messages integer not null default 0,
    customer_characters integer not null default 0,
    opened_at timestamptz not null,
    first_customer_at timestamptz,
    first_replied_at timestamptz,
    closed_at timestamptz,
    source text not null default 'platform' check (source in ('platform', 'import', 'sample')),
    primary key (workspace_id, id),
    unique (workspace_id, connection_id, external_id),
    foreign key (workspace_id, connection_id) references connections (workspace_id, id),
    foreign key (workspace_id, customer_id) references people (workspace_id, id)
  )`,
  sql`create index chats_closed on chats (workspace_id, closed_at) where closed_at is not null`,

  // closing 0 is the running tally; closing n is frozen when the chat is closed for the n-th time.
  sql`create table handlers (
    workspace_id integer not null,
    chat_id uuid not null,
    closing integer not null,
    person_id uuid not null,
    messages integer not null check (messages >= 0),
    primary key (workspace_id, chat_id, closing, person_id),
    foreign key (workspace_id, chat_id) references chats (workspace_id, id),
    foreign key (workspace_id, person_id) references people (workspace_id, id)
  )`,
  sql`create index handlers_person on handlers (workspace_id, person_id)`,
];

/** Creates everything in one transaction (the migrator's), statement by statement. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
