/**
 * What a server does by itself and the embedded database does not: without checkpoints its log
 * would grow until the disk is full, without vacuum its tables would.
 */
import type { Log } from "../log.ts";
import type { EmbeddedPool } from "./embedded-pool.ts";

export interface HousekeepingLimits {
  /** How often to look at the log, in milliseconds. */
  readonly checkpointEvery: number;
  /** Bytes of log since the last checkpoint: what a start after a kill has to replay. */
  readonly longestLog: number;
  /** How often to look at the tables, in milliseconds. */
  readonly vacuumEvery: number;
}

const measureLog = `
  select pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn)::int8 as bytes from pg_control_checkpoint()`;

/** The tables that a server's autovacuum would take, by its usual thresholds. */
const findWorn = `
  select format('vacuum (analyze) %I.%I', schemaname, relname) as command from pg_stat_user_tables
  where n_dead_tup > 50 + 0.2 * n_live_tup or n_mod_since_analyze > 50 + 0.1 * n_live_tup`;

/** Begins to look after the database; the function that it returns ends that. */
export function startHousekeeping(
  pool: EmbeddedPool,
  limits: HousekeepingLimits,
  log: Log,
): () => Promise<void> {
  const stops = [
    repeat(limits.checkpointEvery, () => checkpoint(pool, limits.longestLog), log),
    repeat(limits.vacuumEvery, () => vacuum(pool), log),
  ];
  return async () => {
    for (const stop of stops) await stop();
  };
}

async function checkpoint(pool: EmbeddedPool, longestLog: number): Promise<void> {
  const { rows } = await pool.query<{ bytes: number }>(measureLog);
  if ((rows[0]?.bytes ?? 0) > longestLog) await pool.patiently(() => pool.exec("checkpoint"));
}

async function vacuum(pool: EmbeddedPool): Promise<void> {
  const { rows } = await pool.query<{ command: string }>(findWorn);
  // One table after another, so that others get their turn in between.
  for (const { command } of rows) await pool.patiently(() => pool.exec(command));
}

function repeat(everyMs: number, work: () => Promise<void>, log: Log): () => Promise<void> {
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= work()
      .catch((error: unknown) => log.warn({ error }, "looking after the database failed"))
      .finally(() => {
        running = undefined;
      });
  }, everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
