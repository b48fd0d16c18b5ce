/**
 * Series of a metric. A wording or scale that is not the one before begins a new one at the moment
 * when its version was made; a promise alone does not. An answer belongs to the series of the time
 * it was given, but never to a later one than the last before its own survey's version was replaced.
 */
import { type RawBuilder, sql } from "kysely";
import type { MetricName } from "../metrics/metric.ts";
import { forgetCounts } from "./counting-state.ts";
import type { Db } from "./schema.ts";

/** CTE `breaks`: where series of the metric begin. Hardly any workspace has one. */
export function breaksOf(workspaceId: number, metric: MetricName): RawBuilder<unknown> {
  return sql`breaks (starts_at, survey_id, survey_version) as materialized (
    select starts_at, survey_id, survey_version from metric_epochs
    where workspace_id = ${workspaceId} and metric = ${metric}
  )`;
}

/**
 * The series of an answer `a` of the CTE `breaks`. Its version is looked for only where there is a
 * break at all, so that everything else is read from the index of scores alone.
 */
export function epochOfAnswer(workspaceId: number): RawBuilder<number> {
  return sql`case when exists (select from breaks) then (
    select ${epochAt(sql`a.answered_at`, sql`own.survey_id`, sql`own.survey_version`)}
    from answers own where own.workspace_id = ${workspaceId}
      and own.invitation_id = a.invitation_id and own.question = a.question
  ) else 0 end`;
}

/** The series of what was given at a time to a version of a survey. */
export function epochAt(
  at: RawBuilder<unknown>,
  surveyId: RawBuilder<unknown>,
  version: RawBuilder<unknown>,
): RawBuilder<number> {
  return sql`(select count(*)::int from breaks e
    where e.starts_at <= ${at} and not exists (
      select from breaks later where later.survey_id = ${surveyId}
        and later.survey_version > ${version} and later.starts_at <= e.starts_at))`;
}

/** The series that is counted in the period of a bucket `b`: the newest that had begun in it. */
export function epochOfBucket(now: Date): RawBuilder<number> {
  return sql`(select count(*)::int from breaks e
    where e.starts_at < b.ends and e.starts_at <= ${now}::timestamptz)`;
}

/**
 * Works out where series begin, from the versions that there are: to be called, in its transaction, by
 * whatever makes a later version of a survey (a first one begins nothing). When a break came or went,
 * everything is counted anew. A survey that begins or ceases to stand apart needs that too
 * (`forgetCounts`).
 */
export async function noteEpochs(trx: Db, workspaceId: number): Promise<void> {
  const { rows: before } = await sql<Break>`${kept(workspaceId)}`.execute(trx);
  await sql`delete from metric_epochs where workspace_id = ${workspaceId}`.execute(trx);
  await sql`
    with questions as (
      select v.survey_id, v.version, v.series, v.created_at, q ->> 'metric' as metric, q as question
      from survey_versions v
      cross join lateral jsonb_path_query(v.definition, '$.questions[*] ? (@.kind == "score")') q
      where v.workspace_id = ${workspaceId} and not stands_apart(v.workspace_id, v.survey_id)
    ), changes as (
      select q.*, lag(series) over versions as series_before,
        lag(question) over versions as question_before
      from questions q
      window versions as (partition by survey_id, metric, question ->> 'key' order by version)
    ), breaks as (
      select distinct metric, created_at, survey_id, version from changes
      where series <> series_before and question <> question_before
    )
    insert into metric_epochs (workspace_id, metric, epoch, starts_at, survey_id, survey_version)
    select ${workspaceId}, metric,
      row_number() over (partition by metric order by created_at, survey_id, version),
      created_at, survey_id, version
    from breaks`.execute(trx);
  const { rows: after } = await sql<Break>`${kept(workspaceId)}`.execute(trx);
  if (JSON.stringify(before) !== JSON.stringify(after)) await forgetCounts(trx, workspaceId);
}

interface Break {
  readonly metric: string;
  readonly survey_id: string;
  readonly survey_version: number;
  readonly starts_at: Date;
}

const kept = (workspaceId: number): RawBuilder<Break> => sql<Break>`
  select metric, survey_id, survey_version, starts_at from metric_epochs
  where workspace_id = ${workspaceId} order by metric, epoch`;
