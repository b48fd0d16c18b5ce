/** People and accounts that joined or left. */
import { type RawBuilder, sql } from "kysely";
import { type Facts, type FactsAbout, humanOfP, isWithin, msOf, nowhere } from "./facts.ts";

/**
 * When a human joined: the earliest day that somebody told us (an import), else when we first met
 * them; no platform tells it in a way that could be relied on. Whoever is met on a second platform
 * does not join again.
 */
export function joinedAt(workspaceId: number, human: RawBuilder<unknown>): RawBuilder<Date> {
  return sql<Date>`(
    select coalesce(min(r.joined_at), min(r.created_at)) from people r
    where r.workspace_id = ${workspaceId} and coalesce(r.human_id, r.id) = ${human})`;
}

export function joinedPeople(about: FactsAbout): Facts {
  const { workspaceId, from, to } = about;
  return sql`
    select j.human as person_id, ${nowhere}, j.at, 'joined:' || j.human as fact
    from (
      select near.human, ${joinedAt(workspaceId, sql`near.human`)} as at
      from (
        select distinct ${humanOfP} as human from people p
        where p.workspace_id = ${workspaceId} and coalesce(p.joined_at, p.created_at) > ${from}
          and coalesce(p.joined_at, p.created_at) <= ${to}
      ) near
    ) j
    where ${isWithin(about, sql`j.at`)}`;
}

/** The people of accounts that joined. */
export function joinedAccounts(about: FactsAbout): Facts {
  const at = sql`coalesce(a.joined_at, a.created_at)`;
  return peopleOfAccounts(about, at, sql`'account-joined:' || a.id`, isWithin(about, at));
}

/**
 * People who left. Who leaves later than it is told leaves then; what is told late is asked about
 * when it is told. Nobody is asked who had left before the schedule was on, whenever that is told.
 */
export function leftPeople(about: FactsAbout): Facts {
  const { workspaceId, since } = about;
  return sql`
    select l.human as person_id, ${nowhere}, l.at,
      'left:' || l.human || ':' || ${msOf(sql`l.left_at`)} as fact
    from (
      select ${humanOfP} as human, max(p.left_at) as left_at,
        max(greatest(p.left_at, p.left_noted_at)) as at
      from people p
      where p.workspace_id = ${workspaceId} and p.left_at >= ${since}::timestamptz
      group by 1
    ) l
    where ${isWithin(about, sql`l.at`)}`;
}

/** The people of accounts that left. */
export function leftAccounts(about: FactsAbout): Facts {
  const at = sql`greatest(a.left_at, a.left_noted_at)`;
  return peopleOfAccounts(
    about,
    at,
    sql`'account-left:' || a.id || ':' || ${msOf(sql`a.left_at`)}`,
    sql`a.left_at >= ${about.since}::timestamptz and ${isWithin(about, at)}`,
  );
}

function peopleOfAccounts(
  { workspaceId }: FactsAbout,
  at: RawBuilder<unknown>,
  name: RawBuilder<unknown>,
  fits: RawBuilder<unknown>,
): Facts {
  return sql`
    select distinct ${humanOfP} as person_id, ${nowhere}, ${at} as at,
      ${name} || ':' || ${humanOfP} as fact
    from accounts a
    cross join lateral (select p.id, p.human_id from people p
      where p.workspace_id = a.workspace_id and p.account_id = a.id offset 0) p
    where a.workspace_id = ${workspaceId} and ${fits}`;
}
