/** What a digest counts that no summary does. */
import { sql } from "kysely";
import type { Period } from "../metrics/period.ts";
import { MIN_CHARACTERS, MIN_MESSAGES } from "../scheduling/gates/gates.ts";
import type { Db } from "./schema.ts";
import { isNoTest, testPeople } from "./scored-questions.ts";

interface About {
  readonly workspaceId: number;
  readonly period: Period;
}

/** Of those whose time to answer ended in a period, whenever they were asked. */
export interface Response {
  readonly reached: number;
  readonly answered: number;
}

/** Recovery checks are no part of it: they ask only whoever was unhappy. */
export async function readResponse(db: Db, { workspaceId, period }: About): Promise<Response> {
  const { rows } = await sql<Response>`
    with ${testPeople(workspaceId)}
    select (count(*) filter (where i.reached_at is not null or i.answered_at is not null))::int
        as reached,
      (count(*) filter (where i.answered_at is not null))::int as answered
    from invitations i
    join surveys s on s.workspace_id = i.workspace_id and s.id = i.survey_id
    where i.workspace_id = ${workspaceId} and i.asked_at is not null
      and i.expires_at >= ${period.start} and i.expires_at < ${period.end}
      and s.trigger <> 'recovery' and ${isNoTest("i")}`.execute(db);
  return rows[0] ?? { reached: 0, answered: 0 };
}

/** Of the chats that were closed in a period and could be asked about: how many were. */
export interface Coverage {
  readonly eligible: number;
  readonly asked: number;
}

/** A chat that the gates would let through by itself: closed by somebody, answered, long enough. */
export async function readCoverage(db: Db, { workspaceId, period }: About): Promise<Coverage> {
  const { rows } = await sql<Coverage>`
    select count(*)::int as eligible,
      (count(*) filter (where exists (
        select from invitations i
        where i.workspace_id = c.workspace_id and i.chat_id = c.id and i.closing = c.closings
          and i.asked_at is not null and i.kind in ('chat', 'manual', 'sample')
      )))::int as asked
    from chats c
    join people p on p.workspace_id = c.workspace_id and p.id = c.customer_id
    where c.workspace_id = ${workspaceId} and c.state = 'closed'
      and c.closed_at >= ${period.start} and c.closed_at < ${period.end}
      and c.close_reason in ('solved', 'manual') and c.first_replied_at is not null
      and (c.customer_messages >= ${MIN_MESSAGES} or c.customer_characters >= ${MIN_CHARACTERS})
      and p.role = 'customer' and not p.bot and not p.test`.execute(db);
  return rows[0] ?? { eligible: 0, asked: 0 };
}

/** Humans whom a schedule has planned to ask by a time, and those whose next step is then. */
export async function readPlannedHumans(
  db: Db,
  { workspaceId, scheduleId, until }: { workspaceId: number; scheduleId: string; until: Date },
): Promise<string[]> {
  const { rows } = await sql<{ human: string }>`
    select coalesce(p.human_id, p.id) as human from invitations i
    join people p on p.workspace_id = i.workspace_id and p.id = i.person_id
    where i.workspace_id = ${workspaceId} and i.schedule_id = ${scheduleId}
      and i.state = 'planned' and i.due_at <= ${until}
    union
    select e.human_id from enrolments e
    where e.workspace_id = ${workspaceId} and e.schedule_id = ${scheduleId}
      and e.state = 'active' and e.next_at <= ${until}`.execute(db);
  return rows.map(({ human }) => human);
}
