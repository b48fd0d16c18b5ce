/** Whom was asked on days when everything that was asked is over; written from the invitations. */
import { type RawBuilder, sql } from "kysely";
import { singleValueOf } from "./cut-values.ts";
import type { Db } from "./schema.ts";
import { isNoTest, testPeople } from "./scored-questions.ts";
import { dayIn, monthsOf, type Run, runsOf } from "./stretches.ts";

/** Days of a workspace. */
export interface AskedDays {
  readonly workspaceId: number;
  readonly timeZone: string;
  readonly runs: readonly Run[];
}

/** Of the days those on which somebody was asked who may still answer at `now`. */
export async function openDays(
  trx: Db,
  { workspaceId, timeZone, runs }: AskedDays,
  now: Date,
): Promise<string[]> {
  const { rows } = await sql<{ day: string }>`
    with ${runsOf(runs, timeZone)}
    select distinct ${dayIn(sql`i.asked_at`)} as day
    from stretches s
    cross join surveys v
    cross join lateral (
      select i.asked_at from invitations i
      where i.workspace_id = ${workspaceId} and i.survey_id = v.id and i.asked_at >= s.starts
        and i.asked_at < s.ends and i.expires_at > ${now}
      offset 0
    ) i
    where v.workspace_id = ${workspaceId}
    order by day`.execute(trx);
  return rows.map(({ day }) => day);
}

/** Puts the counts of these days, and of their months, in the place of what is there. */
export async function countAskedDays(trx: Db, about: AskedDays): Promise<void> {
  const { workspaceId, timeZone, runs } = about;
  if (runs.length === 0) return;
  const months = monthsOf(runs);
  const month = sql`date_trunc('month', day::timestamp)::date`;
  await sql`
    with ${runsOf(runs, timeZone)}, ${testPeople(workspaceId)},
    given as (
      select g.*, (g.day - m.month + 1)::smallint as place, m.month
      from (${askedOf(workspaceId)} union all ${leftOf(workspaceId)}) g
      cross join lateral (select ${month} as month offset 0) m
    ),
    gone as (
      delete from asked_counts c where c.workspace_id = ${workspaceId}
        and c.month >= ${months.first}::date and c.month <= ${months.last}::date
        and c.month in (select ${month} from scope)
      returning c.survey_id, c.promise, c.cut, c.month, c.value, c.days, c.days_asked,
        c.days_reached, c.days_answered
    ), cells as (
      select g.survey_id, g.promise, g.cut, g.month, g.value, c.*
      from gone g cross join lateral unnest(g.days, g.days_asked, g.days_reached, g.days_answered)
        c (day, asked, reached, answered)
      where g.month + c.day - 1 not in (select day from scope)
      union all
      select survey_id, promise, case grouping(team) when 1 then '' else 'team' end, month,
        coalesce(team, ''), place, sum(asked)::int, sum(reached)::int, sum(answered)::int
      from given group by survey_id, promise, month, place, grouping sets ((), (team))
    )
    insert into asked_counts (workspace_id, survey_id, promise, cut, month, value, asked, reached,
      answered, days, days_asked, days_reached, days_answered)
    select ${workspaceId}, survey_id, promise, cut, month, value, sum(asked), sum(reached),
      sum(answered), array_agg(day), array_agg(asked), array_agg(reached), array_agg(answered)
    from cells group by survey_id, promise, cut, month, value
    order by survey_id, promise, cut, month, value collate "C"`.execute(trx);
}

/** Numbers of each invitation of the days. */
function askedOf(workspaceId: number): RawBuilder<unknown> {
  return sql`
    select ${dayIn(sql`i.asked_at`)} as day, v.id as survey_id, i.promise, i.team, 1 as asked,
      i.reached, i.answered
    from stretches s
    cross join surveys v
    cross join lateral (
      select i.asked_at, i.person_id, i.promise, ${singleValueOf(workspaceId, "i", "team")} as team,
        (i.reached_at is not null or i.answered_at is not null)::int as reached,
        (i.answered_at is not null)::int as answered
      from invitations i
      where i.workspace_id = ${workspaceId} and i.survey_id = v.id
        and i.asked_at >= s.starts and i.asked_at < s.ends
      offset 0
    ) i
    where v.workspace_id = ${workspaceId} and ${isNoTest("i")}`;
}

/** What is left of those without a person. */
function leftOf(workspaceId: number): RawBuilder<unknown> {
  const n = (what: string) => sql`case c.what when ${sql.lit(what)} then c.n else 0 end`;
  return sql`
    select c.day, c.survey_id, c.promise, c.team, ${n("asked")}, ${n("reached")}, ${n("answered")}
    from stretches s
    join anonymous_counts c on c.workspace_id = ${workspaceId} and c.day >= s.from_day
      and c.day < s.until_day
    where c.metric is null and c.what <> 'score'`;
}
