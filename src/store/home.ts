/** What the page of a lead begins with: which metrics there are, and who was unhappy lately. */
import { sql } from "kysely";
import type { Filter } from "../metrics/filter.ts";
import { type MetricName, metricNames } from "../metrics/metric.ts";
import { metrics } from "../metrics/registry.ts";
import type { Comment } from "./comments.ts";
import type { Db } from "./schema.ts";
import {
  isKept,
  isNoTest,
  isOnScale,
  questionsOf,
  scalesOf,
  testPeople,
} from "./scored-questions.ts";

/** Metrics that somebody ever answered, in their usual order. */
export async function answeredMetrics(db: Db, workspaceId: number): Promise<MetricName[]> {
  const { rows } = await sql<{ metric: MetricName }>`
    with recursive ${questionsOf({ workspaceId })}
    select metric from questions
    union select metric from anonymous_counts where workspace_id = ${workspaceId} and what = 'score'
  `.execute(db);
  return metricNames.filter((name) => rows.some(({ metric }) => metric === name));
}

/** A low score, with the words that came with it, if any. */
export type LowScore = Omit<Comment, "text"> & { readonly text: string | null };

/**
 * Low scores of all metrics since a time, newest first; of somebody who gave several at once the
 * first one. None of those who were promised that only totals are seen.
 */
export async function readLowScores(
  db: Db,
  {
    workspaceId,
    since,
    limit,
    filter,
  }: { workspaceId: number; since: Date; limit: number; filter?: Filter },
): Promise<LowScore[]> {
  const kept = { workspaceId, promise: "named", ...(filter && { filter }) } as const;
  const { rows } = await sql<LowScore>`
    with recursive ${questionsOf({ workspaceId })}, ${testPeople(workspaceId)},
      ${scalesOf(Object.values(metrics))}
    select low.metric, low.score, low.answered_at as "answeredAt", p.name as person,
      ch.url as "chatUrl",
      (select string_agg(t.text, E'\n' order by t.question) from answers t
        where t.workspace_id = ${workspaceId} and t.invitation_id = low.invitation_id
          and t.text is not null) as text
    from (
      select distinct on (a.invitation_id) a.*, l.metric
      from questions q
      join scales l on l.metric = q.metric
      cross join lateral (
        select a.score, a.answered_at, a.invitation_id, a.person_id, a.chat_id, a.question
        from answers a
        where a.workspace_id = ${workspaceId} and a.survey_id = q.survey_id
          and a.question = q.question and a.answered_at >= ${since} and ${isOnScale("a")}
          and a.score between l.low_from and l.low_to and ${isKept(kept)}
          and ${isNoTest("a")}
        order by a.answered_at desc
        limit ${limit}
      ) a
      order by a.invitation_id, a.answered_at, a.question
    ) low
    left join people p on p.workspace_id = ${workspaceId} and p.id = low.person_id
    left join chats ch on ch.workspace_id = ${workspaceId} and ch.id = low.chat_id
    order by low.answered_at desc, low.invitation_id
    limit ${limit}
  `.execute(db);
  return rows;
}
