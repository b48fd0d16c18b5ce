/** Who was a customer when, who was lost by which rule, and what those who leave say. */
import { type RawBuilder, sql } from "kysely";
import type { Period } from "../metrics/period.ts";
import type { Db } from "./schema.ts";
import { isNoTest, testPeople } from "./scored-questions.ts";
import type { KeptSignals } from "./signals.ts";

interface About {
  readonly workspaceId: number;
  readonly period: Period;
  readonly now: Date;
}

/** Customers of a period, each counted as one: an account, or a person who belongs to none. */
export interface CustomerCounts {
  /** When it began. */
  readonly start: number;
  /** Of them: lost in it. */
  readonly lost: number;
  /** When it ended, or now. */
  readonly end: number;
  /** Who came in it; in no part of the rate, whether they stayed or not. */
  readonly joined: number;
  /** By which rule they were lost, the most frequent first. */
  readonly rules: readonly { readonly rule: string; readonly n: number }[];
}

interface Counted {
  readonly rule: string | null;
  readonly start: number;
  readonly lost: number;
  readonly end: number;
  readonly joined: number;
}

/** Whoever is said to leave later has not left. Tests and the team are no customers. */
export async function readCustomerCounts(db: Db, about: About): Promise<CustomerCounts> {
  const { workspaceId, period, now } = about;
  const until = new Date(Math.min(period.end.getTime(), now.getTime()));
  const count = (condition: RawBuilder<unknown>) =>
    sql`(count(*) filter (where ${condition}))::int`;
  const activeAt = (at: Date) =>
    sql`joined < ${at}::timestamptz and (gone is null or gone >= ${at}::timestamptz)`;
  const lost = sql`${activeAt(period.start)} and gone < ${until}::timestamptz`;
  const { rows } = await sql<Counted>`
    with ${livesOf(workspaceId)}
    select case when ${lost} then rule end as rule, ${count(activeAt(period.start))} as start,
      ${count(lost)} as lost, ${count(activeAt(until))} as end,
      ${count(sql`joined >= ${period.start} and joined < ${until}::timestamptz`)} as joined
    from lives group by 1`.execute(db);
  const sum = (of: (row: Counted) => number) => rows.reduce((all, row) => all + of(row), 0);
  return {
    start: sum(({ start }) => start),
    lost: sum((row) => row.lost),
    end: sum(({ end }) => end),
    joined: sum(({ joined }) => joined),
    rules: rows
      .flatMap(({ rule, lost: n }) => (n > 0 ? [{ rule: rule ?? "", n }] : []))
      .sort((a, b) => b.n - a.n || (a.rule < b.rule ? -1 : 1)),
  };
}

/**
 * CTE `lives`. Of several rows of one human the earliest word counts, as for signals. An account is
 * lost when that was said of it, or of everybody in it, and then with the last of them.
 */
function livesOf(workspaceId: number): RawBuilder<unknown> {
  return sql`parts as (
      select human_id, min(joined_at) as joined_at, min(left_at) as left_at, min(left_rule) as rule
      from people where workspace_id = ${workspaceId} and human_id is not null group by human_id
    ), humans as (
      select p.account_id, p.role = 'customer' and not p.bot and not p.test as counted,
        coalesce(least(p.joined_at, q.joined_at), p.created_at) as joined,
        least(p.left_at, q.left_at) as gone, coalesce(p.left_rule, q.rule) as rule
      from people p left join parts q on q.human_id = p.id
      where p.workspace_id = ${workspaceId} and p.human_id is null
    ), members as (
      select account_id, bool_or(counted) as counted,
        min(joined) filter (where counted) as joined,
        case when bool_and(gone is not null) filter (where counted)
          then max(gone) filter (where counted) end as gone,
        max(rule) filter (where counted) as rule
      from humans where account_id is not null group by account_id
    ), lives (joined, gone, rule) as (
      select coalesce(a.joined_at, m.joined, a.created_at), coalesce(a.left_at, m.gone),
        case when a.left_at is null then m.rule else a.left_rule end
      from accounts a left join members m on m.account_id = a.id
      where a.workspace_id = ${workspaceId} and coalesce(m.counted, true)
      union all
      select joined, gone, rule from humans where account_id is null and counted
    )`;
}

/** Whose signals came to high in the period and stand there now, the newest first. */
export async function readNewlyHigh(
  db: Db,
  { workspaceId, period }: Pick<About, "workspaceId" | "period">,
  limit: number,
): Promise<{ readonly n: number; readonly people: readonly KeptSignals[] }> {
  const { rows } = await sql<KeptSignals & { n: number }>`
    select s.human_id as "humanId", p.name, s.points, s.tier, s.tier_since as since, s.reasons,
      (count(*) over ())::int as n
    from signals s
    join people p on p.workspace_id = s.workspace_id and p.id = s.human_id
    where s.workspace_id = ${workspaceId} and s.tier = 'high'
      and s.tier_since >= ${period.start} and s.tier_since < ${period.end}
    order by s.tier_since desc, s.human_id limit ${limit}`.execute(db);
  const people = rows.map(({ n: _, ...signals }) => signals);
  return { n: rows[0]?.n ?? 0, people };
}

/** What somebody wrote who may leave, or left. */
export interface LeavingWords {
  readonly kind: "churn" | "exit";
  readonly text: string;
  readonly person: string | null;
  readonly chatUrl: string | null;
}

/**
 * Words of check-ins and exit surveys, the newest first. What was promised to be read only in totals
 * is not among them: so few leave that a total would tell who.
 */
export async function readLeavingWords(
  db: Db,
  { workspaceId, period }: Pick<About, "workspaceId" | "period">,
  limit: number,
): Promise<LeavingWords[]> {
  const { rows } = await sql<LeavingWords>`
    with ${testPeople(workspaceId)}
    select a.kind, a.text, p.name as person, c.url as "chatUrl"
    from surveys s
    cross join lateral (
      select i.kind, a.text, a.person_id, a.chat_id, a.answered_at, a.invitation_id, a.question
      from answers a
      join invitations i on i.workspace_id = a.workspace_id and i.id = a.invitation_id
      where a.workspace_id = ${workspaceId} and a.survey_id = s.id and a.text is not null
        and a.answered_at >= ${period.start} and a.answered_at < ${period.end}
        and a.promise = 'named' and i.promise = 'named' and i.kind in ('churn', 'exit')
        and ${isNoTest("a")}
      order by a.answered_at desc, a.invitation_id limit ${limit}
    ) a
    left join people p on p.workspace_id = ${workspaceId} and p.id = a.person_id
    left join chats c on c.workspace_id = ${workspaceId} and c.id = a.chat_id
    where s.workspace_id = ${workspaceId} and s.trigger = 'schedule'
    order by a.answered_at desc, a.invitation_id, a.question limit ${limit}`.execute(db);
  return rows;
}
