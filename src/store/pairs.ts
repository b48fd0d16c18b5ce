/** People who answered a metric in both of two periods. */
import { sql } from "kysely";
import type { Pair } from "../metrics/paired.ts";
import type { Period } from "../metrics/period.ts";
import { breaksOf, epochOfAnswer } from "./epochs.ts";
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
 * How many people gave which score in the one and in the other; of each human the latest answer of a
 * period. Only answers of the series `epoch`, and of people who are known. It reads every answer of
 * the two periods, by the index of scores.
 */
export async function readPairs(
  db: Db,
  {
    now,
    before,
    epoch,
    ...question
  }: Question & { readonly now: Period; readonly before: Period; readonly epoch: number },
): Promise<Pair[]> {
  const { workspaceId, metric } = question;
  const { rows } = await sql<Pair>`
    with recursive ${questionsOf(question)}, ${testPeople(workspaceId)}, ${partsOf(workspaceId)},
    ${breaksOf(workspaceId, metric.name)},
    given as (
      select distinct on (b.late, a.who) b.late, a.who, a.score
      from (values (false, ${before.start}::timestamptz, ${before.end}::timestamptz),
        (true, ${now.start}::timestamptz, ${now.end}::timestamptz)) b (late, starts, ends)
      cross join questions q
      cross join lateral (
        select a.score, a.person_id, a.invitation_id, a.answered_at, a.question,
          ${humanOf(workspaceId, "a")} as who, ${epochOfAnswer(workspaceId)} as epoch
        from answers a
        where a.workspace_id = ${workspaceId} and a.survey_id = q.survey_id
          and a.question = q.question and a.answered_at >= b.starts and a.answered_at < b.ends
          and a.person_id is not null and ${isScoreOf(metric, "a")} and ${isKept(question)}
        offset 0
      ) a
      where q.metric = ${metric.name} and a.epoch = ${epoch} and ${isNoTest("a")}
      order by b.late, a.who, a.answered_at desc, a.invitation_id desc, a.question desc
    )
    select earlier.score as before, later.score as now, count(*)::int as n
    from given earlier
    join given later on later.who = earlier.who and later.late
    where not earlier.late
    group by 1, 2`.execute(db);
  return rows;
}
