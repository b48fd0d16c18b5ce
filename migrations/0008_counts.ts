import { type Kysely, sql } from "kysely";
import { staleMarks } from "./0008_stale_marks.ts";

/**
 * Figures at any size: counts of closed days and months, what makes them stale, wordings that begin a
 * series; and who may see whose figures.
 */
const statements = [
  // How far a workspace is counted, by the days of its time zone: answers of the days before
  // counted_until, whom was asked on those before asked_until. When the zone changes, the row goes
  // and everything is counted anew. since: marks are sure to be in this zone from then on.
  sql`create table counting (
    workspace_id integer not null references workspaces (id),
    counted_until date not null,
    asked_until date not null,
    time_zone text not null,
    since timestamptz not null default clock_timestamp(),
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
  // every answer "with your name" of whoever is no test person. cut '' is everybody; else one row a
  // value of the cut ('' is none). c0 is the lowest step. A month has the days that are counted.
  sql`create table counts (
    workspace_id integer not null references workspaces (id),
    metric text not null,
    cut text not null,
    span text not null check (span in ('d', 'm')),
    day date not null,
    value text not null,
    epoch integer not null,
    c0 integer not null,
    c1 integer not null,
    c2 integer not null,
    c3 integer not null,
    c4 integer not null,
    c5 integer not null,
    c6 integer not null,
    c7 integer not null,
    c8 integer not null,
    c9 integer not null,
    c10 integer not null,
    primary key (workspace_id, metric, cut, span, day, value, epoch)
  )`,

  // One answer a person: how many answers of a step on the day (or in the month) earlier were
  // followed by the same human's next one on later. With both in a period the earlier one does not
  // count, so a period's figure is its counts less these.
  sql`create table repeats (
    workspace_id integer not null references workspaces (id),
    metric text not null,
    span text not null check (span in ('d', 'm')),
    later date not null,
    earlier date not null,
    epoch integer not null,
    step smallint not null,
    n integer not null check (n > 0),
    primary key (workspace_id, metric, span, later, earlier, epoch, step)
  )`,
  sql`create index repeats_earlier on repeats (workspace_id, metric, span, earlier, later)
    include (epoch, step, n)`,

  // Whom a survey asked on a day or in a month, and what came of it by now: everything asked then is
  // over. cut '' is everybody, else 'team'.
  sql`create table asked_counts (
    workspace_id integer not null references workspaces (id),
    survey_id uuid not null,
    promise text not null,
    cut text not null,
    span text not null check (span in ('d', 'm')),
    day date not null,
    value text not null,
    asked integer not null,
    reached integer not null,
    answered integer not null,
    primary key (workspace_id, survey_id, promise, cut, span, day, value)
  )`,

  // Days whose counts are not true any more: written with the change itself, by its transaction, and
  // taken away with the recount. The transaction is part of the key so that no mark can be taken for
  // one that is being taken away. Metric 'asked' is whom was asked.
  sql`create table stale_days (
    workspace_id integer not null references workspaces (id),
    metric text not null,
    day date not null,
    transaction bigint not null,
    primary key (workspace_id, metric, day, transaction)
  )`,
  ...staleMarks,

  // What is not counted is read from this alone.
  sql`drop index answers_given`,
  sql`create index answers_given on answers (workspace_id, metric, answered_at)
    include (score, scale_min, scale_max, promise, survey_id, person_id, invitation_id, question)
    where score is not null`,

  // What is left of answers without a person is found by metric.
  sql`create index anonymous_counts_metric on anonymous_counts (workspace_id, metric, day)
    where what = 'score'`,

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
