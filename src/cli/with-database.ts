/** Opens the database for one command: migrated, with a workspace, and always closed again. */
import { type Database, openDatabase } from "../store/database.ts";
import { migrateToLatest } from "../store/migrate.ts";
import { ensureWorkspace, type Workspace } from "../store/workspaces.ts";
import type { CliContext } from "./context.ts";

/** How the commands are called in PostgreSQL's list of sessions. */
const APPLICATION_NAME = "aftertalk command line";

/** The database as it is found: nothing is migrated. */
export async function withOpenDatabase<T>(
  context: CliContext,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const { databaseUrl, dataFolder } = context.config();
  const database = await openDatabase({
    databaseUrl,
    dataFolder,
    log: context.log("warn"),
    applicationName: APPLICATION_NAME,
    poolSize: 2,
  });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** The database ready for work. */
export function withDatabase<T>(
  context: CliContext,
  work: (database: Database, workspace: Workspace) => Promise<T>,
): Promise<T> {
  return withOpenDatabase(context, async (database) => {
    await migrateToLatest(database);
    const { company, timeZone } = context.config();
    const workspace = await ensureWorkspace(database.db, { name: company, timeZone, locale: "en" });
    return work(database, workspace);
  });
}
