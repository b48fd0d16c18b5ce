/** What sets the embedded database apart from a server: a transaction has it to itself. */
import { PostgresAdapter, PostgresDialect } from "kysely";
import type { Db } from "./schema.ts";

class EmbeddedAdapter extends PostgresAdapter {}

export class EmbeddedDialect extends PostgresDialect {
  override createAdapter(): PostgresAdapter {
    return new EmbeddedAdapter();
  }
}

/** Whether whoever is in a transaction keeps everybody else out. */
export function isEmbedded(db: Db): boolean {
  return db.getExecutor().adapter instanceof EmbeddedAdapter;
}
