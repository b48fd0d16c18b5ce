/** What people said in their own words beside a score. */
import { sql } from "kysely";
import type { Period } from "../metrics/period.ts";
import type { Db } from "./schema.ts";
import { isNoTest, isScoreOf, type Question, questionsOf, testPeople } from "./scored-questions.ts";

/** So many comments of a survey are looked at for low ones: what is older is no news. */
const NEWEST = 200;

/** A person's own words beside the score that they gave. */
export interface Comment {
  readonly text: string;
  readonly score: number;
  readonly answeredAt: Date;
  /** Null when nobody is known to have said it. */
  readonly person: string | null;
  readonly chatUrl: string | null;
}

/**
 * Comments of a period: of the newest ones those beside a low score first, then the others, newest
 * first. Older ones than the newest {@link NEWEST} of a survey are not looked at.
 */
export async function readComments(
  db: Db,
  { period, limit, ...question }: Question & { period: Period; limit: number },
): Promise<Comment[]> {
  const { workspaceId, metric } = question;
  const { low } = metric.groups;
  const { rows } = await sql<Comment>`
    with recursive ${questionsOf(question)}, ${testPeople(workspaceId)}
    select said.text, said.score, said.answered_at as "answeredAt", p.name as person,
      ch.url as "chatUrl"
    from questions q
    cross join lateral (
      select c.text, c.answered_at, c.invitation_id, c.person_id, c.chat_id, s.score
      from (
        select text, answered_at, invitation_id, person_id, chat_id from answers
        where workspace_id = ${workspaceId} and survey_id = q.survey_id and text is not null
          and answered_at >= ${period.start} and answered_at < ${period.end}
        order by answered_at desc, invitation_id
        limit ${NEWEST}
      ) c
      join answers s on s.workspace_id = ${workspaceId} and s.invitation_id = c.invitation_id
        and s.question = q.question and ${isScoreOf(metric, "s")}
      where ${isNoTest("c")}
    ) said
    left join people p on p.workspace_id = ${workspaceId} and p.id = said.person_id
    left join chats ch on ch.workspace_id = ${workspaceId} and ch.id = said.chat_id
    where q.metric = ${metric.name}
    order by said.score between ${low.from} and ${low.to} desc, said.answered_at desc,
      said.invitation_id
    limit ${limit}
  `.execute(db);
  return rows;
}
