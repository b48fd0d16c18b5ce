/** Whom was asked on days when everything that was asked is over; written from the invitations. */
import { type RawBuilder, sql } from "kysely";
import { isInMonth, monthsOf } from "./counting.ts";
import { singleValueOf } from "./cut-values.ts";
import type { Db } from "./schema.ts";
import { isNoTest, testPeople } from "./scored-questions.ts";

/** Days of a workspace, `YYYY-MM-DD`. */
interface Days {
  readonly workspaceId: number;
  readonly timeZone: string;
  readonly days: readonly string[];
}

/** Of the days those on which somebody was asked who may still answer at `now`. */
export async function openDays(
  trx: Db,
  { workspaceId, timeZone, days }: Days,
  now: Date,
): Promise<string[]> {
  const { rows } = await sql<{ day: string }>`
    select d.day from (
      select day, day_start(day, ${timeZone}) as starts, day_start(day + 1, ${timeZone}) as ends
      from unnest(${[...days]}::date[]) day offset 0
    ) d
    where exists (
      select from surveys s
      join invitations i on i.workspace_id = s.workspace_id and i.survey_id = s.id
      where s.workspace_id = ${workspaceId} and i.asked_at >= d.starts and i.asked_at < d.ends
        and i.expires_at > ${now})`.execute(trx);
  return rows.map(({ day }) => day);
}

/** Puts the counts of these days, and of their months, in the place of what is there. */
export async function countAskedDays(trx: Db, about: Days): Promise<void> {
  const { workspaceId, days } = about;
  if (days.length === 0) return;
  const own = sql`workspace_id = ${workspaceId} and span = 'd' and day = any(${[...days]}::date[])`;
  await sql`delete from asked_counts where ${own}`.execute(trx);
  await sql`
    with ${testPeople(workspaceId)}, given as (${givenOn(about)})
    insert into asked_counts (workspace_id, survey_id, promise, cut, span, day, value, asked,
      reached, answered)
    select ${workspaceId}, g.survey_id, g.promise, v.cut, 'd', g.day, v.value, sum(g.asked),
      sum(g.reached), sum(g.answered)
    from given g
    cross join lateral (values ('', ''), ('team', g.team)) v (cut, value)
    group by g.survey_id, g.promise, v.cut, g.day, v.value`.execute(trx);
  await sumAskedMonths(trx, about);
}

/** Numbers of each invitation of the days, and of what is left of those without a person. */
function givenOn({ workspaceId, timeZone, days }: Days): RawBuilder<unknown> {
  // Worked out once: in the condition they would be for every row that is looked at.
  const when = sql`(select day, day_start(day, ${timeZone}) as starts,
      day_start(day + 1, ${timeZone}) as ends
    from unnest(${[...days]}::date[]) day offset 0) d`;
  return sql`
    select d.day, s.id as survey_id, i.promise, i.team, 1 as asked, i.reached, i.answered
    from ${when}
    cross join surveys s
    cross join lateral (
      select i.person_id, i.promise, ${singleValueOf(workspaceId, "i", "team")} as team,
        (i.reached_at is not null or i.answered_at is not null)::int as reached,
        (i.answered_at is not null)::int as answered
      from invitations i
      where i.workspace_id = ${workspaceId} and i.survey_id = s.id
        and i.asked_at >= d.starts and i.asked_at < d.ends
      offset 0
    ) i
    where s.workspace_id = ${workspaceId} and ${isNoTest("i")}
    union all
    select d.day, c.survey_id, c.promise, c.team,
      case c.what when 'asked' then c.n else 0 end, case c.what when 'reached' then c.n else 0 end,
      case c.what when 'answered' then c.n else 0 end
    from ${when}
    join anonymous_counts c on c.workspace_id = ${workspaceId} and c.day = d.day
    where c.metric is null and c.what <> 'score'`;
}

async function sumAskedMonths(trx: Db, { workspaceId, days }: Days): Promise<void> {
  const months = sql`${monthsOf(days)}::date[]`;
  await sql`delete from asked_counts where workspace_id = ${workspaceId} and span = 'm'
    and day = any(${months})`.execute(trx);
  await sql`
    insert into asked_counts (workspace_id, survey_id, promise, cut, span, day, value, asked,
      reached, answered)
    select ${workspaceId}, c.survey_id, c.promise, c.cut, 'm', month, c.value, sum(c.asked),
      sum(c.reached), sum(c.answered)
    from unnest(${months}) month
    join asked_counts c on c.workspace_id = ${workspaceId} and c.span = 'd'
      and ${isInMonth("c.day")}
    group by c.survey_id, c.promise, c.cut, month, c.value`.execute(trx);
}
