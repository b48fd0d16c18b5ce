/** Brings the database to the schema that this program knows, and says when it cannot. */
import { type Migration, type MigrationInfo, Migrator } from "kysely/migration";
import { migrations } from "../../migrations/index.ts";
import type { Database } from "./database.ts";
import type { Db } from "./schema.ts";

/** Applies what is missing, all of it or nothing. Returns the names of what was applied. */
export async function migrateToLatest(database: Database): Promise<string[]> {
  return database.patiently(async (db) => {
    const { error, results = [] } = await createMigrator(db).migrateToLatest();
    if (error) throw error;
    return results.map(({ migrationName }) => migrationName);
  });
}

function createMigrator(db: Db): Migrator {
  return new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
}

export type { Migration, MigrationInfo };
