/**
 * Once per test run: one PostgreSQL server with a migrated template database, and one migrated
 * folder of the embedded database. Test files clone them (see database.ts).
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
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
import { startPostgres } from "./postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of the server's maintenance database, from which clones are made. */
    postgresUrl: string;
    /** Folder that holds the migrated embedded database. */
    embeddedTemplate: string;
  }
}

export const TEMPLATE = "aftertalk_template";

const log = createLog("warn");

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const [postgres, embedded] = await Promise.allSettled([preparePostgres(), prepareEmbedded()]);
  const tearDown = async () => {
    if (embedded.status === "fulfilled") rmSync(embedded.value, { recursive: true, force: true });
    if (postgres.status === "fulfilled") await postgres.value.stop();
  };
  if (postgres.status === "rejected" || embedded.status === "rejected") {
    await tearDown();
    throw postgres.status === "rejected"
      ? postgres.reason
      : embedded.status === "rejected" && embedded.reason;
  }
  project.provide("postgresUrl", postgres.value.url("postgres"));
  project.provide("embeddedTemplate", join(embedded.value, CLUSTER_FOLDER));
  return tearDown;
}

async function preparePostgres() {
  const server = await startPostgres({ careless: true });
  try {
    const maintenance = await openPostgres({ databaseUrl: server.url("postgres"), log });
    await maintenance.jobsDatabase.executeSql(`create database ${TEMPLATE}`);
    await maintenance.close();
    await prepare(await openPostgres({ databaseUrl: server.url(TEMPLATE), log }));
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function prepareEmbedded(): Promise<string> {
  const dataFolder = mkdtempSync(join(tmpdir(), "aftertalk-embedded-"));
  try {
    const cluster = join(dataFolder, CLUSTER_FOLDER);
    const cache = clusterCache();
    if (existsSync(cache)) cpSync(cache, cluster, { recursive: true });
    else await makeCluster(dataFolder, cache);
    await prepare(await openEmbedded({ dataFolder, log }));
    return dataFolder;
  } catch (error) {
    rmSync(dataFolder, { recursive: true, force: true });
    throw error;
  }
}

/** Making an empty cluster takes seconds and is the same every time: kept between runs. */
async function makeCluster(dataFolder: string, cache: string): Promise<void> {
  await (await openEmbedded({ dataFolder, log })).close();
  const making = `${cache}.${process.pid}`;
  mkdirSync(making, { recursive: true });
  cpSync(join(dataFolder, CLUSTER_FOLDER), making, { recursive: true });
  renameSync(making, cache);
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
    await jobs.start();
    await jobs.stop({ graceful: false });
  } finally {
    await database.close();
  }
}
