import { type Kysely, sql } from "kysely";

/**
 * When and whom: schedules and their versions, what they have started, the facts they go by
 * (joined, left, dates, activity, orders), churn signals, and the claims by which many instances
 * share one clockwork.
 */
const statements = [
  // next_at: when a cron schedule fires next, computed ahead; null for the others.
  sql`create table schedules (
    workspace_id integer not null references workspaces (id),
    id uuid not null,
    name text not null,
    state text not null default 'paused' check (state in ('on', 'paused', 'archived')),
    version integer not null,
    next_at timestamptz,
    -- Since when it is on: nothing that was over by then is asked about.
    on_since timestamptz,
    created_at timestamptz not null default now(),
    primary key (workspace_id, id),
    unique (workspace_id, name)
  )`,
  sql`create index schedules_next on schedules (next_at) where state = 'on'`,
  sql`create table schedule_versions (
    workspace_id integer not null,
    schedule_id uuid not null,
    version integer not null,
    definition jsonb not null,
    actor text not null,
    created_at timestamptz not null default now(),
    primary key (workspace_id, schedule_id, version),
    foreign key (workspace_id, schedule_id) references schedules (workspace_id, id)
  )`,

  // One firing of a cron schedule. cursor: how far its audience is planned; null from the start.
  sql`create table schedule_runs (
    workspace_id integer not null,
    schedule_id uuid not null,
    fire_at timestamptz not null,
    started_at timestamptz not null,
    cursor uuid,
    planned integer not null default 0,
    -- 'late' runs catch up one that was missed; 'skipped' ones were missed and are not made up for.
    outcome text check (outcome in ('done', 'late', 'skipped')),
    finished_at timestamptz,
    primary key (workspace_id, schedule_id, fire_at),
    foreign key (workspace_id, schedule_id) references schedules (workspace_id, id)
  )`,
  sql`create index schedule_runs_open on schedule_runs (fire_at) where finished_at is null`,

  // Where a human is in a programme. next_at: when its next step is planned; null while an
  // invitation of it is still to come to an end.
  sql`create table enrolments (
    workspace_id integer not null,
    schedule_id uuid not null,
    human_id uuid not null,
    round integer not null default 0,
    step integer not null default 0,
    next_at timestamptz,
    invitation_id uuid,
    state text not null default 'active' check (state in ('active', 'done', 'left')),
    started_at timestamptz not null,
    primary key (workspace_id, schedule_id, human_id),
    foreign key (workspace_id, schedule_id) references schedules (workspace_id, id),
    foreign key (workspace_id, human_id) references people (workspace_id, id),
    foreign key (workspace_id, invitation_id) references invitations (workspace_id, id)
  )`,
  sql`create index enrolments_next on enrolments (workspace_id, schedule_id, next_at)
    where state = 'active'`,
  sql`create index enrolments_human on enrolments (workspace_id, human_id)`,
  sql`create index enrolments_invitation on enrolments (workspace_id, invitation_id)
    where invitation_id is not null`,

  // Which instance runs a tick of the clockwork; and what a workspace does at times of its own.
  sql`create table ticks (
    name text not null,
    fire_at timestamptz not null,
    claimed_at timestamptz not null default now(),
    primary key (name, fire_at)
  )`,
  // Jobs that failed at every try, until somebody has them tried again. error: without anybody's data.
  sql`create table dead_jobs (
    workspace_id integer not null references workspaces (id),
    id uuid not null,
    queue text not null,
    about uuid not null,
    error text,
    tries integer not null,
    put_in_at timestamptz not null,
    died_at timestamptz not null,
    primary key (workspace_id, id)
  )`,
  sql`create table timers (
    workspace_id integer not null references workspaces (id),
    name text not null,
    next_at timestamptz not null,
    primary key (workspace_id, name)
  )`,
  sql`create index timers_next on timers (next_at)`,

  // What a schedule planned, and its reminder.
  sql`alter table invitations add column schedule_id uuid`,
  sql`alter table invitations add column schedule_version integer`,
  sql`alter table invitations add foreign key (workspace_id, schedule_id, schedule_version)
    references schedule_versions (workspace_id, schedule_id, version)`,
  // The minute of the day's share that is kept for it (daily cap).
  sql`alter table invitations add column slot_at timestamptz`,
  // Since when a job is on its way to ask it.
  sql`alter table invitations add column queued_at timestamptz`,
  sql`alter table invitations add column remind_at timestamptz`,
  sql`alter table invitations add column reminded_at timestamptz`,
  sql`alter table invitations drop constraint invitations_kind_check`,
  sql`alter table invitations add constraint invitations_kind_check check (kind in ('chat',
    'manual', 'import', 'sample', 'recovery', 'still-solved', 'churn', 'onboarding',
    'relationship', 'exit', 'other'))`,
  sql`create index invitations_remind on invitations (workspace_id, remind_at)
    where state = 'asked' and remind_at is not null`,
  sql`create index invitations_schedule on invitations (workspace_id, schedule_id, slot_at)
    where slot_at is not null`,
  // Looked for each minute: what is to be decided, and what has lost its job.
  sql`drop index invitations_planned`,
  sql`create index invitations_due on invitations (workspace_id, due_at)
    where state = 'planned' and queued_at is null`,
  sql`create index invitations_queued on invitations (workspace_id, queued_at)
    where state = 'planned' and queued_at is not null`,
  sql`create index invitations_waiting on invitations (workspace_id, person_id)
    where state = 'planned'`,
  // Of what schedules found each fact has one invitation, whoever the human turns out to be.
  sql`create unique index invitations_fact on invitations (workspace_id, reason_key)
    where schedule_id is not null`,

  sql`alter table surveys alter column metric drop not null`,
  sql`alter table surveys drop constraint surveys_trigger_check`,
  sql`alter table surveys add constraint surveys_trigger_check
    check (trigger in ('chat', 'manual', 'recovery', 'schedule'))`,

  // Invitations whose answers a message quotes that is about several people (the digest).
  sql`alter table deliveries add column quoted uuid[]`,
  sql`create index deliveries_quoting on deliveries (workspace_id) where quoted is not null`,

  // When somebody became a customer and when they left, as far as anybody told us.
  sql`alter table accounts add column plan text`,
  sql`alter table accounts add column joined_at timestamptz`,
  sql`alter table accounts add column left_at timestamptz`,
  sql`alter table accounts add column left_rule text`,
  sql`alter table accounts add column left_noted_at timestamptz`,
  sql`alter table people add column plan text`,
  sql`alter table people add column tags text[] not null default '{}'`,
  sql`alter table people add column joined_at timestamptz`,
  sql`alter table people add column left_at timestamptz`,
  sql`alter table people add column left_rule text`,
  sql`alter table people add column left_noted_at timestamptz`,
  // When they were last heard of: a message, an answer, or what another system reported.
  sql`alter table people add column active_at timestamptz`,
  sql`update people p set active_at = heard.at from (
    select workspace_id, person_id, max(at) as at from (
      select workspace_id, customer_id as person_id, coalesce(last_message_at, opened_at) as at
        from chats where customer_id is not null
      union all
      select workspace_id, person_id, answered_at from answers where person_id is not null
    ) acts group by 1, 2
  ) heard where p.workspace_id = heard.workspace_id and p.id = heard.person_id`,
  sql`alter table chats add column reopened_at timestamptz`,
  // Each time that the customer came back to it.
  sql`alter table chats add column reopenings timestamptz[] not null default '{}'`,
  sql`create index chats_closed_at on chats (workspace_id, closed_at) where state = 'closed'`,
  sql`create index people_joined on people (workspace_id, (coalesce(joined_at, created_at)))`,
  // All rows of a human, whichever of them stands for it.
  sql`create index people_humans on people (workspace_id, (coalesce(human_id, id)))`,
  // What triggers look for.
  sql`create index chats_reopened on chats (workspace_id, reopened_at) where reopened_at is not null`,
  sql`create index people_left on people (workspace_id, left_at) where left_at is not null`,
  sql`create index people_never on people (workspace_id) where consent = 'never'`,
  sql`create index people_account on people (workspace_id, account_id) where account_id is not null`,
  sql`create index answers_given on answers (workspace_id, metric, answered_at)
    where score is not null`,

  // Dates of a person or an account, by name: renewal.
  sql`create table dates (
    workspace_id integer not null references workspaces (id),
    owner text not null check (owner in ('person', 'account')),
    owner_id uuid not null,
    name text not null,
    "on" date not null,
    primary key (workspace_id, owner, owner_id, name)
  )`,
  sql`create index dates_on on dates (workspace_id, name, "on")`,

  // How often somebody did what on a day of the workspace. what: chat, message, answer, or a word
  // of the system that reported it.
  sql`create table activities (
    workspace_id integer not null,
    person_id uuid not null,
    day date not null,
    what text not null,
    n integer not null check (n > 0),
    primary key (workspace_id, person_id, day, what),
    foreign key (workspace_id, person_id) references people (workspace_id, id)
  )`,
  sql`create index activities_day on activities (workspace_id, day)`,
  sql`create table orders (
    workspace_id integer not null references workspaces (id),
    day date not null,
    n integer not null check (n >= 0),
    primary key (workspace_id, day)
  )`,

  // Churn signals of a human as they stand, and each change of tier as it was recorded.
  sql`create table signals (
    workspace_id integer not null,
    human_id uuid not null,
    points integer not null,
    tier text not null check (tier in ('low', 'watch', 'high')),
    reasons jsonb not null,
    tier_since timestamptz not null,
    computed_at timestamptz not null,
    -- When they have to be looked at again because time alone changes them.
    due_at timestamptz,
    -- Something that they are made of has changed since.
    stale boolean not null default false,
    primary key (workspace_id, human_id),
    foreign key (workspace_id, human_id) references people (workspace_id, id)
  )`,
  sql`create index signals_due on signals (workspace_id, due_at)`,
  sql`create index signals_stale on signals (workspace_id, human_id) where stale`,
  sql`create index signals_tier on signals (workspace_id, tier, tier_since)`,
  sql`create table signal_events (
    workspace_id integer not null,
    id uuid not null,
    human_id uuid not null,
    at timestamptz not null,
    from_tier text,
    tier text not null,
    points integer not null,
    reasons jsonb not null,
    primary key (workspace_id, id),
    foreign key (workspace_id, human_id) references people (workspace_id, id)
  )`,
  sql`create index signal_events_human on signal_events (workspace_id, human_id, at)`,
  sql`create index signal_events_at on signal_events (workspace_id, at)`,
];

/** Changes everything in the migrator's transaction. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
