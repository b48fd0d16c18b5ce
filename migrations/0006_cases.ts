import { type Kysely, sql } from "kysely";

/** Whoever was unhappy hears back: cases, what happened in them, and what people let us quote. */
const statements = [
  // Times of the workspace's working hours are computed when a case is opened or changed, and kept.
  sql`create table cases (
    workspace_id integer not null references workspaces (id),
    id uuid not null,
    -- What people call it: 1, 2, 3 … in the workspace.
    number integer not null,
    -- Null once the person was forgotten: what remains is counted.
    person_id uuid,
    -- The human behind it: one open case each.
    human_id uuid,
    account_id uuid,
    -- Where the customer is written to.
    connection_id uuid,
    chat_id uuid,
    invitation_id uuid,
    team text,
    cause text not null check (cause in ('low-score', 'contact', 'complaint', 'churn', 'silent')),
    state text not null default 'open' check (state in ('open', 'snoozed', 'closed')),
    owner_id uuid,
    opened_at timestamptz not null,
    claimed_at timestamptz,
    first_replied_at timestamptz,
    last_replied_at timestamptz,
    -- Since when the customer waits for us; null: the last word was ours.
    waiting_since timestamptz,
    -- By when somebody has to have replied; the one reminder; when it went to the next role.
    due_at timestamptz not null,
    remind_at timestamptz,
    reminded_at timestamptz,
    escalated_at timestamptz,
    snoozed_until timestamptz,
    closed_at timestamptz,
    closed_by uuid,
    close_reason text check (close_reason in ('solved', 'explained', 'nothing-we-can-do',
      'wrong-person', 'duplicate', 'corrected', 'forgotten')),
    -- When the recovery check is due, and what was asked.
    recovery_at timestamptz,
    recovery_invitation_id uuid,
    -- Of the card: how often it was drawn.
    revision integer not null default 0,
    -- It was changed where no message could be sent: the clockwork draws it.
    stale boolean not null default false,
    primary key (workspace_id, id),
    unique (workspace_id, number),
    check ((state = 'closed') = (closed_at is not null)),
    check ((state = 'snoozed') = (snoozed_until is not null)),
    foreign key (workspace_id, person_id) references people (workspace_id, id),
    foreign key (workspace_id, human_id) references people (workspace_id, id),
    foreign key (workspace_id, account_id) references accounts (workspace_id, id),
    foreign key (workspace_id, connection_id) references connections (workspace_id, id),
    foreign key (workspace_id, chat_id) references chats (workspace_id, id),
    foreign key (workspace_id, owner_id) references people (workspace_id, id),
    foreign key (workspace_id, closed_by) references people (workspace_id, id),
    foreign key (workspace_id, invitation_id) references invitations (workspace_id, id),
    foreign key (workspace_id, recovery_invitation_id) references invitations (workspace_id, id)
  )`,
  sql`create unique index cases_one_open on cases (workspace_id, human_id)
    where state <> 'closed' and human_id is not null`,
  sql`create index cases_opened on cases (workspace_id, opened_at)`,
  sql`create index cases_closed on cases (workspace_id, closed_at) where closed_at is not null`,
  sql`create index cases_person on cases (workspace_id, person_id) where person_id is not null`,
  sql`create index cases_human on cases (workspace_id, human_id) where human_id is not null`,
  sql`create index cases_owner on cases (workspace_id, owner_id) where owner_id is not null`,
  sql`create index cases_closer on cases (workspace_id, closed_by) where closed_by is not null`,
  // Before an invitation is deleted it is looked for here.
  sql`create index cases_invitation on cases (workspace_id, invitation_id)
    where invitation_id is not null`,
  sql`create index cases_check on cases (workspace_id, recovery_invitation_id)
    where recovery_invitation_id is not null`,
  sql`create index cases_restless on cases (workspace_id, id) where state <> 'closed' or stale`,
  sql`create index cases_recovery on cases (workspace_id, recovery_at)
    where recovery_at is not null and recovery_invitation_id is null`,

  // Everything that happened in a case, in order. text: words of the customer or of the team.
  sql`create table case_events (
    workspace_id integer not null,
    id uuid not null,
    case_id uuid not null,
    at timestamptz not null,
    -- A person of the team or the customer; null: aftertalk itself.
    actor_id uuid,
    kind text not null check (kind in ('opened', 'joined', 'claimed', 'replied', 'answered',
      'undelivered', 'snoozed', 'woken', 'reminded', 'escalated', 'noted', 'closed', 'corrected',
      'recovery-asked', 'recovered', 'not-recovered')),
    invitation_id uuid,
    text text,
    details jsonb not null default '{}',
    primary key (workspace_id, id),
    foreign key (workspace_id, case_id) references cases (workspace_id, id),
    foreign key (workspace_id, actor_id) references people (workspace_id, id),
    foreign key (workspace_id, invitation_id) references invitations (workspace_id, id)
  )`,
  // What nobody could be told yet is looked for with each sign of life.
  sql`create index case_events_waiting on case_events (workspace_id, case_id)
    where details @> '{"waits": true}'`,
  sql`create index case_events_actor on case_events (workspace_id, actor_id)
    where actor_id is not null`,
  sql`create index case_events_invitation on case_events (workspace_id, invitation_id)
    where invitation_id is not null`,
  sql`create index case_events_case on case_events (workspace_id, case_id, at)`,

  // The recovery check is about a case, and is none of the workspace's usual questions.
  sql`alter table surveys drop constraint surveys_trigger_check`,
  sql`alter table surveys add constraint surveys_trigger_check
    check (trigger in ('chat', 'manual', 'recovery'))`,
  sql`alter table invitations drop constraint invitations_kind_check`,
  sql`alter table invitations add constraint invitations_kind_check
    check (kind in ('chat', 'manual', 'import', 'sample', 'recovery'))`,
  sql`alter table invitations add column case_id uuid`,
  sql`alter table invitations add foreign key (workspace_id, case_id)
    references cases (workspace_id, id)`,

  // beneath: key of the delivery in whose thread this one is said. case_id: what it is about.
  sql`alter table deliveries add column beneath text`,
  sql`alter table deliveries add column case_id uuid`,
  sql`alter table deliveries add foreign key (workspace_id, case_id)
    references cases (workspace_id, id)`,
  sql`create index deliveries_case on deliveries (workspace_id, case_id) where case_id is not null`,

  // Words that somebody lets us quote: what exactly, under which wording of the question, since when.
  sql`create table quotes (
    workspace_id integer not null,
    id uuid not null,
    person_id uuid not null,
    invitation_id uuid not null,
    state text not null check (state in ('asked', 'allowed', 'declined', 'withdrawn')),
    text text not null,
    -- With the person's name, or without.
    named boolean,
    wording text not null,
    language text not null,
    asked_at timestamptz not null,
    decided_at timestamptz,
    withdrawn_at timestamptz,
    primary key (workspace_id, id),
    unique (workspace_id, invitation_id),
    foreign key (workspace_id, person_id) references people (workspace_id, id),
    foreign key (workspace_id, invitation_id) references invitations (workspace_id, id)
  )`,
  sql`create index quotes_person on quotes (workspace_id, person_id)`,
];

/** Changes everything in the migrator's transaction. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
