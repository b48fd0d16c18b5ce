/**
 * The thread that runs the embedded database. A statement keeps its thread busy until it is done,
 * and on a full disk for ever; so the database has a thread of its own, and the main thread watches.
 */
import { existsSync, renameSync, rmSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import type {
  EmbeddedFailure,
  EmbeddedRequest,
  EmbeddedResponse,
  EmbeddedResult,
  EmbeddedStart,
} from "./embedded-protocol.ts";
import { valueParsers } from "./value-types.ts";

/** PostgreSQL's code for a full disk. The statement after it never returns. */
const DISK_FULL = "53100";

/**
 * A new cluster is made beside its place and moved there when it is complete, so that a kill in the
 * middle can never leave a half-made one where a whole one is expected.
 */
async function openCluster({ cluster }: EmbeddedStart): Promise<PGlite> {
  const making = `${cluster}.making`;
  rmSync(making, { recursive: true, force: true });
  if (!existsSync(cluster)) {
    const fresh = await PGlite.create({ dataDir: making });
    await fresh.close();
    renameSync(making, cluster);
  }
  return PGlite.create({ dataDir: cluster, parsers: valueParsers });
}

async function run(database: PGlite, request: EmbeddedRequest): Promise<EmbeddedResult[]> {
  switch (request.kind) {
    case "query":
      return [await database.query(request.sql, [...request.parameters])];
    case "exec":
      return database.exec(request.sql);
    case "close":
      await database.close();
      return [];
  }
}

function describeFailure(error: unknown): EmbeddedFailure {
  if (!(error instanceof Error)) return { message: String(error), fields: {}, fatal: true };
  const fields: Record<string, unknown> = {};
  for (const name of ["code", "severity", "detail", "hint", "table", "column", "constraint"]) {
    const value: unknown = Reflect.get(error, name);
    if (typeof value === "string") fields[name] = value;
  }
  const fatal =
    fields.code === DISK_FULL ||
    fields.severity === "FATAL" ||
    fields.severity === "PANIC" ||
    // Crashes of the compiled code itself: WebAssembly.RuntimeError and the loader's ExitStatus.
    error.name === "RuntimeError" ||
    error.name === "ExitStatus";
  return { message: error.message, fields, fatal };
}

async function main(): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error("this file runs in a thread of its own");
  const answer = (response: EmbeddedResponse) => port.postMessage(response);
  const opening = openCluster(workerData);
  opening.then(
    () => answer({ kind: "done", results: [] }),
    (error) => answer({ kind: "failed", failure: describeFailure(error) }),
  );
  port.on("message", async (request: EmbeddedRequest) => {
    try {
      answer({ kind: "done", results: await run(await opening, request) });
    } catch (error) {
      answer({ kind: "failed", failure: describeFailure(error) });
    }
    if (request.kind === "close") port.close();
  });
}

await main();
