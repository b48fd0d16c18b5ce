import { type Kysely, sql } from "kysely";

/**
 * What admins set up: who may do what, drafts of what they are about to change, and every change as one
 * set that can be looked up, approved by a second person, and taken back. The audit log can only grow.
 */
const statements = [
  // Who made a version: a person's id, "operator", or "aftertalk" where it came with the program.
  sql`alter table survey_versions add column actor text not null default 'aftertalk'`,

  // What somebody is about to change, with what it was when they began: kept until it is done.
  sql`create table drafts (
    workspace_id integer not null references workspaces (id),
    id uuid not null,
    person_id uuid not null,
    kind text not null check (kind in ('setup', 'survey', 'schedule', 'roles', 'settings',
      -- A survey that an admin tries on themselves: it is no invitation, so nothing of it is counted.
      'trial')),
    -- Which survey or schedule, by its key or name; empty for one that is new.
    about text not null default '',
    -- The version that it began with; null for what is new.
    base integer,
    content jsonb not null,
    state text not null default 'open' check (state in ('open', 'done', 'dropped')),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (workspace_id, id),
    foreign key (workspace_id, person_id) references people (workspace_id, id)
  )`,
  sql`create index drafts_person on drafts (workspace_id, person_id, updated_at)`,

  // Changes that belong together: all of them hold, or none. undo: what puts everything back.
  sql`create table change_sets (
    workspace_id integer not null references workspaces (id),
    id uuid not null,
    at timestamptz not null,
    actor text not null,
    origin text not null check (origin in ('chat', 'setup', 'file', 'command-line', 'undo')),
    changes jsonb not null,
    undo jsonb,
    -- offered: it did not fit what somebody else had saved; this is how it would, after a yes.
    state text not null
      check (state in ('offered', 'proposed', 'applied', 'refused', 'withdrawn', 'undone')),
    -- The draft that it came from, which goes with its person; the set that it takes back.
    draft_id uuid,
    undoes uuid,
    -- Who approved, refused, withdrew or took it back, and when.
    decided_by text,
    decided_at timestamptz,
    primary key (workspace_id, id)
  )`,
  sql`create index change_sets_at on change_sets (workspace_id, at)`,

  // What a person, or everybody in a group or role of a platform, may do. The highest one counts.
  sql`create table role_grants (
    workspace_id integer not null references workspaces (id),
    id uuid not null,
    person_id uuid,
    connection_id uuid,
    group_id text,
    -- What the group was called when it was granted.
    label text not null default '',
    role text not null check (role in ('viewer', 'agent', 'lead', 'admin')),
    granted_by text not null,
    granted_at timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, person_id),
    unique (workspace_id, connection_id, group_id),
    foreign key (workspace_id, person_id) references people (workspace_id, id),
    foreign key (workspace_id, connection_id) references connections (workspace_id, id),
    check ((person_id is null) = (group_id is not null)),
    check ((connection_id is null) = (group_id is null))
  )`,

  // people.role is what counts. told_role: what the platform or its operator said last, where something
  // that was granted is higher; role_by: who or what gives the role, in a word of ours.
  sql`alter table people add column told_role text
    check (told_role in ('customer', 'viewer', 'agent', 'lead', 'admin'))`,
  sql`alter table people add column role_by text`,

  sql`create function audit_only_grows() returns trigger language plpgsql as $$
    begin
      raise exception 'the audit log only grows' using errcode = 'restrict_violation';
    end
  $$`,
  // Row by row: putting a backup in place empties all tables, and this one with them.
  sql`create trigger audit_only_grows before update or delete on audit
    for each row execute function audit_only_grows()`,
  // By what something was changed: chat, a file, the command line.
  sql`alter table audit add column origin text`,
  sql`create index audit_at on audit (workspace_id, at)`,

  // What is on its way and what was given up, without reading everything that was sent.
  sql`create index deliveries_unsent on deliveries (workspace_id, created_at)
    where state in ('planned', 'sending', 'undeliverable', 'dead')`,
];

/** Creates everything in one transaction (the migrator's), statement by statement. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
