import { type Kysely, sql } from "kysely";

/**
 * What is asked and what comes of it: surveys, invitations, answers, and the traffic in and out.
 * The same rule as in the first house: workspace_id leads every key and every reference.
 */
const statements = [
  sql`create table surveys (
    workspace_id integer not null references workspaces (id),
    id uuid not null,
    key text not null,
    metric text not null,
    trigger text not null check (trigger in ('chat', 'manual')),
    state text not null default 'on' check (state in ('on', 'paused', 'archived')),
    version integer not null,
    created_at timestamptz not null default now(),
    primary key (workspace_id, id),
    unique (workspace_id, key)
  )`,

  // series: versions that may be compared share one; a new wording or scale starts the next.
  sql`create table survey_versions (
    workspace_id integer not null,
    survey_id uuid not null,
    version integer not null,
    series integer not null,
    definition jsonb not null,
    created_at timestamptz not null default now(),
    primary key (workspace_id, survey_id, version),
    foreign key (workspace_id, survey_id) references surveys (workspace_id, id)
  )`,

  // reason_key says why this person is asked ("chat:<chat>:<closing>", "import:<row>"): one each.
  sql`create table invitations (
    workspace_id integer not null,
    id uuid not null,
    survey_id uuid not null,
    survey_version integer not null,
    person_id uuid,
    connection_id uuid,
    chat_id uuid,
    closing integer,
    reason_key text not null,
    state text not null check (state in ('planned', 'asked', 'answered', 'declined', 'expired',
      'suppressed', 'cancelled', 'undeliverable')),
    state_reason text,
    kind text not null check (kind in ('chat', 'manual', 'import', 'sample')),
    language text,
    conversation jsonb,
    due_at timestamptz,
    asked_at timestamptz,
    reached_at timestamptz,
    answered_at timestamptz,
    finished_at timestamptz,
    expires_at timestamptz,
    created_at timestamptz not null default now(),
    primary key (workspace_id, id),
    unique nulls not distinct (workspace_id, survey_id, person_id, reason_key),
    foreign key (workspace_id, survey_id, survey_version)
      references survey_versions (workspace_id, survey_id, version),
    foreign key (workspace_id, person_id) references people (workspace_id, id),
    foreign key (workspace_id, connection_id) references connections (workspace_id, id),
    foreign key (workspace_id, chat_id) references chats (workspace_id, id)
  )`,
  sql`create index invitations_person on invitations (workspace_id, person_id, asked_at)`,
  sql`create index invitations_asked on invitations (workspace_id, survey_id, asked_at)
    include (person_id, reached_at, answered_at, expires_at) where asked_at is not null`,
  sql`create index invitations_chat on invitations (workspace_id, chat_id)`,
  sql`create index invitations_open on invitations (workspace_id, expires_at) where state = 'asked'`,

  // A scored question has a score, a choice question a choice, an open question a text. What an
  // answer can be cut by stands beside it as it was when the chat was closed.
  sql`create table answers (
    workspace_id integer not null,
    invitation_id uuid not null,
    question text not null,
    survey_id uuid not null,
    survey_version integer not null,
    metric text,
    score smallint,
    scale_min smallint,
    scale_max smallint,
    choice text,
    text text,
    person_id uuid,
    chat_id uuid,
    closing integer,
    platform text,
    channel text,
    team text,
    touchpoint text,
    tags text[] not null default '{}',
    language text,
    asked_at timestamptz,
    answered_at timestamptz not null,
    changed_at timestamptz,
    revision integer not null default 1,
    primary key (workspace_id, invitation_id, question),
    foreign key (workspace_id, invitation_id) references invitations (workspace_id, id),
    foreign key (workspace_id, survey_id, survey_version)
      references survey_versions (workspace_id, survey_id, version),
    foreign key (workspace_id, person_id) references people (workspace_id, id),
    foreign key (workspace_id, chat_id) references chats (workspace_id, id),
    check (num_nonnulls(score, choice, text) = 1),
    check ((score is null) = (metric is null)),
    check (score is null or (scale_min is not null and scale_max is not null)),
    constraint answers_score_in_scale check (score between scale_min and scale_max)
  )`,
  sql`create index answers_scores on answers (workspace_id, survey_id, question, answered_at)
    include (score, person_id, invitation_id) where score is not null`,
  sql`create index answers_texts on answers (workspace_id, survey_id, answered_at desc)
    where text is not null`,
  sql`create index answers_person on answers (workspace_id, person_id, answered_at)`,

  // What an answer was before it was changed or taken back.
  sql`create table answer_history (
    workspace_id integer not null,
    invitation_id uuid not null,
    question text not null,
    revision integer not null,
    score smallint,
    choice text,
    text text,
    answered_at timestamptz not null,
    replaced_at timestamptz not null,
    primary key (workspace_id, invitation_id, question, revision),
    foreign key (workspace_id, invitation_id) references invitations (workspace_id, id)
  )`,

  // Every gate decision with its reason: what "why was I asked" reads.
  sql`create table decisions (
    workspace_id integer not null,
    id uuid not null,
    invitation_id uuid not null,
    verdict text not null check (verdict in ('ask', 'defer', 'suppress')),
    gate text,
    reason text not null,
    until timestamptz,
    decided_at timestamptz not null,
    primary key (workspace_id, id),
    foreign key (workspace_id, invitation_id) references invitations (workspace_id, id)
  )`,
  sql`create index decisions_invitation on decisions (workspace_id, invitation_id, decided_at)`,

  // The outbox ledger: planned → sending → sent | undeliverable | dead.
  sql`create table deliveries (
    workspace_id integer not null,
    id uuid not null,
    connection_id uuid not null,
    key text not null,
    purpose text not null,
    invitation_id uuid,
    person_id uuid,
    address jsonb not null,
    message jsonb not null,
    replaces text,
    state text not null default 'planned'
      check (state in ('planned', 'sending', 'sent', 'undeliverable', 'dead', 'cancelled')),
    reason text,
    attempts integer not null default 0,
    message_id text,
    created_at timestamptz not null default now(),
    sent_at timestamptz,
    primary key (workspace_id, id),
    unique (workspace_id, key),
    foreign key (workspace_id, connection_id) references connections (workspace_id, id),
    foreign key (workspace_id, invitation_id) references invitations (workspace_id, id),
    foreign key (workspace_id, person_id) references people (workspace_id, id)
  )`,
  sql`create index deliveries_invitation on deliveries (workspace_id, invitation_id)`,
  sql`create index deliveries_replaces on deliveries (workspace_id, replaces)
    where replaces is not null`,

  // Which events came in. No body is kept: the event and what it causes commit together.
  sql`create table inbox (
    workspace_id integer not null,
    connection_id uuid not null,
    event_id text not null,
    kind text not null,
    duplicates integer not null default 0,
    received_at timestamptz not null default now(),
    primary key (workspace_id, connection_id, event_id),
    foreign key (workspace_id, connection_id) references connections (workspace_id, id)
  )`,
  sql`create index inbox_received on inbox (workspace_id, received_at)`,

  sql`create table audit (
    workspace_id integer not null references workspaces (id),
    id bigint generated always as identity,
    at timestamptz not null,
    actor text not null,
    action text not null,
    target text,
    details jsonb not null default '{}',
    primary key (workspace_id, id)
  )`,
];

/** Creates everything in one transaction (the migrator's), statement by statement. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
