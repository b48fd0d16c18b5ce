/** How a statement comes to what belongs to each of its rows: row by row, or all of it in one pass. */
import { type RawBuilder, sql } from "kysely";
import type { Period } from "../metrics/period.ts";
import type { Db } from "./schema.ts";
import { inTransaction } from "./transaction.ts";

/** From here on a period has so many rows that looking for what belongs to each takes longest. */
const LONG_MS = 180 * 24 * 60 * 60 * 1000;

/**
 * To stand at the end of each lateral subquery that finds what belongs to a row. Of a short period each
 * is a look into an index; of a long one they are joins.
 */
export type Fence = RawBuilder<unknown>;

const eachByItself: Fence = sql`offset 0`;

/**
 * Reads with joins and groups that take each table once, by hashing: what the planner guesses of tables that it
 * does not know yet, or of a period that it is not told, must not make it go through one of them for
 * each row of another. Nothing but what is fenced is looked up row by row.
 */
export async function inOnePass<T>(
  db: Db,
  periods: readonly Pick<Period, "start" | "end">[],
  read: (db: Db, fence: Fence) => Promise<T>,
): Promise<T> {
  const long = periods.some(({ start, end }) => end.getTime() - start.getTime() > LONG_MS);
  const fence = long ? sql`` : eachByItself;
  const reading = async (trx: Db) => {
    await sql`select set_config('enable_nestloop', 'off', true),
      set_config('enable_mergejoin', 'off', true), set_config('enable_sort', 'off', true),
      set_config('jit', 'off', true)`.execute(trx);
    return read(trx, fence);
  };
  return db.isTransaction ? reading(db) : inTransaction(db, reading);
}
