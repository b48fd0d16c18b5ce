/** What people said in their own words beside a score. */
import { sql } from "kysely";
import type { Filter } from "../metrics/filter.ts";
import type { Metric, MetricName } from "../metrics/metric.ts";
import type { Period } from "../metrics/period.ts";
import type { Db } from "./schema.ts";
import {
  isKept,
  isNoTest,
  isOnScale,
  questionsOf,
  scalesOf,
  testPeople,
} from "./scored-questions.ts";

/** So many comments of a survey are looked at for low ones: what is older is no news. */
const NEWEST = 200;

/** A person's own words beside the score that they gave. */
export interface Comment {
  readonly text: string;
  readonly metric: MetricName;
  readonly score: number;
  readonly answeredAt: Date;
  /** Null when nobody is known to have said it. */
  readonly person: string | null;
  readonly chatUrl: string | null;
}

/** A comment with the invitation that it came by. */
export interface KeptComment extends Comment {
  readonly invitationId: string;
}

/**
 * Comments of a period beside scores of these metrics: of the newest ones those beside a low score
 * first, then the others, newest first. Older ones than the newest {@link NEWEST} of a survey are
 * not looked at. Words beside several scores are there once.
 */
export async function readComments(
  db: Db,
  about: {
    readonly workspaceId: number;
    readonly metrics: readonly Metric[];
    readonly period: Period;
    readonly filter?: Filter;
    readonly limit: number;
    readonly offset?: number;
  },
): Promise<KeptComment[]> {
  const { workspaceId, metrics, period, limit, offset = 0 } = about;
  const { rows } = await sql<KeptComment>`
    with recursive ${questionsOf({ workspaceId })}, ${testPeople(workspaceId)},
      ${scalesOf(metrics)}, said as (
      select distinct on (c.invitation_id, c.question) c.text, c.answered_at, c.invitation_id,
        c.question, c.person_id, c.chat_id, s.score, l.metric,
        s.score between l.low_from and l.low_to as low
      from questions q
      join scales l on l.metric = q.metric
      cross join lateral (
        select text, question, answered_at, invitation_id, person_id, chat_id from answers a
        where workspace_id = ${workspaceId} and survey_id = q.survey_id and text is not null
          and answered_at >= ${period.start} and answered_at < ${period.end} and ${isKept(about)}
        order by answered_at desc, invitation_id
        limit ${NEWEST}
      ) c
      join answers s on s.workspace_id = ${workspaceId} and s.invitation_id = c.invitation_id
        and s.question = q.question and ${isOnScale("s")}
      where ${isNoTest("c")}
      order by c.invitation_id, c.question, s.question
    )
    select said.invitation_id as "invitationId", said.text, said.metric, said.score, said.answered_at as "answeredAt", p.name as person,
      ch.url as "chatUrl"
    from said
    left join people p on p.workspace_id = ${workspaceId} and p.id = said.person_id
    left join chats ch on ch.workspace_id = ${workspaceId} and ch.id = said.chat_id
    order by said.low desc, said.answered_at desc, said.invitation_id, said.question
    limit ${limit} offset ${offset}
  `.execute(db);
  return rows;
}
