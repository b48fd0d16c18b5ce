/**
 * Real databases for tests, both of them, migrated and with the job queue's schema:
 *
 *   describeEachDatabase("answers", (open) => {
 *     let database: TestDatabase;
 *     let workspaceId: number;
 *     beforeAll(async () => {
 *       database = await open(); // a clone of its own; closed and removed by itself
 *     });
 *     beforeEach(async () => {
 *       workspaceId = await insertWorkspace(database.db); // cheap: a fresh tenant for each test
 *     });
 *     test("…", async () => {
 *       const personId = await insertPerson(database.db, workspaceId, { name: "Ada" });
 *     });
 *   });
 *
 * `open()` may be called as often as needed (about 0.1 s on PostgreSQL, 0.6 s embedded); the first
 * workspace of a clone is `database.workspaceId` ("Acme", UTC, en). `database.kind` says which of
 * the two it is. Rows to start from: see database-rows.ts.
 */
import { randomUUID } from "node:crypto";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, inject } from "vitest";
import { createLog } from "../../src/log.ts";
import { createJobs, type Jobs } from "../../src/scheduling/jobs/jobs.ts";
import type { Database } from "../../src/store/database.ts";
import { openEmbedded } from "../../src/store/embedded.ts";
import { CLUSTER_FOLDER } from "../../src/store/embedded-folder.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import { insertWorkspace } from "./database-rows.ts";
import { TEMPLATE } from "./global-setup.ts";
import { runOn } from "./postgres.ts";

export type DatabaseKind = Database["kind"];

export interface TestDatabase extends Database {
  /** The job queue on it, started when it is first asked for and stopped with the database. */
  jobs(): Promise<Jobs>;
  readonly workspaceId: number;
  /** A second connection's address; only on PostgreSQL. */
  readonly databaseUrl: string | undefined;
}

const log = createLog("error");

/** Runs the suite on both databases. Whatever `open` opened is closed at the suite's end. */
export function describeEachDatabase(
  name: string,
  suite: (open: () => Promise<TestDatabase>, kind: DatabaseKind) => void,
): void {
  describe.each<DatabaseKind>(["postgres", "embedded"])(`${name} (%s)`, (kind) => {
    suite(createOpener(kind), kind);
  });
}

/**
 * For long stories whose statements other suites run on both: the suite on one of the two, drawn at
 * each run for each file; the suite's name says which. TEST_DATABASE=postgres|embedded|both chooses.
 * The embedded one takes twice the time on the processor: it is drawn less often.
 */
export function describeEitherDatabase(
  name: string,
  suite: (open: () => Promise<TestDatabase>, kind: DatabaseKind) => void,
): void {
  describe.each(drawnKinds)(`${name} (%s, drawn)`, (kind) => {
    suite(createOpener(kind), kind);
  });
}

/** How often the embedded database is drawn. */
const EMBEDDED_SHARE = 1 / 8;

/** What `describeEitherDatabase` runs on in this file. */
export const drawnKinds: readonly DatabaseKind[] = drawKinds(process.env.TEST_DATABASE);

function drawKinds(wanted: string | undefined): readonly DatabaseKind[] {
  if (wanted === "postgres" || wanted === "embedded") return [wanted];
  if (wanted === "both") return ["postgres", "embedded"];
  return [Math.random() < EMBEDDED_SHARE ? "embedded" : "postgres"];
}

/** For suites of one database only. Closes what it opened at the end of the suite around it. */
export function createOpener(kind: DatabaseKind): () => Promise<TestDatabase> {
  const opened: TestDatabase[] = [];
  afterAll(async () => {
    for (const database of opened) await database.close();
  });
  return async () => {
    const database = kind === "postgres" ? await clonePostgres() : await cloneEmbedded();
    opened.push(database);
    return database;
  };
}

async function clonePostgres(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const maintenance = inject("postgresUrl");
  await runOn(maintenance, `create database ${name} template ${TEMPLATE}`);
  const url = new URL(maintenance);
  url.pathname = name;
  // Tests also run on busy machines: patience where a service would refuse.
  const database = await openPostgres({
    databaseUrl: url.href,
    log,
    limits: { connection: 20_000 },
  });
  const drop = () => runOn(maintenance, `drop database if exists ${name} with (force)`);
  return finishClone(database, drop, url.href);
}

/** An empty folder where writing is fast, for embedded databases. The caller removes it. */
export function makeFolder(): string {
  // Beside the template: whatever a killed test leaves is removed with it.
  return mkdtempSync(join(inject("embeddedTemplate"), "..", "clone-"));
}

/** A data folder with a migrated embedded database that nobody has opened. The caller removes it. */
export function makeDataFolder(): string {
  const dataFolder = makeFolder();
  fillDataFolder(dataFolder);
  return dataFolder;
}

/** Puts a migrated embedded database into a folder that has none. */
export function fillDataFolder(dataFolder: string): void {
  cpSync(inject("embeddedTemplate"), join(dataFolder, CLUSTER_FOLDER), { recursive: true });
}

async function cloneEmbedded(): Promise<TestDatabase> {
  const dataFolder = makeDataFolder();
  const onFatal = (error: Error) => {
    throw error;
  };
  const database = await openEmbedded({ dataFolder, log, onFatal });
  const remove = async () => rmSync(dataFolder, { recursive: true, force: true });
  return finishClone(database, remove);
}

async function finishClone(
  database: Database,
  remove: () => Promise<void>,
  databaseUrl?: string,
): Promise<TestDatabase> {
  let closed = false;
  const startJobs = async () => {
    const jobs = createJobs({ database: database.jobsDatabase, kind: database.kind, log });
    await jobs.start();
    return jobs;
  };
  let starting: Promise<Jobs> | undefined;
  return {
    ...database,
    databaseUrl,
    jobs() {
      starting ??= startJobs();
      return starting;
    },
    workspaceId: await insertWorkspace(database.db),
    async close() {
      if (closed) return;
      closed = true;
      await (await starting)?.stop();
      await database.close();
      await remove();
    },
  };
}
