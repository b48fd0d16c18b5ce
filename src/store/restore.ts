/** Puts the rows of a backup in the place of what the database holds. */
import { sql } from "kysely";
import { backupTables, countedTables } from "./backup.ts";
import { openTargets } from "./erasures.ts";
import type { Db } from "./schema.ts";

/** How the service is called in PostgreSQL's list of sessions. */
const SERVICE = "aftertalk";

/** True when nobody's data would be lost by replacing everything. */
export async function isUnused(db: Db): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`
    select exists (select from people) or exists (select from forgotten)
      or exists (select from answers) as used`.execute(db);
  return rows[0]?.used === false;
}

/** Whether an aftertalk is at work on this database. The embedded one is its only user's. */
export async function isServed(db: Db): Promise<boolean> {
  const { rows } = await sql<{ served: boolean }>`
    select exists (select from pg_stat_activity
      where datname = current_database() and application_name = ${SERVICE}
        and pid <> pg_backend_pid()) as served`.execute(db);
  return rows[0]?.served === true;
}

/** A reference between tables, to be taken away while rows come in in any order. */
interface Reference {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

/**
 * Empties our tables, lets `load` fill them in any order, and checks every reference again. Nothing is
 * marked for counting meanwhile: all of it is counted anew. Call inside a transaction: without its
 * commit nothing has happened.
 */
export async function replaceEverything(db: Db, load: () => Promise<void>): Promise<void> {
  const references = await readReferences(db);
  for (const { table, name } of references) {
    await sql`alter table ${sql.table(table)} drop constraint ${sql.ref(name)}`.execute(db);
  }
  // Also the one that lets nobody empty the audit log.
  await switchTriggers(db, "disable");
  const all = [...backupTables, ...countedTables];
  await sql`truncate ${sql.join(all.map((name) => sql.table(name)))}`.execute(db);
  await load();
  await switchTriggers(db, "enable");
  for (const { table, name, definition } of references) {
    // The database's own words for a constraint of ours.
    const again = sql.raw(definition);
    await sql`alter table ${sql.table(table)} add constraint ${sql.ref(name)} ${again}`.execute(db);
  }
  await continueCounting(db);
  // Else the first minutes of the service go by what is guessed of tables that were empty.
  await sql`analyze ${sql.join(backupTables.map((name) => sql.table(name)))}`.execute(db);
}

/** Inserts rows, each a JSON object of the table's `columns`. */
export async function loadRows(
  db: Db,
  table: string,
  columns: readonly string[],
  rows: readonly string[],
): Promise<void> {
  const names = sql.join(columns.map((column) => sql.ref(column)));
  await sql`
    insert into ${sql.table(table)} (${names}) overriding system value
    select ${names} from json_populate_recordset(null::${sql.table(table)},
      ${`[${rows.join(",")}]`}::json)`.execute(db);
}

async function switchTriggers(db: Db, to: "disable" | "enable"): Promise<void> {
  const { rows } = await sql<{ table: string }>`
    select distinct t.relname as table from pg_trigger g
    join pg_class t on t.oid = g.tgrelid
    where not g.tgisinternal and t.relnamespace = current_schema()::regnamespace
      and t.relname = any(${[...backupTables]}::text[])`.execute(db);
  for (const { table } of rows) {
    await sql`alter table ${sql.table(table)} ${sql.raw(to)} trigger user`.execute(db);
  }
}

async function readReferences(db: Db): Promise<Reference[]> {
  const { rows } = await sql<Reference>`
    select t.relname as table, c.conname as name, pg_get_constraintdef(c.oid) as definition
    from pg_constraint c
    join pg_class t on t.oid = c.conrelid
    where c.contype = 'f' and t.relnamespace = current_schema()::regnamespace
      and t.relname = any(${[...backupTables]}::text[])
    order by t.relname, c.conname
  `.execute(db);
  return rows;
}

/** The next number of a counted column comes after all that are there. */
async function continueCounting(db: Db): Promise<void> {
  for (const table of ["workspaces", "audit"]) {
    await sql`select setval(pg_get_serial_sequence(${table}, 'id'),
      greatest((select max(id) from ${sql.table(table)}), 1))`.execute(db);
  }
}

/** What was under way when the backup was made, and needs a job again. */
export interface PendingWork {
  readonly asks: readonly { workspaceId: number; invitationId: string; dueAt: Date }[];
  readonly deliveries: readonly { workspaceId: number; deliveryId: string }[];
  readonly removals: readonly { workspaceId: number; targetId: string }[];
}

export async function readPendingWork(db: Db): Promise<PendingWork> {
  const asks = await sql<PendingWork["asks"][number]>`
    select workspace_id as "workspaceId", id as "invitationId", due_at as "dueAt"
    from invitations where state = 'planned' and due_at is not null
    order by due_at`.execute(db);
  const deliveries = await sql<PendingWork["deliveries"][number]>`
    select workspace_id as "workspaceId", id as "deliveryId"
    from deliveries where state in ('planned', 'sending')
    order by id`.execute(db);
  return { asks: asks.rows, deliveries: deliveries.rows, removals: await openTargets(db) };
}
