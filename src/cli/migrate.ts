/** `aftertalk migrate [status]`: brings the schema up to date, or says how it is. */
import { migrateToLatest, migrationStatus } from "../store/migrate.ts";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import { withOpenDatabase } from "./with-database.ts";

export function migrate(context: CliContext): Promise<number> {
  return withOpenDatabase(context, async (database) => {
    const applied = await migrateToLatest(database);
    if (applied.length === 0) context.out.line("The database is up to date.");
    for (const name of applied) context.out.line(`Applied ${name}.`);
    context.out.result({ applied });
    return exitCodes.ok.code;
  });
}

export function showMigrations(context: CliContext): Promise<number> {
  return withOpenDatabase(context, async (database) => {
    const status = await migrationStatus(database);
    const { out } = context;
    for (const name of status.applied) out.line(`${name}  applied`);
    for (const name of status.pending) out.line(`${name}  not applied yet`);
    for (const name of status.unknown) out.line(`${name}  unknown: a newer aftertalk applied it`);
    out.result(status);
    return exitCodes.ok.code;
  });
}
