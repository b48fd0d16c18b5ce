/** The embedded database: PostgreSQL compiled for this process, its files in a folder of ours. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Kysely } from "kysely";
import { fromPglite } from "pg-boss";
import { AppError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Database } from "./database.ts";
import { EmbeddedDialect } from "./embedded-dialect.ts";
import { CLUSTER_FOLDER, checkFolder, explainByRoom } from "./embedded-folder.ts";
import { type HousekeepingLimits, startHousekeeping } from "./embedded-housekeeping.ts";
import { createEmbeddedPool, type EmbeddedLimits, type EmbeddedPool } from "./embedded-pool.ts";
import { startEmbeddedThread } from "./embedded-thread.ts";
import { type FolderLock, lockFolder } from "./folder-lock.ts";
import type { Schema } from "./schema.ts";

/** Milliseconds. */
interface Limits extends EmbeddedLimits {
  readonly housekeeping: HousekeepingLimits;
}

const usualLimits: Limits = {
  opening: 120_000,
  statement: 8_000,
  patient: 600_000,
  turn: 30_000,
  idle: 30_000,
  // Replaying 64 MB takes half a second.
  housekeeping: { checkpointEvery: 10_000, longestLog: 64 * 1024 * 1024, vacuumEvery: 600_000 },
};

/** "Temporary failure" of sysexits.h: a supervisor may start us again. */
const EXIT_STUCK = 75;

export interface EmbeddedOptions {
  readonly dataFolder: string;
  readonly log: Log;
  /** Other limits than the usual ones, for tests. */
  readonly limits?: Partial<Limits>;
  /** What to do when the database cannot go on; by default the process ends. */
  readonly onFatal?: (error: AppError) => void;
}

/** Opens the database in `dataFolder`, makes it when there is none. One process at a time. */
export async function openEmbedded(options: EmbeddedOptions): Promise<Database> {
  const { dataFolder } = options;
  const limits = { ...usualLimits, ...options.limits };
  const onFatal = (error: AppError) =>
    (options.onFatal ?? endProcess)(explainByRoom(error, dataFolder));
  const lock = await enterFolder(dataFolder, onFatal);
  try {
    checkFolder(dataFolder);
    const cluster = join(dataFolder, CLUSTER_FOLDER);
    const thread = await startEmbeddedThread({ cluster }, limits.opening, onFatal);
    const pool = createEmbeddedPool(thread, limits);
    return createDatabase(pool, lock, startHousekeeping(pool, limits.housekeeping, options.log));
  } catch (error) {
    await lock.release();
    throw error instanceof AppError ? explainByRoom(error, dataFolder) : error;
  }
}

function createDatabase(
  pool: EmbeddedPool,
  lock: FolderLock,
  stopHousekeeping: () => Promise<void>,
): Database {
  const db = new Kysely<Schema>({ dialect: new EmbeddedDialect({ pool }) });
  return {
    kind: "embedded",
    db,
    jobsDatabase: fromPglite({ exec: pool.exec, query: pool.query }),
    patiently: (work) => pool.patiently(() => work(db)),
    async close() {
      try {
        await stopHousekeeping();
        await pool.end();
      } finally {
        await lock.release();
      }
    },
  };
}

async function enterFolder(folder: string, onLost: (error: AppError) => void): Promise<FolderLock> {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return await lockFolder(folder, onLost);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError("bad-setting", `The data folder ${folder} cannot be used: ${why}.`, {
      cause,
      advice: "Choose a folder that this user may write to with AFTERTALK_DATA_DIR.",
    });
  }
}

function endProcess(error: AppError): void {
  process.stderr.write(`${error.message} ${error.advice ?? ""}\n`);
  process.exit(EXIT_STUCK);
}
