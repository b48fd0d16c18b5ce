/** Every row of ours as a line of JSON, as the database itself writes it: nothing is rounded. */
import { sql } from "kysely";
import type { Db, Schema } from "./schema.ts";
import { inSnapshot } from "./transaction.ts";

/**
 * Our tables, and whether they are kept in a backup: all but what is counted from the others. The job
 * queue's are not among them: jobs are made anew from the state of what they are about.
 */
const tables: Readonly<Record<keyof Schema, boolean>> = {
  workspaces: true,
  connections: true,
  accounts: true,
  people: true,
  identities: true,
  merges: true,
  chats: true,
  handlers: true,
  surveys: true,
  survey_versions: true,
  schedules: true,
  schedule_versions: true,
  schedule_runs: true,
  invitations: true,
  enrolments: true,
  answers: true,
  answer_history: true,
  decisions: true,
  cases: true,
  case_events: true,
  quotes: true,
  deliveries: true,
  holds: true,
  bookmarks: true,
  notes: true,
  inbox: true,
  audit: true,
  drafts: true,
  change_sets: true,
  role_grants: true,
  secrets: true,
  forgotten: true,
  erasures: true,
  erasure_targets: true,
  anonymous_counts: true,
  ticks: true,
  dead_jobs: true,
  timers: true,
  dates: true,
  activities: true,
  orders: true,
  signals: true,
  signal_events: true,
  counting: false,
  metric_epochs: true,
  counts: false,
  cut_counts: false,
  repeats: false,
  asked_counts: false,
  stale_days: false,
  alerts: true,
  views: true,
};

/** Our tables by name, in the order of a backup. */
export const backupTables: readonly string[] = Object.keys(tables).filter((name) =>
  Object.entries(tables).some(([kept, isKept]) => kept === name && isKept),
);

/** Those that are counted anew after a backup was put in place. */
export const countedTables: readonly string[] = Object.keys(tables).filter(
  (name) => !backupTables.includes(name),
);

/** A table as the database knows it. */
export interface TableShape {
  readonly name: string;
  readonly columns: readonly string[];
  /** Of its primary key, in order. */
  readonly key: readonly string[];
}

/** So many rows are fetched at once. */
const BATCH = 500;

/** The shapes of our tables, in the order of a backup. */
export async function readShapes(db: Db): Promise<TableShape[]> {
  const { rows } = await sql<TableShape>`
    select c.relname as name,
      (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      (select array_agg(a.attname::text order by k.position)
        from pg_index i
        cross join lateral unnest(i.indkey) with ordinality as k (attnum, position)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
        where i.indrelid = c.oid and i.indisprimary) as key
    from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
      and c.relname = any(${[...backupTables]}::text[])
  `.execute(db);
  return rows.sort((a, b) => backupTables.indexOf(a.name) - backupTables.indexOf(b.name));
}

/** Reads in one state of the database, in which instants as text look the same everywhere: in UTC. */
export function inUtcSnapshot<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  return inSnapshot(db, async (snapshot) => {
    await sql`set local time zone 'UTC'`.execute(snapshot);
    return work(snapshot);
  });
}

/** All rows of a table as JSON, in batches, in the order of its key. Inside a snapshot. */
export async function* dumpTable(db: Db, { name, key }: TableShape): AsyncGenerator<string[]> {
  const order = sql.join(key.map((column) => sql.ref(`t.${column}`)));
  await sql`declare dump cursor for
    select row_to_json(t)::text as row from ${sql.table(name)} t order by ${order}`.execute(db);
  for (;;) {
    const { rows } = await sql<{ row: string }>`fetch ${sql.lit(BATCH)} from dump`.execute(db);
    if (rows.length === 0) break;
    yield rows.map(({ row }) => row);
  }
  await sql`close dump`.execute(db);
}
