/**
 * The thread that runs the embedded database. A statement keeps its thread busy until it is done,
 * and on a full disk for ever; so the database has a thread of its own, and the main thread watches.
 */
import { existsSync, renameSync, rmSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { PGlite, type Results } from "@electric-sql/pglite";
import type {
  EmbeddedFailure,
  EmbeddedRequest,
  EmbeddedResponse,
  EmbeddedStart,
} from "./embedded-protocol.ts";
import { valueParsers } from "./value-types.ts";

/** PostgreSQL's code for a full disk. The statement after it never returns. */
const DISK_FULL = "53100";
/** PostgreSQL's code for whatever is asked inside a transaction that has failed. */
const FAILED_TRANSACTION = "25P02";

/** Enough for a team's data; the usual 128 MB would stand in memory all day for nothing. */
const SHARED_BUFFERS = "32MB";

/** After a checkpoint so much of the log is kept for reuse; the usual gigabyte is for servers. */
const modestLog = ["min_wal_size=32MB", "max_wal_size=128MB"];

/**
 * A new cluster is made beside its place and moved there when it is complete, so that a kill in the
 * middle can never leave a half-made one where a whole one is expected.
 */
async function openCluster({ cluster }: EmbeddedStart): Promise<PGlite> {
  const making = `${cluster}.making`;
  rmSync(making, { recursive: true, force: true });
  if (!existsSync(cluster)) {
    const fresh = await PGlite.create({ dataDir: making, postgresqlconf: modestLog });
    await fresh.close();
    renameSync(making, cluster);
  }
  const startParams = [...PGlite.defaultStartParams, "-c", `shared_buffers=${SHARED_BUFFERS}`];
  return PGlite.create({ dataDir: cluster, parsers: valueParsers, startParams });
}

async function run(database: PGlite, request: EmbeddedRequest): Promise<Results[]> {
  if (request.kind === "close") {
    await database.close();
    return [];
  }
  // Without parameters the simple protocol does, as with a server: half the work for a commit.
  if (request.kind === "exec" || request.parameters.length === 0) {
    return checkResults(database, await database.exec(request.sql));
  }
  return checkResults(database, [await database.query(request.sql, [...request.parameters])]);
}

class BrokenDown extends Error {
  override readonly name = "BrokenDown";
}

/**
 * After an inner crash PGlite answers everything with nothing, without an error: an insert would
 * seem to have worked. A real result names its command; one that does not (an empty statement has
 * none either) is followed by a question with a known answer.
 */
async function checkResults(database: PGlite, results: Results[]): Promise<Results[]> {
  if (results.every(({ command }) => command) || (await isSound(database))) return results;
  throw new BrokenDown("it answers without having worked");
}

async function isSound(database: PGlite): Promise<boolean> {
  try {
    const { rows } = await database.query<{ alive: number }>("select 1 as alive");
    return rows[0]?.alive === 1;
  } catch (error) {
    return error instanceof Error && Reflect.get(error, "code") === FAILED_TRANSACTION;
  }
}

function describeFailure(error: unknown): EmbeddedFailure {
  if (!(error instanceof Error)) return { message: String(error), fields: {}, fatal: true };
  const fields: Record<string, string> = {};
  for (const name of ["code", "severity", "detail", "hint", "table", "column", "constraint"]) {
    const value: unknown = Reflect.get(error, name);
    if (typeof value === "string") fields[name] = value;
  }
  return { message: error.message, fields, fatal: isFatal(error.name, fields) };
}

function isFatal(name: string, { code, severity = "" }: Record<string, string>): boolean {
  // The names are of crashes of the compiled code itself and of its loader.
  return (
    code === DISK_FULL ||
    ["FATAL", "PANIC"].includes(severity) ||
    ["BrokenDown", "RuntimeError", "RangeError", "ExitStatus"].includes(name)
  );
}

function main(): void {
  const port = parentPort;
  if (!port) throw new Error("this file runs in a thread of its own");
  const answer = async (work: () => Promise<unknown[]>): Promise<void> => {
    try {
      port.postMessage({ kind: "done", results: await work() });
    } catch (error) {
      const response: EmbeddedResponse = { kind: "failed", failure: describeFailure(error) };
      port.postMessage(response);
    }
  };
  const opening = openCluster(workerData);
  answer(async () => {
    await opening;
    return [];
  });
  port.on("message", (request: EmbeddedRequest) => answer(async () => run(await opening, request)));
}

main();
