/** What remains of answers whose person is gone: numbers by the workspace's day. */
import { type RawBuilder, sql } from "kysely";
import type { Db } from "./schema.ts";

/**
 * Folds the scores of the invitations for which `which` holds (a condition on `invitations i`) into
 * counts, and how many of them were asked, reached and answered. Deletes nothing. Test people, sample
 * data and recovery checks count nowhere, so they are left out.
 */
export async function foldAnswers(
  trx: Db,
  workspaceId: number,
  which: RawBuilder<unknown>,
): Promise<void> {
  const counted = sql`i.workspace_id = ${workspaceId} and ${which}
    and i.kind not in ('sample', 'recovery')
    and not exists (select from people t
      where t.workspace_id = i.workspace_id and t.id = i.person_id and t.test)`;
  await foldScores(trx, workspaceId, counted);
  await foldAsking(trx, workspaceId, counted);
}

const dayOf = (column: string) => sql`(${sql.ref(column)} at time zone w.time_zone)::date`;

/** The team of an answer, else of its chat; the same rule as in scored-questions.ts. */
const teamOfChat = sql`(select ch.team from chats ch
  where ch.workspace_id = i.workspace_id and ch.id = i.chat_id)`;

async function foldScores(
  trx: Db,
  workspaceId: number,
  counted: RawBuilder<unknown>,
): Promise<void> {
  await sql`
    insert into anonymous_counts as c (workspace_id, survey_id, survey_version, question, day, team,
      promise, what, metric, score, scale_min, scale_max, n)
    select a.workspace_id, a.survey_id, a.survey_version, a.question, ${dayOf("a.answered_at")},
      coalesce(a.team, (select ch.team from chats ch
        where ch.workspace_id = a.workspace_id and ch.id = a.chat_id), ''),
      a.promise, 'score', min(a.metric), a.score, min(a.scale_min), min(a.scale_max), count(*)
    from invitations i
    join workspaces w on w.id = i.workspace_id
    join answers a on a.workspace_id = i.workspace_id and a.invitation_id = i.id
    where a.workspace_id = ${workspaceId} and a.score is not null and ${counted}
    group by 1, 2, 3, 4, 5, 6, 7, a.score
    on conflict (workspace_id, survey_id, survey_version, question, day, team, promise, what, score)
      do update set n = c.n + excluded.n
  `.execute(trx);
}

/** By the day on which they were asked; whoever answered was reached. */
async function foldAsking(
  trx: Db,
  workspaceId: number,
  counted: RawBuilder<unknown>,
): Promise<void> {
  await sql`
    insert into anonymous_counts as c (workspace_id, survey_id, survey_version, day, team, promise,
      what, n)
    select i.workspace_id, i.survey_id, i.survey_version, ${dayOf("i.asked_at")},
      coalesce((select a.team from answers a where a.workspace_id = i.workspace_id
        and a.invitation_id = i.id and a.team is not null limit 1), ${teamOfChat}, ''),
      i.promise, each.what, count(*)
    from invitations i
    join workspaces w on w.id = i.workspace_id
    cross join (values ('asked'), ('reached'), ('answered')) each (what)
    where i.workspace_id = ${workspaceId} and i.asked_at is not null and ${counted}
      and case each.what
        when 'asked' then true
        when 'reached' then i.reached_at is not null or i.answered_at is not null
        else i.answered_at is not null
      end
    group by 1, 2, 3, 4, 5, 6, 7
    on conflict (workspace_id, survey_id, survey_version, question, day, team, promise, what, score)
      do update set n = c.n + excluded.n
  `.execute(trx);
}
