/** Reads what is kept about a human: every personal column of the catalogue, table by table. */
import { sql } from "kysely";
import { personalColumns, personalData, type TableEntry, type Who } from "./personal-data.ts";
import type { Db } from "./schema.ts";

/** A row as JSON; times are ISO 8601 text. */
export type OwnRow = Readonly<Record<string, unknown>>;

/** The rows about them by table; tables without any are left out. */
export async function readOwnRows(db: Db, who: Who): Promise<Record<string, readonly OwnRow[]>> {
  const tables: Record<string, readonly OwnRow[]> = {};
  for (const [table, entry] of Object.entries<TableEntry>(personalData)) {
    if (entry.about === undefined) continue;
    const columns = sql.join(personalColumns(entry).map((column) => sql.ref(column)));
    const { rows } = await sql<{ own: OwnRow }>`
      select to_jsonb(kept) as own from (
        select ${columns} from ${sql.table(table)}
        where workspace_id = ${who.workspaceId} and ${entry.about(who)}
      ) kept
    `.execute(db);
    if (rows.length > 0) tables[table] = rows.map(({ own }) => own);
  }
  return tables;
}
