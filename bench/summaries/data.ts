/**
 * Answers of three years, made up inside the database: workspaces of very uneven size (Zipf 1.2,
 * the largest has about 30 %), six surveys each, a metric each. `made` has each answer once; every
 * design's tables are filled from it, so that all of them count the same.
 */
import type pg from "pg";
import { metricNames } from "../../src/metrics/metric.ts";
import { metrics } from "../../src/metrics/registry.ts";

export const YEARS = 3;
/** The workspace that everything is asked of. */
export const LARGEST = 1;
const ZIPF = 1.2;
/** How many answers there are of one person, over all surveys. */
const ANSWERS_OF_A_PERSON = 12;
/** Each second answer has somebody beside it who was asked and said nothing. */
const SILENT_EACH = 2;

/** Lower ends of the workspaces' shares of all answers, the largest first. */
function shares(workspaces: number): readonly { readonly from: number; readonly share: number }[] {
  const weights = Array.from({ length: workspaces }, (_, i) => 1 / (i + 1) ** ZIPF);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let from = 0;
  return weights.map((weight) => {
    const own = { from, share: weight / total };
    from += own.share;
    return own;
  });
}

/** Ids that can be computed from numbers: 7 as the version, in the order of the numbers. */
const functions = `
  create function survey_of(workspace int, metric int) returns uuid immutable parallel safe
    return ('00000000-0000-7000-8000-' || lpad(to_hex(workspace * 16 + metric), 12, '0'))::uuid;
  create function person_of(workspace int, person int) returns uuid immutable parallel safe
    return ('00000000-0001-7000-8' || lpad(to_hex(workspace), 3, '0') || '-'
      || lpad(to_hex(person), 12, '0'))::uuid;
  create function invitation_of(at timestamptz, n bigint) returns uuid immutable parallel safe
    return (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '70008'
      || lpad(to_hex(n), 15, '0'))::uuid`;

/** What is made up; `until` is the time of the newest answer. */
interface Made {
  readonly answers: number;
  readonly workspaces: number;
  readonly until: Date;
}

/** Fills the table `made`: one row an answer, oldest first. */
export async function makeAnswers(
  client: pg.ClientBase,
  { answers, workspaces, until }: Made,
): Promise<void> {
  await client.query(functions);
  await client.query(`create unlogged table made (
    n bigint not null, at timestamptz not null, workspace int not null, metric int not null,
    person int not null, score smallint not null, team text not null, channel text not null,
    language text not null)`);
  const all = shares(workspaces);
  const scales = metricNames.map((name) => metrics[name].scale);
  await client.query("select setseed(0.42)");
  await client.query(
    `insert into made
    select n, date_trunc('milliseconds', $2::timestamptz - ($1 - n) * ($3::interval / $1)), workspace, metric,
      floor(random() * (people[workspace]))::int,
      lowest[metric] + floor(power(random(), 0.6) * steps[metric]),
      'Team ' || floor(12 * power(random(), 2)), '#channel-' || floor(8 * random()),
      (array['en', 'en', 'zh-Hans', 'zh-Hant', 'ru'])[1 + floor(5 * random())::int]
    from (
      select n::bigint, width_bucket(random(), $4::float8[]) as workspace,
        1 + floor(6 * random())::int as metric
      from generate_series(1, $1::int) n offset 0
    ) each, (select $5::int[] as people, $6::int[] as lowest, $7::int[] as steps) known`,
    [
      answers,
      until,
      `${YEARS} years`,
      all.map(({ from }) => from),
      all.map(({ share }) => Math.max(1, Math.ceil((answers * share) / ANSWERS_OF_A_PERSON))),
      scales.map(({ min }) => min),
      scales.map(({ min, max }) => max - min + 1),
    ],
  );
  await client.query("vacuum analyze made");
}

/** What every workspace has beside answers: people, a connection, six surveys with a version each. */
async function fillWorkspaces(
  client: pg.ClientBase,
  workspaces: number,
  since: Date,
): Promise<void> {
  await client.query(
    `insert into workspaces (name, time_zone, locale, created_at)
    select 'Workspace ' || w, 'Europe/Paris', 'en', $2 from generate_series(1, $1::int) w`,
    [workspaces, since],
  );
  await client.query(`insert into connections (workspace_id, id, platform, external_id, name)
    select id, gen_random_uuid(), 'slack', 'T' || id, name from workspaces`);
  await client.query(
    `insert into surveys (workspace_id, id, key, metric, trigger, version, created_at)
    select w.id, survey_of(w.id, m.n::int), 'bench-' || m.metric, m.metric, 'chat', 1, $2
    from workspaces w, unnest($1::text[]) with ordinality m (metric, n)`,
    [metricNames, since],
  );
  await client.query(
    `insert into survey_versions (workspace_id, survey_id, version, series, definition, created_at)
    select workspace_id, id, 1, 1, jsonb_build_object('questions', jsonb_build_array(
      jsonb_build_object('key', 'score', 'kind', 'score', 'metric', metric))), $1 from surveys`,
    [since],
  );
  await client.query(
    `insert into people (workspace_id, id, name, created_at, joined_at)
    select workspace, person_of(workspace, person), 'Person ' || person, min(at), min(at)
    from made group by workspace, person`,
  );
}

const invitationColumns = `workspace_id, id, survey_id, survey_version, person_id, reason_key, state,
  kind, language, asked_at, reached_at, answered_at, finished_at, expires_at, created_at`;

const fillInvitations = `insert into invitations (${invitationColumns})
  select workspace, invitation_of(at, n), survey_of(workspace, metric), 1,
    person_of(workspace, person), 'bench:' || n, 'answered', 'chat', language,
    at - interval '1 hour', at - interval '1 hour', at, at, at + interval '7 days',
    at - interval '1 hour'
  from made`;

const fillSilent = `insert into invitations (${invitationColumns})
  select workspace, invitation_of(at, n + (1::bigint << 40)), survey_of(workspace, metric), 1,
    person_of(workspace, person), 'silent:' || n,
    case when at < now() - interval '7 days' then 'expired' else 'asked' end, 'chat', language,
    at, at, null, null, at + interval '7 days', at
  from made where n % ${SILENT_EACH} = 0`;

const fillAnswers = `insert into answers (workspace_id, invitation_id, question, survey_id,
    survey_version, metric, score, scale_min, scale_max, person_id, platform, channel, team,
    touchpoint, language, asked_at, answered_at)
  select workspace, invitation_of(at, n), 'score', survey_of(workspace, metric), 1,
    names[metric], score, lowest[metric], highest[metric], person_of(workspace, person), 'slack',
    channel, team, 'support chat', language, at - interval '1 hour', at
  from made, (select $1::text[] as names, $2::int[] as lowest, $3::int[] as highest) known`;

/**
 * Fills our own tables as a service of that age has them. Triggers and references are by-passed and
 * indexes are made at the end, which is what makes it quick.
 */
export async function fillOurs(
  client: pg.ClientBase,
  workspaces: number,
  since: Date,
): Promise<void> {
  await client.query("set session_replication_role = replica");
  await fillWorkspaces(client, workspaces, since);
  const rebuild = await dropIndexes(client, ["answers", "invitations"]);
  await client.query(fillInvitations);
  await client.query(fillSilent);
  const scales = metricNames.map((name) => metrics[name].scale);
  const ends = [scales.map(({ min }) => min), scales.map(({ max }) => max)];
  await client.query(fillAnswers, [metricNames, ...ends]);
  for (const statement of rebuild) await client.query(statement);
  await client.query("set session_replication_role = origin");
  await client.query("vacuum analyze");
}

/** Drops all indexes but primary keys; what makes them again. */
async function dropIndexes(client: pg.ClientBase, tables: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ drop: string; make: string }>(
    `select case when c.oid is null then format('drop index %s', i.indexrelid::regclass)
        else format('alter table %s drop constraint %I', i.indrelid::regclass, c.conname)
      end as drop,
      case when c.oid is null then pg_get_indexdef(i.indexrelid)
        else format('alter table %s add constraint %I %s', i.indrelid::regclass, c.conname,
          pg_get_constraintdef(c.oid))
      end as make
    from pg_index i left join pg_constraint c on c.conindid = i.indexrelid and c.contype = 'u'
    where i.indrelid = any($1::text[]::regclass[]) and not i.indisprimary`,
    [tables],
  );
  for (const { drop } of rows) await client.query(drop);
  return rows.map(({ make }) => make);
}
