/** Facts about who may be silent: by human, or by account. */
import { type RawBuilder, sql } from "kysely";
import { QUIET_DAYS, QUIET_FROM_DAYS, type SilenceFacts } from "../cases/silence.ts";
import type { Period } from "../metrics/period.ts";
import type { Db } from "./schema.ts";

/** More are read by nobody. */
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

/** Humans that may be silent in a period: the pure rules decide. Who wants no questions is not meant. */
export function maybeSilentPeople(db: Db, about: About): Promise<MaybeSilent[]> {
  return readMaybe(db, about, {
    key: sql`coalesce(p.human_id, p.id)`,
    about: sql`
      select h.id, h.name, a.name as account, h.account_id as "accountId",
        coalesce(h.account_role = 'buyer', false) as buyer
      from people h
      left join accounts a on a.workspace_id = ${about.workspaceId} and a.id = h.account_id
      where h.workspace_id = ${about.workspaceId}`,
  });
}

/** The same for accounts as a whole. */
export function maybeSilentAccounts(db: Db, about: About): Promise<MaybeSilent[]> {
  return readMaybe(db, about, {
    key: sql`p.account_id`,
    about: sql`
      select a.id, a.name, null::text as account, a.id as "accountId", true as buyer
      from accounts a
      where a.workspace_id = ${about.workspaceId}`,
  });
}

/** What facts are gathered by, and how that is called. */
interface By {
  readonly key: RawBuilder<unknown>;
  readonly about: RawBuilder<unknown>;
}

async function readMaybe(db: Db, about: About, by: By): Promise<MaybeSilent[]> {
  const { workspaceId, period, now } = about;
  const { start, timeZone } = period;
  const until = period.end < now ? period.end : now;
  const within = (time: string) =>
    sql`${sql.ref(time)} >= ${start}::timestamptz and ${sql.ref(time)} < ${until}::timestamptz`;
  const { rows } = await sql<MaybeSilent>`
    with met as materialized (
      select p.id, coalesce(p.human_id, p.id) as human, ${by.key} as key
      from people p
      where p.workspace_id = ${workspaceId} and p.role = 'customer' and not p.bot and not p.test
        and p.consent <> 'never' and ${by.key} is not null
    ), sizes as (
      select key, count(distinct human)::int as people from met group by key
    ), asked as (
      select m.key,
        count(*) filter (where i.answered_at is null and ${within("i.asked_at")}
          and coalesce(i.expires_at <= ${now}, true))::int as unanswered,
        count(*) filter (where ${within("i.answered_at")})::int as answered,
        count(*)::int as reached,
        count(*) filter (where i.answered_at < ${start})::int as answered_before
      from invitations i
      join met m on m.id = i.person_id
      where i.workspace_id = ${workspaceId} and i.kind <> 'recovery'
        and (i.reached_at is not null or i.answered_at is not null)
        and coalesce(i.asked_at, i.answered_at) < ${until}
      group by m.key
    ), days as (
      select key, (at at time zone ${timeZone})::date as day, max(at) as at from (
        select m.key, c.opened_at as at from chats c
        join met m on m.id = c.customer_id
        where c.workspace_id = ${workspaceId} and c.opened_at < ${until}
        union all
        select m.key, i.answered_at from invitations i
        join met m on m.id = i.person_id
        where i.workspace_id = ${workspaceId} and i.answered_at < ${until}
      ) acts
      group by 1, 2
    ), active as (
      select key, count(*)::int as n, min(at) as first, max(at) as last from days group by key
    ), facts as (
      select key, coalesce(s.unanswered, 0) as unanswered, coalesce(s.answered, 0) as answered,
        coalesce(s.reached, 0) as reached, coalesce(s.answered_before, 0) as answered_before,
        coalesce(v.n, 0) as n, v.first, v.last
      from asked s full join active v using (key)
    )
    select about.*, f.unanswered, f.answered, f.reached, f.answered_before as "answeredBefore",
      f.n as "activeDays", f.first as "firstActive", f.last as "lastActive", sizes.people
    from facts f
    join sizes using (key)
    join (${by.about}) about on about.id = f.key
    where (f.unanswered > 0 and f.answered = 0)
      or (f.last < ${until}::timestamptz - ${QUIET_FROM_DAYS} * interval '1 day'
        and f.last + ${longest} * interval '1 day' >= ${start}::timestamptz - interval '1 day')
    order by f.last desc nulls last, about.id
    limit ${MOST}
  `.execute(db);
  return rows.map((row) => ({
    ...row,
    firstActive: row.firstActive && new Date(row.firstActive),
    lastActive: row.lastActive && new Date(row.lastActive),
  }));
}

/** Days after which the rules call somebody quiet, at the most. */
const longest = sql`greatest(${QUIET_DAYS}::float8,
  3 * extract(epoch from f.last - f.first) / 86400 / greatest(f.n - 1, 1))`;
