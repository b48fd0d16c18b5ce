import { type Kysely, sql } from "kysely";

/**
 * Figures at any size: counts of closed days and months, what makes them stale, wordings that begin a
 * series; and who may see whose figures.
 */
const statements = [
  // How far a workspace is counted: days before counted_until, as its time zone had them. While it
  // has another zone by now, nothing counts until everything was counted anew.
  sql`create table counting (
    workspace_id integer not null references workspaces (id),
    counted_until date not null,
    time_zone text not null,
    primary key (workspace_id)
  )`,

  // A metric's series: an answer belongs to the epoch of the wording that it was asked with
  // (docs/summary.md). Epoch 0 has no row; each row is a version whose wording or scale began a new one.
  sql`create table metric_epochs (
    workspace_id integer not null references workspaces (id),
    metric text not null,
    epoch integer not null check (epoch > 0),
    starts_at timestamptz not null,
    survey_id uuid not null,
    survey_version integer not null,
    primary key (workspace_id, metric, epoch),
    foreign key (workspace_id, survey_id, survey_version)
      references survey_versions (workspace_id, survey_id, version)
  )`,

  // How often each step of the scale was given on a day or in a month ('d', 'm'; its first day), by
  // every answer of whoever is no test person. cut '' is everybody; else one row a value of the cut
  // ('' is none). c0 is the lowest step.
  sql`create table counts (
    workspace_id integer not null references workspaces (id),
    metric text not null,
    promise text not null,
    epoch integer not null,
    cut text not null,
    span text not null check (span in ('d', 'm')),
    day date not null,
    value text not null default '',
    c0 integer not null default 0,
    c1 integer not null default 0,
    c2 integer not null default 0,
    c3 integer not null default 0,
    c4 integer not null default 0,
    c5 integer not null default 0,
    c6 integer not null default 0,
    c7 integer not null default 0,
    c8 integer not null default 0,
    c9 integer not null default 0,
    c10 integer not null default 0,
    primary key (workspace_id, metric, promise, epoch, cut, span, day, value)
  )`,

  // One answer a person: how many answers of score on the day (or in the month) earlier were
  // followed by the same human's next one on later. With both in a period the earlier one does not
  // count, so a period's figure is its counts less these.
  sql`create table repeats (
    workspace_id integer not null references workspaces (id),
    metric text not null,
    promise text not null,
    epoch integer not null,
    span text not null check (span in ('d', 'm')),
    later date not null,
    earlier date not null,
    score smallint not null,
    n integer not null check (n > 0),
    primary key (workspace_id, metric, promise, epoch, span, later, earlier, score)
  )`,
  sql`create index repeats_earlier on repeats
    (workspace_id, metric, promise, epoch, span, earlier, later) include (score, n)`,

  // Days whose counts are not true any more: written with the change itself, by its transaction, and
  // taken away with the recount. The transaction is part of the key so that no mark can be taken for
  // one that is being taken away.
  sql`create table stale_days (
    workspace_id integer not null references workspaces (id),
    metric text not null,
    day date not null,
    transaction bigint not null,
    primary key (workspace_id, metric, day, transaction)
  )`,

  // The teams whose figures somebody reads; empty: all of them.
  sql`alter table people add column teams text[] not null default '{}'`,

  // What was told to the leads by itself, so that it is told once.
  sql`create table alerts (
    workspace_id integer not null references workspaces (id),
    metric text not null,
    team text not null default '',
    period_start timestamptz not null,
    direction text not null check (direction in ('up', 'down')),
    alerted_at timestamptz not null,
    primary key (workspace_id, metric, team, period_start)
  )`,

  // What a button shows that has more to say than it can hold: filters, cuts, words searched for.
  // The id is made from what is in it. People are in it by id only.
  sql`create table views (
    workspace_id integer not null references workspaces (id),
    id uuid not null,
    content jsonb not null,
    kept_at timestamptz not null,
    primary key (workspace_id, id)
  )`,

  // The names that a view can be narrowed down to, hopped over.
  sql`create index chats_channel on chats (workspace_id, channel, opened_at)
    where channel is not null`,
  sql`create index chats_touchpoint on chats (workspace_id, touchpoint, opened_at)`,
  sql`create index accounts_name on accounts (workspace_id, (lower(name) collate "C"))`,

  // Who replied first, and when somebody of the team wrote first at all: whoever was written to before
  // they wrote did not get in touch. Unknown of chats before.
  sql`alter table chats add column first_replier_id uuid, add column first_team_at timestamptz,
    add foreign key (workspace_id, first_replier_id) references people (workspace_id, id)`,
  sql`create index chats_replier on chats (workspace_id, first_replier_id)
    where first_replier_id is not null`,
  sql`create index chats_first_customer on chats (workspace_id, first_customer_at, id)
    where first_customer_at is not null`,

  // What could not even be tried has no time of asking.
  sql`create index invitations_unasked on invitations (workspace_id, (coalesce(due_at, created_at)))
    where state = 'undeliverable' and asked_at is null`,
];

/** Adds the tables in the migrator's transaction. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
