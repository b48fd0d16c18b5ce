/** Answers whose score is in a range, with the loop guard of what answers may set off. */
import { sql } from "kysely";
import { type Facts, type FactsAbout, isWithin, type TriggerOf } from "./facts.ts";

/**
 * The first answer to each invitation with a score of the metric, when it is in the range.
 *
 * Loop guard: an answer to what a schedule asked does not set the same schedule off again; and an
 * answer to a question that an answer set off may set off one more, whose answer sets off none. The
 * name of the fact says how far the chain has come. Imports, sample data and test people count for
 * nothing; what was promised to be seen in totals only says nothing about anybody.
 */
export function givenAnswers(about: FactsAbout, trigger: TriggerOf<"answer-given">): Facts {
  const { metric, from, to } = trigger;
  return sql`
    select i.person_id, i.connection_id, null::uuid as chat_id, null::int as closing,
      a.answered_at as at,
      case when i.schedule_id is not null and i.reason_key like '%:answer:%'
        then 'answer-2:' else 'answer:' end || a.invitation_id as fact
    from answers a
    cross join lateral (select * from invitations i
      where i.workspace_id = a.workspace_id and i.id = a.invitation_id limit 1) i
    where a.workspace_id = ${about.workspaceId} and a.metric = ${metric}
      and a.score between ${from}::int and ${to}::int and a.promise = 'named'
      and ${isWithin(about, sql`a.answered_at`)}
      and not exists (
        select 1 from answers e
        where e.workspace_id = a.workspace_id and e.invitation_id = a.invitation_id
          and e.metric = a.metric and e.score is not null
          and (e.answered_at, e.question) < (a.answered_at, a.question)
        offset 0)
      and i.kind not in ('import', 'sample') and i.person_id is not null
      and i.schedule_id is distinct from ${about.scheduleId}::uuid
      and (i.schedule_id is null or i.reason_key not like '%:answer-2:%')`;
}
