/** One transaction, tried again as a whole when the database asks for it. */
import type { Kysely, Transaction } from "kysely";
import { isEmbedded } from "./embedded-dialect.ts";
import type { Schema } from "./schema.ts";

/**
 * serialization_failure and deadlock_detected; and prepared statements that are not known, known
 * already or outdated (see named-statements.ts): nothing happened, the same again may succeed.
 */
const TRY_AGAIN = new Set(["40001", "40P01", "26000", "42P05", "0A000"]);
const TRIES = 4;

/** Reads in one state of the database, whatever others write meanwhile; nothing can be written. */
export function inSnapshot<T>(
  db: Kysely<Schema>,
  work: (snapshot: Transaction<Schema>) => Promise<T>,
): Promise<T> {
  const transaction = db.transaction().setIsolationLevel("repeatable read");
  return transaction.setAccessMode("read only").execute(work);
}

/**
 * Reads much beside everybody else: in one state of the database, as {@link inSnapshot}. On the embedded one,
 * where that would keep everybody out until its end, statement by statement: what is written meanwhile may
 * be seen in part.
 */
export function inPassing<T>(
  db: Kysely<Schema>,
  work: (db: Kysely<Schema>) => Promise<T>,
): Promise<T> {
  return isEmbedded(db) ? work(db) : inSnapshot(db, work);
}

/** Runs `work` in a transaction; deadlocks and serialization failures are retried with jitter. */
export async function inTransaction<T>(
  db: Kysely<Schema>,
  work: (transaction: Transaction<Schema>) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (attempt === TRIES || typeof code !== "string" || !TRY_AGAIN.has(code)) throw error;
      await new Promise((resolve) => setTimeout(resolve, attempt * 20 * (0.5 + Math.random())));
    }
  }
}
