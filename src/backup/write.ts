/** Makes a backup: what the database holds at one moment, in one file for its owner only. */
import { randomBytes } from "node:crypto";
import { open, rename, rm, stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { AppError } from "../errors.ts";
import { dumpTable, inUtcSnapshot, readShapes } from "../store/backup.ts";
import type { Database } from "../store/database.ts";
import { migrationStatus } from "../store/migrate.ts";
import type { Db } from "../store/schema.ts";
import { writeControlLine } from "./format.ts";

export interface BackupOptions {
  /** A file that is not there yet. */
  readonly file: string;
  readonly now: Date;
  /** Told how many rows were read so far. */
  readonly onProgress?: (rows: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Writes a backup and returns how many rows of each table are in it. The file appears when it is
 * whole; whatever goes wrong before leaves none. Throws `bad-input` when there is such a file or it
 * cannot be written.
 */
export async function writeBackup(
  database: Database,
  options: BackupOptions,
): Promise<Record<string, number>> {
  const { file, signal } = options;
  if (await isThere(file)) throw taken(file);
  const aside = `${file}.part-${randomBytes(4).toString("hex")}`;
  try {
    const handle = await open(aside, "wx", 0o600);
    const rows: Record<string, number> = {};
    const schema = (await migrationStatus(database)).applied.at(-1) ?? "";
    await database.patiently((db) =>
      inUtcSnapshot(db, (snapshot) =>
        pipeline(
          Readable.from(backupLines(snapshot, schema, options, rows)),
          createGzip(),
          handle.createWriteStream({ flush: true }),
          { ...(signal && { signal }) },
        ),
      ),
    );
    await rename(aside, file);
    return rows;
  } catch (cause) {
    signal?.throwIfAborted();
    throw isSystemError(cause) ? unwritable(file, cause) : cause;
  } finally {
    await rm(aside, { force: true });
  }
}

/** The file's lines, in pieces; counts the rows of each table in `rows`. */
async function* backupLines(
  snapshot: Db,
  schema: string,
  { now, onProgress }: BackupOptions,
  rows: Record<string, number>,
): AsyncGenerator<string> {
  const madeAt = now.toISOString();
  yield `${writeControlLine(["aftertalk backup", { format: 1, schema, madeAt }])}\n`;
  let total = 0;
  for (const shape of await readShapes(snapshot)) {
    const { name, columns } = shape;
    yield `${writeControlLine(["table", { name, columns: [...columns] }])}\n`;
    let count = 0;
    for await (const batch of dumpTable(snapshot, shape)) {
      yield `${batch.join("\n")}\n`;
      count += batch.length;
      total += batch.length;
      onProgress?.(total);
    }
    rows[name] = count;
  }
  yield `${writeControlLine(["end", { rows }])}\n`;
}

function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}

function taken(file: string): AppError {
  return new AppError("bad-input", `${JSON.stringify(file)} is there already.`, {
    advice: "Name a new file for the backup, so that no other is overwritten.",
  });
}

function unwritable(file: string, cause: unknown): AppError {
  return new AppError("bad-input", `${JSON.stringify(file)} cannot be written.`, {
    cause,
    advice: "Name a new file in a folder that this user may write to, with enough room.",
  });
}
