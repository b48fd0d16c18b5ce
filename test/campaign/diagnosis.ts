/**
 * What a campaign says when it fails: what was left to be sent, what the queue made of it, and what
 * the platform got in which order. Ids, states and times, no texts.
 */
import { type RawBuilder, sql } from "kysely";
import { createLog } from "../../src/log.ts";
import { openDatabase } from "../../src/store/database.ts";
import type { Wire } from "./wire.ts";

/** The newest of each; a conversation needs fewer. */
const ROWS = 20;

/** Nobody else may have the database open when it is a folder. Never rejects. */
export async function describeState(where: string, wire: Wire): Promise<string> {
  const database = await openDatabase({
    log: createLog("error"),
    ...(where.startsWith("postgres")
      ? { databaseUrl: where, dataFolder: "" }
      : { dataFolder: where }),
  }).catch(() => undefined);
  if (database === undefined) return "the database could not be opened for a look";
  const look = async (title: string, query: RawBuilder<unknown>) => {
    const { rows } = await query.execute(database.db);
    return section(title, rows.reverse());
  };
  try {
    return [
      await look(
        "deliveries (oldest first)",
        sql`
          select id, purpose, key, replaces, state, reason, attempts, message_id, created_at, sent_at
          from deliveries order by id desc limit ${ROWS}`,
      ),
      await look(
        "jobs (oldest first)",
        sql`
          select name, data ->> 'deliveryId' as delivery, data ->> 'invitationId' as invitation, state,
            retry_count, created_on, start_after, started_on, completed_on
          from pgboss.job order by created_on desc limit ${2 * ROWS}`,
      ),
      section("what the platform was called with (oldest first)", wire.calls.slice(-2 * ROWS)),
    ].join("\n");
  } catch (error) {
    return `a look at the database failed: ${error}`;
  } finally {
    await database.close();
  }
}

function section(title: string, rows: readonly unknown[]): string {
  return [`${title}:`, ...rows.map((row) => `  ${JSON.stringify(row)}`)].join("\n");
}
