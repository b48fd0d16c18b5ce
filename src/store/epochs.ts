/**
 * Series of a metric. A wording or scale that is not the one before begins a new one at the moment
 * when its version was made; a promise alone does not. An answer belongs to the series of the time
 * it was given, but never to a later one than the last before its own survey's version was replaced.
 */
import { type RawBuilder, sql } from "kysely";
import type { MetricName } from "../metrics/metric.ts";

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
