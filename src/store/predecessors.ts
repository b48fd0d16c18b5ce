/**
 * Where one answer a person counts: the answer that the same human gave before one. A human's rows
 * are one; ties go by invitation and question, so that of two answers one is always the later.
 */
import { type RawBuilder, sql } from "kysely";
import type { Question } from "./scored-questions.ts";
import { surveysApart } from "./scored-questions.ts";

/** CTE `several`: rows of humans of whom there are several. They are few beside all people. */
export function severalOf(workspaceId: number): RawBuilder<unknown> {
  return sql`several (id) as materialized (
    select unnest(array[id, human_id]) from people
    where workspace_id = ${workspaceId} and human_id is not null
  )`;
}

/**
 * The answer before `a`, of no test person (person_id, answered_at, invitation_id, question, epoch) of the same human and
 * series: `at`, `step` and nothing when there is none. `since`: nothing older. Needs the CTEs several
 * and breaks.
 *
 * "coalesce" leaves the index of answers by person as the only one with their times: a planner that
 * knows nothing of the table yet would go through all scores of the time before, for each answer.
 */
export function predecessorOf(
  { workspaceId, metric }: Question,
  since: RawBuilder<unknown> = sql`'-infinity'::timestamptz`,
): RawBuilder<unknown> {
  const { name, scale } = metric;
  return sql`
    select p.answered_at as at, p.step
    from unnest(case when a.person_id in (select id from several) then array(
      select r.id from people me
      join people r on r.workspace_id = ${workspaceId}
        and coalesce(r.human_id, r.id) = coalesce(me.human_id, me.id)
      where me.workspace_id = ${workspaceId} and me.id = a.person_id and not r.test
    ) else array[a.person_id] end) r (id)
    cross join lateral (
      select s.answered_at, s.invitation_id, s.question, s.score - ${scale.min}::int as step
      from answers s
      where s.workspace_id = ${workspaceId} and s.person_id = r.id
        and s.answered_at <= a.answered_at and s.answered_at >= ${since}
        and (s.answered_at, s.invitation_id, s.question)
          < (a.answered_at, a.invitation_id, a.question)
        and coalesce(s.metric, '') = ${name}
        and s.scale_min = ${scale.min} and s.scale_max = ${scale.max} and s.promise = 'named'
        and s.survey_id not in (${surveysApart(workspaceId)})
        and ${epochOfRow(workspaceId, name, "s")} = a.epoch
      order by s.answered_at desc, s.invitation_id desc, s.question desc limit 1
    ) p
    order by p.answered_at desc, p.invitation_id desc, p.question desc limit 1`;
}

/** The series of a row of answers; looked for only where the CTE `breaks` has one. */
export function epochOfRow(
  workspaceId: number,
  metric: string,
  table: "a" | "s",
): RawBuilder<number> {
  const column = (name: string) => sql.ref(`${table}.${name}`);
  return sql`case when exists (select from breaks)
    then epoch_of(${workspaceId}, ${metric}, ${column("answered_at")}, ${column("survey_id")},
      ${column("survey_version")})
    else 0 end`;
}
