import { type Kysely, sql } from "kysely";

/**
 * The person behind the score: one human behind several rows, what a workspace has promised and set,
 * what was forgotten, and secrets that are kept sealed.
 */
const statements = [
  // Retention, promise, hours, cases: read with defaults by store/settings.ts.
  sql`alter table workspaces add column settings jsonb not null default '{}'`,

  // One human may be met on several connections, as a row of people on each (names and roles differ
  // there). human_id names the row that stands for all of them; null: this row stands for itself.
  // It never points at a row that points on.
  sql`alter table people add column human_id uuid`,
  sql`alter table people add column email_verified boolean not null default false`,
  sql`alter table people add foreign key (workspace_id, human_id)
    references people (workspace_id, id)`,
  sql`create index people_human on people (workspace_id, human_id) where human_id is not null`,
  sql`create index people_email on people (workspace_id, lower(email)) where email is not null`,
  // Until now they were found by the platform's own id each time.
  sql`update people p set human_id = first.person_id
    from identities i
    join connections c on c.workspace_id = i.workspace_id and c.id = i.connection_id
    cross join lateral (
      select o.person_id from identities o
      join connections oc on oc.workspace_id = o.workspace_id and oc.id = o.connection_id
      where o.workspace_id = i.workspace_id and o.external_id = i.external_id
        and oc.platform = c.platform
      order by o.person_id limit 1
    ) first
    where p.workspace_id = i.workspace_id and p.id = i.person_id and first.person_id <> p.id`,

  // Who was found to be whom, by whom and why: undone by moving the same rows back.
  sql`create table merges (
    workspace_id integer not null references workspaces (id),
    id uuid not null,
    at timestamptz not null,
    actor text not null,
    how text not null check (how in ('platform', 'email', 'link', 'import')),
    -- The two that are one human, each a row of people, and the rows that moved by it.
    kept uuid not null,
    absorbed uuid not null,
    people uuid[] not null,
    -- Consent and account of every row of both as they were before.
    earlier jsonb not null default '[]',
    undone_at timestamptz,
    primary key (workspace_id, id)
  )`,
  sql`create index merges_kept on merges (workspace_id, kept)`,
  sql`create index merges_absorbed on merges (workspace_id, absorbed)`,
  sql`create index merges_people on merges using gin (people)`,
  sql`insert into merges (workspace_id, id, at, actor, how, kept, absorbed, people)
    select workspace_id, gen_random_uuid(), now(), 'aftertalk', 'platform', human_id, id, array[id]
    from people where human_id is not null`,

  sql`create index audit_consents on audit (workspace_id, target, at)
    where action like 'consent.%'`,

  // Sealed by the vault (AES-256-GCM); key_id tells by which of the operator's secrets.
  sql`create table secrets (
    workspace_id integer not null references workspaces (id),
    name text not null,
    key_id text not null,
    sealed text not null,
    kept_at timestamptz not null,
    primary key (workspace_id, name)
  )`,

  // Keyed hashes of the identities of whoever asked to be forgotten: nobody can be read out of them.
  sql`create table forgotten (
    workspace_id integer not null references workspaces (id),
    hash text not null,
    forgotten_at timestamptz not null,
    -- They came back by themselves.
    lifted_at timestamptz,
    primary key (workspace_id, hash)
  )`,

  // What is still to be removed on the platforms after an erasure; a target is deleted when it is
  // done, or given up, with the person's id on the platform in it.
  sql`create table erasures (
    workspace_id integer not null references workspaces (id),
    id uuid not null,
    requested_at timestamptz not null,
    requested_by text not null check (requested_by in ('person', 'operator', 'restore')),
    removed integer not null default 0,
    -- Messages that could not be removed, by reason.
    remaining jsonb not null default '{}',
    finished_at timestamptz,
    primary key (workspace_id, id)
  )`,
  sql`create table erasure_targets (
    workspace_id integer not null,
    erasure_id uuid not null,
    id uuid not null,
    connection_id uuid not null,
    target jsonb not null,
    attempts integer not null default 0,
    primary key (workspace_id, id),
    foreign key (workspace_id, erasure_id) references erasures (workspace_id, id),
    foreign key (workspace_id, connection_id) references connections (workspace_id, id)
  )`,

  // What remains of answers whose person was forgotten or whose time is over: numbers by the
  // workspace's day, nothing else. what: a score, or how many were asked, reached, answered.
  sql`create table anonymous_counts (
    workspace_id integer not null,
    survey_id uuid not null,
    survey_version integer not null,
    question text not null default '',
    day date not null,
    team text not null default '',
    promise text not null default 'named',
    what text not null check (what in ('score', 'asked', 'reached', 'answered')),
    metric text,
    score smallint not null default 0,
    scale_min smallint,
    scale_max smallint,
    n integer not null check (n > 0),
    primary key (workspace_id, survey_id, survey_version, question, day, team, promise, what, score),
    foreign key (workspace_id, survey_id, survey_version)
      references survey_versions (workspace_id, survey_id, version)
  )`,

  // What was said about who reads the answer, when it was asked. Two promises never mix.
  sql`alter table invitations add column promise text not null default 'named'
    check (promise in ('named', 'totals'))`,
  sql`alter table answers add column promise text not null default 'named'
    check (promise in ('named', 'totals'))`,

  sql`create index anonymous_counts_days
    on anonymous_counts (workspace_id, survey_id, metric, day)`,

  // A summary is read from these alone: what it needs of a row stands in them.
  sql`drop index invitations_asked`,
  sql`create index invitations_asked on invitations (workspace_id, survey_id, asked_at)
    include (person_id, reached_at, answered_at, expires_at, promise) where asked_at is not null`,
  sql`drop index answers_scores`,
  sql`create index answers_scores on answers (workspace_id, survey_id, question, answered_at)
    include (score, person_id, invitation_id, metric, scale_min, scale_max, promise)
    where score is not null`,
  // Looked for each minute, in every workspace.
  sql`create index invitations_planned on invitations (workspace_id, due_at)
    where state = 'planned'`,
  sql`create index people_test on people (workspace_id, id) where test`,
  // As the promise "only totals" is read.
  sql`create index answers_totals on answers (workspace_id, survey_id) where promise = 'totals'`,

  // Once settled, a message is not needed any more, and it holds a person's words.
  sql`alter table deliveries alter column message drop not null`,

  // Whatever is about a person is found without reading everything.
  sql`create index answers_chat on answers (workspace_id, chat_id) where chat_id is not null`,
  sql`create index chats_customer on chats (workspace_id, customer_id)
    where customer_id is not null`,
  sql`create index deliveries_person on deliveries (workspace_id, person_id)
    where person_id is not null`,
  sql`create index deliveries_user on deliveries (workspace_id, (address->>'userId'))
    where address->>'userId' is not null`,
];

/** Changes everything in the migrator's transaction. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
