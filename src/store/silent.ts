/** Facts about who may be silent: by human, or by account. */
import { sql } from "kysely";
import {
  ASKED_FROM,
  HABIT_FROM,
  QUIET_DAYS,
  QUIET_FROM_DAYS,
  type SilenceFacts,
  TIMES_USUAL,
} from "../cases/silence.ts";
import type { Period } from "../metrics/period.ts";
import type { Db } from "./schema.ts";

/** Of each; more are read by nobody. */
const MOST = 1000;

/** Somebody who may be silent: a human, or all of an account. */
export interface MaybeSilent extends SilenceFacts {
  /** Of the human or the account. */
  readonly id: string;
  readonly name: string;
  /** Name of the account that a human belongs to. */
  readonly account: string | null;
  readonly accountId: string | null;
  readonly buyer: boolean;
  /** So many humans are meant. */
  readonly people: number;
}

interface About {
  readonly workspaceId: number;
  readonly period: Period;
  readonly now: Date;
}

/** Who may be silent in a period: the pure rules decide. Whoever wants no questions is not meant. */
export interface AllMaybeSilent {
  /** As a whole. */
  readonly accounts: readonly MaybeSilent[];
  readonly people: readonly MaybeSilent[];
}

/**
 * Humans and accounts that may be silent, those first that were active last. Everything is gone through
 * once, and counted by row of people; days are only told apart for those of whom it can matter.
 */
export async function readMaybeSilent(db: Db, about: About): Promise<AllMaybeSilent> {
  const { workspaceId, period, now } = about;
  const { start, timeZone } = period;
  const until = period.end < now ? period.end : now;
  const within = (time: string) =>
    sql`${sql.ref(time)} >= ${start}::timestamptz and ${sql.ref(time)} < ${until}::timestamptz`;
  const [from, to] = [sql`${start}::timestamptz`, sql`${until}::timestamptz`];
  const { rows } = await sql<MaybeSilent & { kind: "account" | "person" }>`
    with met as materialized (
      select p.id, coalesce(p.human_id, p.id) as human, p.account_id
      from people p
      where p.workspace_id = ${workspaceId} and p.role = 'customer' and not p.bot and not p.test
        and p.consent <> 'never'
    ), asked as materialized (
      select i.person_id as id,
        count(*) filter (where ${counts} and i.answered_at is null and ${within("i.asked_at")}
          and coalesce(i.expires_at <= ${now}, true))::int as unanswered,
        count(*) filter (where ${counts} and ${within("i.answered_at")})::int as answered,
        count(*) filter (where ${counts} and coalesce(i.asked_at, i.answered_at) < ${to})::int as reached,
        count(*) filter (where ${counts} and i.answered_at < ${from})::int as answered_before,
        count(*) filter (where i.answered_at < ${to})::int as acts,
        min(i.answered_at) as first, max(i.answered_at) filter (where i.answered_at < ${to}) as last
      from invitations i
      where i.workspace_id = ${workspaceId}
      group by i.person_id
    ), wrote as materialized (
      select c.customer_id as id, count(*)::int as acts, min(c.opened_at) as first, max(c.opened_at) as last
      from chats c
      where c.workspace_id = ${workspaceId} and c.opened_at < ${to} and c.customer_id is not null
      group by c.customer_id
    ), known as materialized (
      select m.*, s.unanswered, s.answered, s.reached, s.answered_before,
        coalesce(s.acts, 0) + coalesce(w.acts, 0) as acts,
        least(s.first, w.first) as first, greatest(s.last, w.last) as last
      from met m left join asked s on s.id = m.id left join wrote w on w.id = m.id
    ), facts as (
      select 'person' as kind, human as key, 1 as people, ${sums} from known group by human
      union all
      select 'account', account_id, count(distinct human), ${sums} from known
      where account_id is not null group by account_id
    ), maybe as materialized (
      select * from facts f
      where ${isUnanswered}
        -- With fewer days than that the usual time between them is longer, and they are not quiet yet.
        or (f.last < ${to} - ${days(QUIET_FROM_DAYS)} and f.last + least(${days(QUIET_DAYS)},
          ${days(TIMES_USUAL)} * extract(epoch from f.last - f.first - ${days(2)}) / 86400 / greatest(f.acts - 1, 1)) < ${to})
    ), judged as materialized (
      select f.*, d.n, d.began, ${quietAfter} as quiet_after
      from maybe f
      cross join lateral (
        select count(*)::int as n, min(day.at) as began
        from (
          select max(act.at) as at
          from unnest(f.ids) p (id)
          cross join lateral (
            select c.opened_at as at from chats c
            where c.workspace_id = ${workspaceId} and c.customer_id = p.id and c.opened_at < ${to}
            union all
            select i.answered_at from invitations i
            where i.workspace_id = ${workspaceId} and i.person_id = p.id and i.answered_at < ${to}
            offset 0
          ) act
          group by (act.at at time zone ${timeZone})::date
        ) day
      ) d
    ), silent as materialized (
      select f.*, row_number() over (partition by f.kind order by f.last desc nulls last, f.key) as nth
      from judged f
      where ${isUnanswered}
        or (f.last + f.quiet_after >= ${from} - interval '1 minute'
          and f.last + f.quiet_after < ${to} + interval '1 minute')
    )
    select f.kind, f.key as id, coalesce(h.name, a.name) as name,
      case when f.kind = 'person' then a.name end as account, a.id as "accountId",
      case when f.kind = 'person' then coalesce(h.account_role = 'buyer', false) else true end as buyer,
      f.people::int as people, f.unanswered::int as unanswered, f.answered::int as answered,
      f.reached::int as reached, f.answered_before::int as "answeredBefore", f.n as "activeDays",
      f.began as "firstActive", f.last as "lastActive"
    from silent f
    left join people h on f.kind = 'person' and h.workspace_id = ${workspaceId} and h.id = f.key
    left join accounts a on a.workspace_id = ${workspaceId}
      and a.id = case when f.kind = 'person' then h.account_id else f.key end
    where f.nth <= ${MOST}
    order by f.kind, f.nth
  `.execute(db);
  const all = rows.map(({ kind, ...row }) => ({
    kind,
    of: {
      ...row,
      firstActive: row.firstActive && new Date(row.firstActive),
      lastActive: row.lastActive && new Date(row.lastActive),
    },
  }));
  const those = (wanted: "account" | "person") =>
    all.flatMap(({ kind, of }) => (kind === wanted ? of : []));
  return { accounts: those("account"), people: those("person") };
}

/** What counts as having been asked. */
const counts = sql`i.kind <> 'recovery' and (i.reached_at is not null or i.answered_at is not null)`;

/** Of all rows of a human or an account; `ids`: of the rows. */
const sums = sql`array_agg(id) as ids, coalesce(sum(unanswered), 0) as unanswered,
  coalesce(sum(answered), 0) as answered, coalesce(sum(reached), 0) as reached,
  coalesce(sum(answered_before), 0) as answered_before, sum(acts) as acts,
  min(first) as first, max(last) as last`;

/** As the rules have it (cases/silence.ts). */
const isUnanswered = sql`(f.unanswered > 0 and f.answered = 0
  and (f.answered_before > 0 or f.reached >= ${ASKED_FROM}))`;

const days = (n: number) => sql`(${n} * interval '1 day')`;

/** After so much time without a word somebody is quiet. */
const quietAfter = sql`case when d.n < ${HABIT_FROM} then ${days(QUIET_DAYS)}
  else greatest(${days(QUIET_FROM_DAYS)}, ${days(TIMES_USUAL)} * greatest(1,
    extract(epoch from f.last - d.began)::float8 / 86400 / greatest(d.n - 1, 1))) end`;
