/** The one door to the data: PostgreSQL when an address is given, else a database in a folder. */
import type { Db as JobsDatabase } from "pg-boss";
import type { Log } from "../log.ts";
import { openEmbedded } from "./embedded.ts";
import { openPostgres } from "./postgres.ts";
import type { Db } from "./schema.ts";

/** An open database. Whoever opened it closes it. */
export interface Database {
  readonly kind: "postgres" | "embedded";
  readonly db: Db;
  /** What the job queue (pg-boss) runs its statements on. */
  readonly jobsDatabase: JobsDatabase;
  /**
   * Runs `work`, whose statements may legitimately take long (a migration, a recount, an erasure),
   * without the limits that protect everyday work. Use only the `db` that is handed in.
   */
  patiently<T>(work: (db: Db) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** `postgres://user:password@host:port/name`; without it the embedded database is used. */
  readonly databaseUrl?: string | undefined;
  /** Folder of the embedded database, made when it is missing. */
  readonly dataFolder: string;
  readonly log: Log;
  /** How this process is called in PostgreSQL's list of sessions. */
  readonly applicationName?: string | undefined;
  /** Most connections to PostgreSQL at the same time. */
  readonly poolSize?: number | undefined;
}

/**
 * Opens the database without touching its schema (see migrate.ts). Errors: `database-away`,
 * `bad-setting` (address or server version), `data-in-use`, `data-stuck`, `schema-broken`.
 */
export function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { databaseUrl, ...rest } = options;
  return databaseUrl ? openPostgres({ ...rest, databaseUrl }) : openEmbedded(rest);
}
