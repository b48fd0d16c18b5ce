/** The folder of the embedded database, looked at before it is opened. Nothing here changes it. */
import { existsSync, readdirSync, readFileSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../errors.ts";

/** The database's own folder in the data folder. */
export const CLUSTER_FOLDER = "pglite";

/** The PostgreSQL in the embedded database; its files are not those of another major version. */
const POSTGRES_VERSION = "18";

const MEGABYTE = 1024 * 1024;
/** A new database is 40 MB, and its log grows by 16 MB at a time. */
const ROOM_TO_BEGIN = 80;
const ROOM_TO_GO_ON = 20;

/**
 * Refuses a folder that would not open, or would fill its disk at once. Errors: `schema-broken`
 * for files that are no whole database or of another version, `data-stuck` for a full disk.
 */
export function checkFolder(dataFolder: string): void {
  const cluster = join(dataFolder, CLUSTER_FOLDER);
  const isNew = !existsSync(cluster) || readdirSync(cluster).length === 0;
  if (!isNew) checkCluster(cluster);
  const needed = isNew ? ROOM_TO_BEGIN : ROOM_TO_GO_ON;
  if (measureRoom(dataFolder) < needed) {
    throw new AppError("data-stuck", describeRoom(dataFolder), {
      advice: `The embedded database needs ${needed} MB to start: make room first.`,
    });
  }
}

/** The same error; when the disk is nearly full, saying that this is why. */
export function explainByRoom(error: AppError, dataFolder: string): AppError {
  if (error.code !== "data-stuck" || measureRoom(dataFolder) >= ROOM_TO_GO_ON) return error;
  return new AppError("data-stuck", `${error.message} ${describeRoom(dataFolder)}`, {
    cause: error,
    advice: "Nothing that was acknowledged is lost. Make room, then start aftertalk again.",
  });
}

function checkCluster(cluster: string): void {
  const missing = ["PG_VERSION", "global/pg_control"].find((f) => !existsSync(join(cluster, f)));
  if (missing) {
    throw new AppError("schema-broken", `${cluster} is no whole database: ${missing} is missing.`, {
      advice: "Nothing was changed. Restore a backup of the folder, or move it away to begin anew.",
    });
  }
  const version = readFileSync(join(cluster, "PG_VERSION"), "utf8").trim();
  if (version !== POSTGRES_VERSION) {
    throw new AppError(
      "schema-broken",
      `${cluster} was written by PostgreSQL ${version}, this aftertalk has ${POSTGRES_VERSION}.`,
      { advice: "Nothing was changed. Start the aftertalk that wrote it." },
    );
  }
}

/** Free space in megabytes. */
function measureRoom(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return (bavail * bsize) / MEGABYTE;
}

function describeRoom(folder: string): string {
  return `The disk of ${folder} is full: ${Math.floor(measureRoom(folder))} MB are free.`;
}
