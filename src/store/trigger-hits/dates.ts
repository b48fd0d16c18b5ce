/** Days of a person or an account: they begin when they begin where the person is. */
import { sql } from "kysely";
import { Temporal } from "temporal-polyfill";
import type { Db } from "../schema.ts";
import {
  type Facts,
  type FactsAbout,
  humanOfP,
  isWithin,
  nowhere,
  type TriggerOf,
} from "./facts.ts";

/** When a day begins in a time zone. */
interface Beginning {
  readonly zone: string;
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly at: string;
}

/** Clocks differ by less than that over the world. */
const MOST_ZONES = "2 days";

/**
 * The days by which people are asked. A zone that nobody knows is the workspace's: it is computed
 * here and not by the database, where one such zone would end the query for everybody.
 */
export async function comingDates(
  db: Db,
  about: FactsAbout,
  trigger: TriggerOf<"date">,
): Promise<Facts> {
  const { workspaceId } = about;
  const beginnings = await readBeginnings(db, about, trigger);
  const people = trigger.of === "person" ? sql`p.id = d.owner_id` : sql`p.account_id = d.owner_id`;
  return sql`
    select distinct t.human as person_id, ${nowhere}, coalesce(own.at, home.at) as at,
      'date:' || t.owner_id || ':' || t.name || ':' || t.day || ':' || t.human as fact
    from (
      select ${humanOfP} as human, d.owner_id, d.name, d."on" as day, (
        select r.time_zone from people r
        where r.workspace_id = ${workspaceId} and r.time_zone is not null
          and coalesce(r.human_id, r.id) = ${humanOfP}
        order by r.id limit 1) as zone
      from dates d
      cross join lateral (select p.id, p.human_id from people p
        where p.workspace_id = d.workspace_id and ${people} offset 0) p
      where d.workspace_id = ${workspaceId} and d.owner = ${trigger.of} and d.name = ${trigger.date}
        and d."on" = any(${[...new Set(beginnings.map(({ day }) => day))]}::date[])
    ) t
    join ${recordsOf(beginnings)} home on home.zone = '' and home.day = t.day
    left join ${recordsOf(beginnings)} own on own.zone = t.zone and own.day = t.day
    where ${isWithin(about, sql`coalesce(own.at, home.at)`)}`;
}

function recordsOf(beginnings: readonly Beginning[]) {
  return sql`(select * from json_to_recordset(${JSON.stringify(beginnings)}::json)
    as b(zone text, day date, at timestamptz))`;
}

async function readBeginnings(
  db: Db,
  { workspaceId, from, to }: FactsAbout,
  { date, of }: TriggerOf<"date">,
): Promise<Beginning[]> {
  const { rows: days } = await sql<{ day: string }>`
    select distinct d."on"::text as day from dates d
    where d.workspace_id = ${workspaceId} and d.owner = ${of} and d.name = ${date}
      and d."on" > (${from}::timestamptz - ${MOST_ZONES}::interval)::date
      and d."on" < (${to}::timestamptz + ${MOST_ZONES}::interval)::date`.execute(db);
  if (days.length === 0) return [];
  const { rows: zones } = await sql<{ zone: string; home: boolean }>`
    select time_zone as zone, true as home from workspaces where id = ${workspaceId}
    union
    select time_zone, false from people
    where workspace_id = ${workspaceId} and time_zone is not null`.execute(db);
  return zones.flatMap(({ zone, home }) =>
    days.flatMap(({ day }) => {
      const at = beginningOf(day, zone);
      return at === undefined ? [] : [{ zone: home ? "" : zone, day, at }];
    }),
  );
}

/** In UTC, for the database; `undefined` for a zone that there is not. */
function beginningOf(day: string, timeZone: string): string | undefined {
  try {
    return Temporal.PlainDate.from(day).toZonedDateTime({ timeZone }).toInstant().toString();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
