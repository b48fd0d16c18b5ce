/** Counts of what one answer a person takes away again: pairs of answers of the same human. */
import { sql } from "kysely";
import type { Metric } from "../metrics/metric.ts";
import { breaksOf } from "./epochs.ts";
import { epochOfRow, predecessorOf, severalOf } from "./predecessors.ts";
import type { Db } from "./schema.ts";
import { isNoTest, isScoreOf, surveysApart, testPeople } from "./scored-questions.ts";
import { stepColumns, stepSums } from "./steps.ts";
import { type CountedDays, dayIn, monthsOf, stretchesOf } from "./stretches.ts";

/** Puts the pairs whose later day is one of these in the place of what is there. */
export async function countRepeats(
  trx: Db,
  about: CountedDays & { metric: Metric },
): Promise<void> {
  const { workspaceId, stretches, metric, timeZone } = about;
  const months = monthsOf(stretches);
  const month = (day: string) => sql`date_trunc('month', ${sql.ref(day)}::timestamp)::date`;
  const dayOf = (day: string) => sql`(${sql.ref(day)} - ${month(day)} + 1)`;
  await sql`
    with ${stretchesOf(stretches, timeZone)}, ${testPeople(workspaceId)}, ${severalOf(workspaceId)},
      ${breaksOf(workspaceId, metric.name)},
    answered as (
      select ${dayIn(sql`a.answered_at`)} as day, a.*
      from stretches s
      cross join lateral (
        select a.person_id, a.invitation_id, a.question, a.answered_at,
          ${epochOfRow(workspaceId, metric.name, "a")} as epoch
        from answers a
        where a.workspace_id = ${workspaceId} and a.answered_at >= s.starts
          and a.answered_at < s.ends and ${isScoreOf(metric, "a")} and a.promise = 'named'
          and a.survey_id not in (${surveysApart(workspaceId)}) and a.person_id is not null
        offset 0
      ) a
      where ${isNoTest("a")}
    ), pairs as (
      select a.day as later, (before.at at time zone ${timeZone})::date as earlier, a.epoch,
        before.step, count(*)::int as n
      from answered a
      cross join lateral (${predecessorOf({ workspaceId, metric })}) before
      group by 1, 2, 3, 4
    ), gone as (
      delete from repeats r where r.workspace_id = ${workspaceId} and r.metric = ${metric.name}
        and r.later >= ${months.first}::date and r.later <= ${months.last}::date
        and r.later in (select ${month("day")} from scope)
      returning r.later, r.earlier, r.epoch, r.places, r.ns
    ), cells as (
      select g.later, g.earlier, g.epoch, c.place, c.n
      from gone g cross join lateral unnest(g.places, g.ns) c (place, n)
      where g.later + (c.place >> 9) - 1 not in (select day from scope)
      union all
      select ${month("later")}, ${month("earlier")}, epoch,
        ((${dayOf("later")} * 32 + ${dayOf("earlier")}) * 16 + step)::smallint, n
      from pairs
    )
    insert into repeats (workspace_id, metric, later, earlier, epoch, ${sql.join(stepColumns)},
      places, ns)
    select ${workspaceId}, ${metric.name}, later, earlier, epoch, ${sql.join(stepSums)},
      array_agg(place), array_agg(n)
    from (select *, place & 15 as step from cells) c
    group by later, earlier, epoch order by later, earlier`.execute(trx);
}
