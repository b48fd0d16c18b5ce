/** Brings the database to the schema that this program knows, and says when it cannot. */
import { type Kysely, sql } from "kysely";
import { Migrator } from "kysely/migration";
import { migrations } from "../../migrations/index.ts";
import { AppError } from "../errors.ts";
import type { Database } from "./database.ts";
import type { Db, Schema } from "./schema.ts";

/** Names of migrations. `unknown` ones were applied by a newer aftertalk. */
export interface MigrationStatus {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
  readonly unknown: readonly string[];
}

/** What correctness rests on: without one of these something could be counted or asked twice. */
const neededKeys: readonly [table: keyof Schema, ...columns: string[]][] = [
  ["connections", "platform", "external_id"],
  ["identities", "workspace_id", "connection_id", "external_id"],
  ["chats", "workspace_id", "connection_id", "external_id"],
  ["handlers", "workspace_id", "chat_id", "closing", "person_id"],
  ["surveys", "workspace_id", "key"],
  ["invitations", "workspace_id", "survey_id", "person_id", "reason_key"],
  ["answers", "workspace_id", "invitation_id", "question"],
  ["answer_history", "workspace_id", "invitation_id", "question", "revision"],
  ["deliveries", "workspace_id", "key"],
  ["inbox", "workspace_id", "connection_id", "event_id"],
];

/**
 * Applies what is missing, all of it or nothing, one process after another on a shared server.
 * Returns the names of what was applied. Errors: `schema-newer` when a newer aftertalk was here,
 * `schema-broken` when a key is missing that correctness depends on.
 */
export function migrateToLatest(database: Database): Promise<string[]> {
  return database.patiently(async (db) => {
    refuseNewer(await readStatus(db));
    const { error, results = [] } = await createMigrator(db).migrateToLatest();
    if (error) {
      // A newer aftertalk may have been faster than we were.
      refuseNewer(await readStatus(db));
      throw error;
    }
    await checkKeys(db);
    return results.map(({ migrationName }) => migrationName);
  });
}

/** What was applied and what was not, without changing anything. */
export function migrationStatus(database: Database): Promise<MigrationStatus> {
  return readStatus(database.db);
}

function createMigrator(db: Db): Migrator {
  return new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
}

async function readStatus(db: Db): Promise<MigrationStatus> {
  const known = Object.keys(migrations);
  const applied = await readApplied(db);
  return {
    applied: applied.filter((name) => known.includes(name)),
    pending: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)),
  };
}

async function readApplied(db: Db): Promise<string[]> {
  const { rows } = await sql<{ there: boolean }>`
    select to_regclass('kysely_migration') is not null as there`.execute(db);
  if (!rows[0]?.there) return [];
  const found = await sql<{ name: string }>`
    select name from kysely_migration order by name`.execute(db);
  return found.rows.map(({ name }) => name);
}

function refuseNewer({ unknown }: MigrationStatus): void {
  const newest = unknown.at(-1);
  if (newest === undefined) return;
  const ours = Object.keys(migrations).at(-1);
  throw new AppError(
    "schema-newer",
    `The database has schema ${newest}, this aftertalk only knows up to ${ours}.`,
    { advice: "Nothing was changed. Update aftertalk to the version that wrote the database." },
  );
}

async function checkKeys(db: Kysely<Schema>): Promise<void> {
  const { rows } = await sql<{ key: string }>`
    select c.relname || ' (' || string_agg(a.attname, ', ' order by k.position) || ')' as key
    from pg_index i
    join pg_class c on c.oid = i.indrelid and c.relnamespace = current_schema()::regnamespace
    cross join lateral unnest(i.indkey) with ordinality as k (attnum, position)
    join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
    where i.indisunique and i.indisvalid and i.indpred is null
    group by i.indexrelid, c.relname`.execute(db);
  const there = new Set(rows.map(({ key }) => key));
  const missing = neededKeys
    .map(([table, ...columns]) => `${table} (${columns.join(", ")})`)
    .filter((key) => !there.has(key));
  if (missing.length === 0) return;
  throw new AppError(
    "schema-broken",
    `The database lacks unique keys that aftertalk depends on: ${missing.join("; ")}.`,
    { advice: "Nothing was changed. Restore them, or the backup from before they were removed." },
  );
}
