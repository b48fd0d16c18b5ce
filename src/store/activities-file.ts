/** What a file says that people did, added up before it is kept. */
import { sql } from "kysely";
import { ownActivities } from "./activity.ts";
import type { Moment } from "./lifecycle.ts";
import type { Db } from "./schema.ts";

/** So much of one thing on one day, of one row of people. */
export interface ActivityOf {
  readonly personId: string;
  readonly when: Moment;
  readonly what: string;
  readonly n: number;
}

export interface ActivitiesFile {
  add(rows: readonly ActivityOf[]): Promise<void>;
  /** Keeps the sums; gives how many rows of the file brought something new. */
  finish(): Promise<number>;
}

/** The largest number that the column holds. */
const MOST = 2_147_483_647;

/**
 * Begins inside `trx`. A later file says a sum anew; of what is counted here as well, the larger one
 * stays. Once in a transaction.
 */
export async function openActivities(
  trx: Db,
  workspaceId: number,
  now: Date,
): Promise<ActivitiesFile> {
  // In the database, because a file may be any size.
  await sql`create temporary table activities_of_file (person_id uuid, day date, what text,
    n int8 not null, of_rows int not null, at timestamptz not null,
    primary key (person_id, day, what)) on commit drop`.execute(trx);
  return {
    async add(rows) {
      await addUp(trx, workspaceId, rows);
    },
    async finish() {
      const { rows } = await sql<{ n: number | null }>`
        with kept as (
          insert into activities as a (workspace_id, person_id, day, what, n)
          select ${workspaceId}::int, person_id, day, what, least(n, ${MOST}::int)
          from activities_of_file
          on conflict (workspace_id, person_id, day, what) do update set n = excluded.n
          where case when a.what = any(${[...ownActivities]}::text[]) then excluded.n > a.n
            else excluded.n <> a.n end
          returning person_id, day, what
        ), heard as (
          update people p set active_at = greatest(p.active_at, last.at) from (
            select person_id, least(max(at), ${now}::timestamptz) as at
            from activities_of_file join kept using (person_id, day, what) group by 1
          ) last
          where p.workspace_id = ${workspaceId}::int and p.id = last.person_id
          returning coalesce(p.human_id, p.id) as human
        ), marked as (
          update signals s set stale = true from heard
          where s.workspace_id = ${workspaceId}::int and s.human_id = heard.human and not s.stale
        )
        select sum(of_rows)::float8 as n from activities_of_file
        join kept using (person_id, day, what)`.execute(trx);
      return rows[0]?.n ?? 0;
    },
  };
}

/** A day is one of the workspace, and so is that of a time. */
async function addUp(trx: Db, workspaceId: number, rows: readonly ActivityOf[]): Promise<void> {
  if (rows.length === 0) return;
  const told = rows.map(({ personId, when, what, n }) => ({
    ...{ id: personId, what, n },
    ...("day" in when ? { day: when.day } : { time: when.time }),
  }));
  await sql`
    insert into activities_of_file as f (person_id, day, what, n, of_rows, at)
    select id, coalesce(day, (time at time zone zone)::date), what, sum(n), count(*),
      max(coalesce(time, day::timestamp at time zone zone))
    from json_to_recordset(${JSON.stringify(told)}::json) each (id uuid, what text, n int,
      day date, "time" timestamptz),
      (select time_zone as zone from workspaces where id = ${workspaceId}::int) workspace
    group by 1, 2, 3
    on conflict (person_id, day, what) do update set n = f.n + excluded.n,
      of_rows = f.of_rows + excluded.of_rows, at = greatest(f.at, excluded.at)`.execute(trx);
}
