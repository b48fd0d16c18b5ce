/** What a digest counts that no summary does. */
import { sql } from "kysely";
import type { Period } from "../metrics/period.ts";
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
