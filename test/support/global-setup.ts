/**
 * Once per test run: one PostgreSQL server with a migrated template database, and one migrated
 * folder of the embedded database. Test files clone them (see database.ts).
 */
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statfsSync } from "node:fs";
import { cp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PgBoss } from "pg-boss";
import type { TestProject } from "vitest/node";
import { z } from "zod";
import { createLog } from "../../src/log.ts";
import type { Database } from "../../src/store/database.ts";
import { openEmbedded } from "../../src/store/embedded.ts";
import { CLUSTER_FOLDER } from "../../src/store/embedded-folder.ts";
import { migrateToLatest } from "../../src/store/migrate.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import { type PostgresServer, runOn, startPostgres } from "./postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of the server's maintenance database, from which clones are made. */
    postgresUrl: string;
    /** Folder that holds the migrated embedded database. */
    embeddedTemplate: string;
  }
}

export const TEMPLATE = "aftertalk_template";

/** Memory that looks like a folder, on Linux. */
const MEMORY = "/dev/shm";
const ROOM_IN_MEMORY = 3 * 1024 ** 3;

const log = createLog("warn");

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  // Where databases are cloned by the hundred: some times as fast there.
  const folder = mkdtempSync(join(hasRoom(MEMORY) ? MEMORY : tmpdir(), "aftertalk-tests-"));
  // Programs may not be run from memory everywhere.
  const programs = mkdtempSync(join(tmpdir(), "aftertalk-tests-"));
  const embeddedFolder = join(folder, "embedded");
  const server = await startPostgres({ folder, programs, careless: true });
  // Both to their end, so that nothing is written any more when the folder is removed.
  const done = await Promise.allSettled([preparePostgres(server), prepareEmbedded(embeddedFolder)]);
  const failed = done.find((result) => result.status === "rejected");
  if (failed) {
    await server.stop();
    throw failed.reason;
  }
  project.provide("postgresUrl", server.url("postgres"));
  project.provide("embeddedTemplate", join(embeddedFolder, CLUSTER_FOLDER));
  return () => server.stop();
}

function hasRoom(folder: string): boolean {
  if (!existsSync(folder)) return false;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize >= ROOM_IN_MEMORY;
}

async function preparePostgres(server: PostgresServer): Promise<void> {
  await runOn(server.url("postgres"), `create database ${TEMPLATE}`);
  // A busy machine may need longer than a service would wait.
  const limits = { connection: 20_000 };
  await prepare(await openPostgres({ databaseUrl: server.url(TEMPLATE), log, limits }));
}

async function prepareEmbedded(dataFolder: string): Promise<void> {
  const cache = clusterCache();
  if (existsSync(cache)) await cp(cache, join(dataFolder, CLUSTER_FOLDER), { recursive: true });
  else await makeCluster(dataFolder, cache);
  await prepare(await openEmbedded({ dataFolder, log }));
}

/** Making an empty cluster takes seconds and is the same every time: kept between runs. */
async function makeCluster(dataFolder: string, cache: string): Promise<void> {
  await (await openEmbedded({ dataFolder, log })).close();
  const making = `${cache}.${process.pid}`;
  try {
    await cp(join(dataFolder, CLUSTER_FOLDER), making, { recursive: true });
    renameSync(making, cache);
  } catch {
    // Not ours to write to, or another run was faster: it is only a cache.
    rmSync(making, { recursive: true, force: true });
  }
}

function clusterCache(): string {
  const modules = join(import.meta.dirname, "..", "..", "node_modules");
  const manifest = readFileSync(join(modules, "@electric-sql", "pglite", "package.json"), "utf8");
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(manifest));
  return join(modules, ".cache", "aftertalk", `pglite-${version}`);
}

/** Our schema and the job queue's. */
async function prepare(database: Database): Promise<void> {
  try {
    await migrateToLatest(database);
    const backend = database.kind === "embedded" ? "pglite" : "postgres";
    const jobs = new PgBoss({ db: database.jobsDatabase, backend });
    // What it polls for beside its start is nothing the template needs, and must not end the run.
    jobs.on("error", (error) => log.error({ error }, "job queue"));
    await jobs.start();
    await jobs.stop({ graceful: false });
  } finally {
    await database.close();
  }
}
