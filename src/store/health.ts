/** What the doctor wants to know of a database, whatever state it is in. */
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { Db } from "./schema.ts";

/** Whoever asks for readiness does not wait for long either. */
const PATIENCE_MS = 2000;

export interface Health {
  /** As the server says it: "18.4". */
  readonly version: string;
  readonly hasJobQueue: boolean;
  /** Deliveries that were tried and given up; undefined while there is no such table. */
  readonly deadDeliveries: number | undefined;
}

/** Reads only; works on a database without any table of ours. */
export async function readHealth(db: Db): Promise<Health> {
  const { rows } = await sql<{ version: string; jobs: boolean; deliveries: boolean }>`
    select current_setting('server_version') as version,
      to_regclass('pgboss.version') is not null as jobs,
      to_regclass('deliveries') is not null as deliveries`.execute(db);
  const [found] = rows;
  return {
    version: found?.version ?? "unknown",
    hasJobQueue: found?.jobs ?? false,
    deadDeliveries: found?.deliveries ? await countDead(db) : undefined,
  };
}

/** Why nothing can be kept just now, for operators; an embedded database ends the process instead. */
export async function databaseProblems({
  kind,
  db,
}: Pick<Database, "kind" | "db">): Promise<string[]> {
  if (kind === "embedded") return [];
  // A line that swallows everything answers nothing, not even an error.
  const patience = sleep(PATIENCE_MS, ["the database does not answer"], { ref: false });
  const look = sql`select 1`.execute(db).then(
    () => [],
    () => ["the database cannot be reached"],
  );
  return Promise.race([look, patience]);
}

async function countDead(db: Db): Promise<number> {
  const { dead } = await db
    .selectFrom("deliveries")
    .select((eb) => eb.fn.countAll<number>().as("dead"))
    .where("state", "=", "dead")
    .executeTakeFirstOrThrow();
  return Number(dead);
}
