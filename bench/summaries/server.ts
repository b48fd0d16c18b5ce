/** A PostgreSQL of the bench's own, with the settings of a small server, and what it runs on. */
import { mkdtempSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { type PostgresServer, startPostgres } from "../../test/support/postgres.ts";

/** A quarter of the memory for its own cache, as its manual advises, at most 2 GB. */
const MB = 2 ** 20;
const buffers = Math.min(2048, Math.floor(totalmem() / 4 / MB));

export const serverSettings = [
  `shared_buffers=${buffers}MB`,
  `effective_cache_size=${Math.floor(totalmem() / 2 / MB)}MB`,
  "work_mem=32MB",
  "maintenance_work_mem=512MB",
  "max_wal_size=8GB",
  "checkpoint_timeout=15min",
  "random_page_cost=1.1",
];

const shown = [
  ...["shared_buffers", "effective_cache_size", "work_mem", "random_page_cost", "max_wal_size"],
  ...["fsync", "synchronous_commit", "full_page_writes", "jit", "max_parallel_workers_per_gather"],
];

/** Starts it in a temporary folder; every commit is as durable as PostgreSQL makes it. */
export function startServer(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), "aftertalk-bench-"));
  return startPostgres({ folder, careless: false, settings: serverSettings });
}

/** Processor, node, PostgreSQL and the settings that matter, a line each. */
export async function describeMachine(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string; value: string }>(
    "select name, current_setting(name) as value from pg_settings where name = any($1)",
    [["server_version", ...shown]],
  );
  const value = new Map(rows.map((row) => [row.name, row.value]));
  const [cpu] = cpus();
  return [
    `${cpus().length} × ${cpu?.model.trim() || "processor"}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}`,
    `node ${process.versions.node}, PostgreSQL ${value.get("server_version")}`,
    shown.map((name) => `${name}=${value.get(name)}`).join(" "),
  ];
}
