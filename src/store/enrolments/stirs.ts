/** What a programme has to do, as conditions on enrolments `e`; and whether there is any of it. */
import { type RawBuilder, sql } from "kysely";
import type { Schedule } from "../../scheduling/definition/schedule.ts";
import { isReachable } from "../best-place.ts";
import type { Db } from "../schema.ts";
import { joinedAt } from "../trigger-hits/people.ts";
import { allGone } from "./gone.ts";
import { beginners } from "./joined.ts";

type Condition = RawBuilder<boolean>;

/** In the programme, and gone. "is true": hashed, whatever the database guesses of either. */
export function isLeaving(workspaceId: number, now: Date): Condition {
  return sql<boolean>`(e.state = 'active' and (e.human_id in (${allGone(workspaceId, now)})) is true)`;
}

/** Out of it because they were gone, and gone no more. */
export function isBack(workspaceId: number, now: Date): Condition {
  return sql<boolean>`(e.state = 'left' and (e.human_id in (${allGone(workspaceId, now)})) is not true)`;
}

/** Due since before the schedule was on. */
export function isOverdue(since: Date): Condition {
  return sql<boolean>`(e.state = 'active' and e.next_at < ${since}::timestamptz)`;
}

/** At the beginning, of another day than the one on which they joined as it is known by now. */
export function isCorrected(workspaceId: number, scheduleId: string, now: Date): Condition {
  return sql<boolean>`(e.state = 'active' and e.round = 0 and e.invitation_id is null
    and e.next_at <= ${now}::timestamptz
    and e.started_at <> ${joinedAt(workspaceId, sql`e.human_id`)}
    and not exists (
      select 1 from invitations i
      where i.workspace_id = e.workspace_id and i.schedule_id is not distinct from e.schedule_id
        and i.person_id in (
          select r.id from people r
          where r.workspace_id = e.workspace_id and coalesce(r.human_id, r.id) = e.human_id)
        and i.reason_key like ${`${scheduleId}:step:`} || e.human_id || ':%'))`;
}

/**
 * Whether anybody is to begin, leave, return or go on, or is due for a step: one statement, so that a
 * minute in which nothing happens costs no more than that.
 */
export async function programmeStirs(
  db: Db,
  workspaceId: number,
  schedule: Schedule,
  { now, since }: { readonly now: Date; readonly since: Date },
): Promise<boolean> {
  const { id, definition } = schedule;
  const joins = definition.trigger.on === "person-joined";
  const any = (fits: RawBuilder<unknown>) => sql`exists (select from enrolments e
    where e.workspace_id = ${workspaceId} and e.schedule_id = ${id}::uuid and ${fits})`;
  const isOver = sql`e.state = 'active' and e.invitation_id is not null and exists (
    select from invitations i where i.workspace_id = e.workspace_id and i.id = e.invitation_id
      and i.state not in ('planned', 'asked') offset 0)`;
  const isDue = sql`e.state = 'active' and e.next_at <= ${now}::timestamptz
    and ${isReachable(workspaceId, definition.audience, sql`e.human_id`)} is true`;
  const kinds = [
    any(isDue),
    any(isOver),
    any(isOverdue(since)),
    ...(joins
      ? [
          any(isCorrected(workspaceId, id, now)),
          sql`exists (${beginners(workspaceId, schedule, { now, until: now, since })})`,
        ]
      : []),
    any(isLeaving(workspaceId, now)),
    any(isBack(workspaceId, now)),
  ];
  const { rows } = await sql<{ stirs: boolean }>`
    select ${sql.join(kinds, sql` or `)} as stirs`.execute(db);
  return rows[0]?.stirs === true;
}
