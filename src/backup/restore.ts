/**
 * Puts a backup in the place of what a database holds: all of it or nothing. Whoever was forgotten
 * since the backup was made is forgotten again before anything is served (ledger-sync.ts).
 */
import type { Transaction } from "kysely";
import { AppError } from "../errors.ts";
import type { Jobs } from "../scheduling/jobs/jobs.ts";
import { audit } from "../store/audit.ts";
import { readShapes } from "../store/backup.ts";
import type { Database } from "../store/database.ts";
import { migrationStatus } from "../store/migrate.ts";
import {
  isServed,
  isUnused,
  loadRows,
  readPendingWork,
  replaceEverything,
} from "../store/restore.ts";
import type { Db, Schema } from "../store/schema.ts";
import { inTransaction } from "../store/transaction.ts";
import { listWorkspaces } from "../store/workspaces.ts";
import { type BackupSummary, readRows } from "./read.ts";

/** Rows are inserted in pieces of about so many characters. */
const PIECE = 1_000_000;

export interface RestoreOptions {
  readonly file: string;
  /** What {@link checkBackup} found in it. */
  readonly summary: BackupSummary;
  readonly jobs: Pick<Jobs, "enqueue">;
  readonly now: Date;
  /** What is there may go. */
  readonly replace: boolean;
  /** Told how many rows are in so far. */
  readonly onProgress?: (rows: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Restores a checked backup. Throws `bad-input` when the database is in use as it is and may not be
 * replaced or has another schema, `schema-newer` when a newer aftertalk wrote it.
 */
export async function restoreBackup(database: Database, options: RestoreOptions): Promise<void> {
  await checkSchema(database, options.summary);
  if (!options.replace && !(await isUnused(database.db))) throw inUse();
  await database.patiently((db) =>
    inTransaction(db, async (transaction) => {
      await replaceEverything(transaction, () => load(transaction, options));
      await makeJobs(transaction, options.jobs);
      await noteRestored(transaction, options);
    }),
  );
}

/** Throws `data-in-use` while an aftertalk works on this database; the embedded one has one user. */
export async function refuseWhileServed({ kind, db }: Database): Promise<void> {
  if (kind === "postgres" && (await isServed(db))) throw served();
}

async function load(db: Db, options: RestoreOptions): Promise<void> {
  const { file, onProgress, signal } = options;
  const shapes = new Map((await readShapes(db)).map((shape) => [shape.name, shape]));
  let rows: string[] = [];
  let place: { table: string; columns: readonly string[] } | undefined;
  let size = 0;
  let total = 0;
  const flush = async () => {
    if (place !== undefined && rows.length > 0) {
      await loadRows(db, place.table, place.columns, rows);
      total += rows.length;
      onProgress?.(total);
    }
    rows = [];
    size = 0;
  };
  for await (const { table, columns, row } of readRows(file)) {
    signal?.throwIfAborted();
    if (place?.table !== table) {
      await flush();
      const known = shapes.get(table);
      if (known === undefined || columns.some((column) => !known.columns.includes(column))) {
        throw otherSchema();
      }
      place = { table, columns };
    }
    rows.push(row);
    size += row.length;
    if (size >= PIECE) await flush();
  }
  await flush();
}

/** What was under way when the backup was made goes on from the state in which it was. */
async function makeJobs(transaction: Transaction<Schema>, jobs: RestoreOptions["jobs"]) {
  const { asks, deliveries, removals } = await readPendingWork(transaction);
  for (const { dueAt, ...ask } of asks) await jobs.enqueue(transaction, "ask", ask, dueAt);
  for (const delivery of deliveries) await jobs.enqueue(transaction, "deliver", delivery);
  for (const removal of removals) await jobs.enqueue(transaction, "remove", removal);
}

/** Each workspace's audit log says that it was, and from when the backup is. */
async function noteRestored(db: Db, { summary, now }: RestoreOptions): Promise<void> {
  const details = { madeAt: summary.header.madeAt };
  for (const { id } of await listWorkspaces(db)) {
    await audit(db, id, now, { actor: "operator", action: "restored", details });
  }
}

async function checkSchema(database: Database, { header }: BackupSummary): Promise<void> {
  const { applied } = await migrationStatus(database);
  const ours = applied.at(-1) ?? "";
  if (header.schema === ours) return;
  if (header.schema < ours) throw otherSchema(header.schema, ours);
  throw new AppError(
    "schema-newer",
    `The backup has schema ${header.schema}, this aftertalk only knows up to ${ours}.`,
    { advice: "Nothing was changed. Update aftertalk to the version that wrote the backup." },
  );
}

function otherSchema(theirs = "that differs", ours = "of its own"): AppError {
  return new AppError(
    "bad-input",
    `The backup has a schema ${theirs}, this aftertalk one ${ours}.`,
    {
      advice:
        "Nothing was changed. Restore it with the aftertalk that wrote it, then start this one: it brings the schema up to date.",
    },
  );
}

function inUse(): AppError {
  return new AppError("bad-input", "The database holds people and answers already.", {
    advice:
      "Nothing was changed. Restore into an empty one (another AFTERTALK_DATA_DIR or DATABASE_URL), or give --replace to lose what is there; make a backup of it first.",
  });
}

function served(): AppError {
  return new AppError("data-in-use", "An aftertalk is at work on this database.", {
    advice: "Stop it first (all instances of it), then restore.",
  });
}
