/** The database's own clock: what all instances have in common. */
import { sql } from "kysely";
import type { Db } from "./schema.ts";

export async function readDatabaseTime(db: Db): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new RangeError("a clock without a time");
  return row.now;
}
