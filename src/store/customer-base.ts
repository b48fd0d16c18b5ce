/** The customers whom a score speaks for, when each of them was asked. */
import { sql } from "kysely";
import type { Period } from "../metrics/period.ts";
import { surveysOf } from "./asking-facts.ts";
import { humanOf, partsOf } from "./same-human.ts";
import type { Db } from "./schema.ts";
import {
  isKept,
  isNoTest,
  isScoreOf,
  type Question,
  questionsOf,
  testPeople,
} from "./scored-questions.ts";

interface Counted {
  readonly population: number;
  readonly asked: number;
  readonly answered: number;
}

/**
 * The number of customers of a period, when the score is one of exactly them: each was asked for the
 * metric in the period, and every one of its `n` answers is one of theirs. Else null: somebody was
 * not asked, or an answer came from nobody who is known. Customers are humans who had joined by the
 * end of the period and had not left by its start. No more than `asked` of them are looked at.
 */
export async function readCustomerBase(
  db: Db,
  {
    period,
    n,
    asked,
    ...question
  }: Question & { readonly period: Period; readonly n: number; readonly asked: number },
): Promise<number | null> {
  const { workspaceId, metric } = question;
  const { rows } = await sql<Counted>`
    with recursive ${questionsOf(question)}, ${testPeople(workspaceId)}, ${partsOf(workspaceId)},
    ${surveysOf(question)},
    base as materialized (
      select id from people
      where workspace_id = ${workspaceId} and role = 'customer' and human_id is null
        and not bot and not test and coalesce(joined_at, created_at) < ${period.end}
        and (left_at is null or left_at >= ${period.start})
      limit ${asked + 1}
    ),
    invited (human) as (
      select distinct i.human from surveys_of s
      cross join lateral (
        select ${humanOf(workspaceId, "i")} as human from invitations i
        where i.workspace_id = ${workspaceId} and i.survey_id = s.id
          and i.asked_at >= ${period.start} and i.asked_at < ${period.end}
        offset 0
      ) i
    ),
    replied (human) as (
      select distinct a.human from questions q
      cross join lateral (
        select a.person_id, ${humanOf(workspaceId, "a")} as human from answers a
        where a.workspace_id = ${workspaceId} and a.survey_id = q.survey_id
          and a.question = q.question and a.answered_at >= ${period.start}
          and a.answered_at < ${period.end} and ${isScoreOf(metric, "a")} and ${isKept(question)}
        offset 0
      ) a
      where q.metric = ${metric.name} and ${isNoTest("a")}
    )
    select (select count(*)::int from base) as population,
      (select count(*)::int from base where id in (select human from invited)) as asked,
      (select count(*)::int from replied where human in (select id from base)) as answered
  `.execute(db);
  const [found] = rows;
  if (found === undefined || found.population === 0) return null;
  return found.asked === found.population && found.answered === n ? found.population : null;
}
