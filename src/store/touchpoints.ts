/** The ratings of people who were asked at several touchpoints, in the order in which they gave them. */
import { sql } from "kysely";
import { type Journeys, TOUCHPOINTS_NEEDED } from "../metrics/peak-end.ts";
import type { Period } from "../metrics/period.ts";
import { breaksOf, epochOfAnswer, epochOfBucket } from "./epochs.ts";
import { bucketsOf } from "./live-scores.ts";
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

/**
 * Journeys of a period: of each human who rated three touchpoints or more in it all ratings, of the
 * series that is counted then. Answers that are seen only in totals are nobody's journey.
 */
export async function readJourneys(
  db: Db,
  { period, now, ...asked }: Question & { readonly period: Period; readonly now: Date },
): Promise<Journeys[]> {
  const { workspaceId, metric } = asked;
  const question: Question = { ...asked, promise: "named" };
  const { rows } = await sql<{ ratings: number[]; n: number }>`
    with recursive ${bucketsOf([period])}, ${questionsOf(question)}, ${testPeople(workspaceId)},
      ${partsOf(workspaceId)}, ${breaksOf(workspaceId, metric.name)},
    journeys as (
      select array_agg(a.score::int order by a.answered_at, a.invitation_id, a.question) as ratings
      from buckets b
      cross join questions q
      cross join lateral (
        select a.score, a.answered_at, a.invitation_id, a.question, a.touchpoint, a.person_id,
          ${humanOf(workspaceId, "a")} as human, ${epochOfAnswer(workspaceId)} as epoch
        from answers a
        where a.workspace_id = ${workspaceId} and a.survey_id = q.survey_id
          and a.question = q.question and a.answered_at >= b.starts and a.answered_at < b.ends
          and a.person_id is not null and a.touchpoint is not null
          and ${isScoreOf(metric, "a")} and ${isKept(question)}
        offset 0
      ) a
      where q.metric = ${metric.name} and ${isNoTest("a")} and a.epoch = ${epochOfBucket(now)}
      group by a.human
      having count(distinct a.touchpoint) >= ${TOUCHPOINTS_NEEDED}
    )
    select ratings, count(*)::int as n from journeys group by ratings`.execute(db);
  return rows;
}
