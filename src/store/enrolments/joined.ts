/** Who begins a programme because they joined, and when its first step comes. */
import { type RawBuilder, sql } from "kysely";
import {
  durationMs,
  type Schedule,
  type ScheduleDefinition,
} from "../../scheduling/definition/schedule.ts";
import { offsetMsOf, waitMsOf } from "../../scheduling/definition/timing.ts";
import { inAudience } from "../audience.ts";
import { isReachable } from "../best-place.ts";
import { isCustomer } from "../customers.ts";
import { joinedAt } from "../trigger-hits/people.ts";
import { isGone } from "./gone.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Over this time those are spread who joined long before there was the programme. */
const SPREAD_MS = 30 * DAY_MS;

/** The length of time over which a programme begins for those who joined long ago. */
export function spreadMsOf({ repeatAfter }: ScheduleDefinition): number {
  return repeatAfter === undefined ? SPREAD_MS : durationMs(repeatAfter);
}

/** Where a human stands in a schedule, from 0 to 1, the same each time. */
export function fractionOf(scheduleId: string, human: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`(('x' || substr(md5(${scheduleId}::text || ':' || ${human}), 1, 8))::bit(32)::bigint
    / 4294967296.0)`;
}

/** Times from joining to each step, in milliseconds. */
function stepsMs({ trigger, steps = [] }: ScheduleDefinition): number[] {
  let ms = trigger.on === "cron" ? 0 : offsetMsOf(trigger);
  return steps.map(({ after }) => {
    ms += durationMs(after);
    return ms;
  });
}

/**
 * A query (human, step, next_at, started_at) of everybody who joined by `until`, can be written to and
 * is not in the programme yet. Its first step comes when it is due after joining. Who
 * joined so long ago that this was before the programme was on, or before they were known, begins
 * spread evenly over the time of {@link spreadMsOf}; but with getting to know something nobody
 * begins late: an onboarding is met at the step that is still ahead, or not at all.
 */
export function beginners(
  workspaceId: number,
  schedule: Schedule,
  { now, until, since }: { now: Date; until: Date; since: Date },
): RawBuilder<unknown> {
  const { definition } = schedule;
  const offsets = stepsMs(definition);
  const last = offsets.at(-1) ?? 0;
  const onboarding = definition.kind === "onboarding";
  const notBefore = new Date(Math.max(since.getTime(), now.getTime() - waitMsOf(definition)));
  // Nearly everybody is in it already: that is looked at first, and everything else of few.
  const humans = onboarding
    ? sql`select distinct coalesce(p.human_id, p.id) as id from people p
        where p.workspace_id = ${workspaceId} and coalesce(p.joined_at, p.created_at)
          > ${new Date(notBefore.getTime() - last)}::timestamptz`
    : sql`select p.id from people p where p.workspace_id = ${workspaceId} and p.human_id is null`;
  const after = (ms: RawBuilder<unknown>) => sql`j.joined + ${ms} * interval '1 millisecond'`;
  const ahead = sql`greatest(${notBefore}::timestamptz, j.met)`;
  const spread = sql`${now}::timestamptz
    + ${fractionOf(schedule.id, sql`j.human`)} * ${spreadMsOf(definition)}::float8 * interval '1 millisecond'`;
  return sql`
    with n as materialized (
      select n.id from (${humans}) n
      -- "is not true": hashed, however few the database believes to be in it.
      where (n.id in (
        select e.human_id from enrolments e
        where e.workspace_id = ${workspaceId} and e.schedule_id = ${schedule.id}::uuid
      )) is not true
    )
    select j.human, coalesce(s.step, 1) - 1 as step,
      case when s.step is not null and ${onboarding || sql`s.step = 1`}
        then ${after(sql`s.ms`)} else ${spread} end as next_at,
      j.joined as started_at
    from (
      select h.id as human, ${joinedAt(workspaceId, sql`h.id`)} as joined, h.created_at as met
      from n
      cross join lateral (
        select * from people p where p.workspace_id = ${workspaceId} and p.id = n.id limit 1
      ) h
      where ${isCustomer("h")} and ${isReachable(workspaceId, definition.audience, sql`h.id`)} is true
        and not ${isGone(workspaceId, now, "h")}
        and ${inAudience(workspaceId, definition.audience, now, "h")} is true
    ) j
    left join lateral (
      select u.step::int as step, u.ms
      from unnest(${offsets}::bigint[]) with ordinality u (ms, step)
      where ${after(sql`u.ms`)} >= ${ahead} ${onboarding ? sql`` : sql`and u.step = 1`}
      order by u.step limit 1
    ) s on true
    where j.joined <= ${until}::timestamptz ${onboarding ? sql`and s.step is not null` : sql``}`;
}
