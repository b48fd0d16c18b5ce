/** What programmes are going to ask, as far as it is known. */
import { sql } from "kysely";
import type { Schedule } from "../../scheduling/definition/schedule.ts";
import { bestPlace, isReachable } from "../best-place.ts";
import type { Db } from "../schema.ts";
import type { Hit, HitWindow } from "../trigger-hits.ts";
import { beginners } from "./joined.ts";

/**
 * The next step of each human that comes in the window: of those who are in the programme, and of
 * those who will be because they joined. What comes after that depends on when they are asked.
 */
export async function programmeHits(
  db: Db,
  workspaceId: number,
  schedule: Schedule,
  { from, to, after, limit, now = from }: HitWindow,
): Promise<Hit[]> {
  const { id, definition, state, onSince } = schedule;
  const since = (state === "on" ? onSince : null) ?? from;
  const place = bestPlace(workspaceId, definition.audience, sql`e.human_id`);
  const fresh =
    definition.trigger.on === "person-joined"
      ? sql`
        union all
        select b.human, 0, b.step, b.next_at, b.started_at
        from (${beginners(workspaceId, schedule, { now, until: to, since })}) b`
      : sql``;
  const page =
    after === undefined
      ? sql`true`
      : sql`(e.next_at, e.key) > (${after.dueAt}::timestamptz, ${after.reasonKey})`;
  const { rows } = await sql<Row>`
    with e as materialized (
      select e.* from (
        select e.*, ${stepKey(id)} as key
        from (
          select e.human_id, e.round, e.step, e.next_at, e.started_at
          from enrolments e
          where e.workspace_id = ${workspaceId} and e.schedule_id = ${id}::uuid
            and e.state = 'active' and e.next_at > ${from}::timestamptz
            and e.next_at <= ${to}::timestamptz
            and ${isReachable(workspaceId, definition.audience, sql`e.human_id`)} is true
          ${fresh}
        ) e
      ) e
      where e.next_at > ${from}::timestamptz and e.next_at <= ${to}::timestamptz and ${page}
      order by e.next_at, e.key limit ${limit}::int
    )
    select place.person_id as "personId", e.human_id as "humanId",
      place.connection_id as "connectionId", e.started_at as at, e.next_at as "dueAt",
      e.key as "reasonKey"
    from e cross join lateral ${place} place
    order by e.next_at, e.key`.execute(db);
  return rows.map((row) => ({
    ...row,
    ...{ chatId: null, closing: null },
    at: new Date(row.at),
    dueAt: new Date(row.dueAt),
  }));
}

interface Row extends Pick<Hit, "personId" | "humanId" | "connectionId" | "reasonKey"> {
  readonly at: Date | string;
  readonly dueAt: Date | string;
}

/** The name of a step of enrolment `e`: one invitation each. */
export function stepKey(scheduleId: string) {
  return sql<string>`${scheduleId}::text || ':step:' || e.human_id || ':' || e.round || ':' || e.step`;
}
