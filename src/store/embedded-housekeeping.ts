/**
 * What a server does by itself and the embedded database does not: without checkpoints its log
 * would grow until the disk is full, without vacuum its tables would.
 */
import type { Log } from "../log.ts";
import type { EmbeddedPool } from "./embedded-pool.ts";

/** How often to look, in milliseconds. */
export interface HousekeepingTimes {
  readonly checkpoint: number;
  readonly vacuum: number;
}

/** Bytes of log since the last checkpoint: what a start after a kill has to replay (0.5 s). */
const LONGEST_LOG = 64 * 1024 * 1024;

const measureLog = `
  select pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn)::int8 as bytes from pg_control_checkpoint()`;

/** The tables that a server's autovacuum would take, by its usual thresholds. */
const findWorn = `
  select format('vacuum (analyze) %I.%I', schemaname, relname) as command from pg_stat_user_tables
  where n_dead_tup > 50 + 0.2 * n_live_tup or n_mod_since_analyze > 50 + 0.1 * n_live_tup`;

/** Begins to look after the database; the function that it returns ends that. */
export function startHousekeeping(
  pool: EmbeddedPool,
  times: HousekeepingTimes,
  log: Log,
): () => Promise<void> {
  const stops = [
    repeat(times.checkpoint, () => checkpoint(pool), log),
    repeat(times.vacuum, () => vacuum(pool), log),
  ];
  return async () => {
    for (const stop of stops) await stop();
  };
}

async function checkpoint(pool: EmbeddedPool): Promise<void> {
  const { rows } = await pool.query<{ bytes: number }>(measureLog);
  if ((rows[0]?.bytes ?? 0) > LONGEST_LOG) await pool.patiently(() => pool.exec("checkpoint"));
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
