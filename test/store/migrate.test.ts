import { rmSync } from "node:fs";
import { type KyselyPlugin, sql } from "kysely";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { migrations } from "../../migrations/index.ts";
import { createLog } from "../../src/log.ts";
import { openEmbedded } from "../../src/store/embedded.ts";
import { migrateToLatest, migrationStatus } from "../../src/store/migrate.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import type { Db } from "../../src/store/schema.ts";
import {
  createOpener,
  describeEachDatabase,
  makeDataFolder,
  type TestDatabase,
} from "../support/database.ts";
import { createRunner } from "../support/programs.ts";

const log = createLog("silent");
const run = createRunner();
const migrateAndDie = new URL("./programs/migrate-and-die.ts", import.meta.url);
const names = Object.keys(migrations);

/** Makes an unmigrated database of a migrated one. */
async function empty(db: Db): Promise<void> {
  await sql`drop schema public cascade`.execute(db);
  await sql`create schema public`.execute(db);
}

/** Every table and index of ours, to compare schemas with. */
async function readCatalogue(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select relname || ':' || relkind::text as name from pg_class
    where relnamespace = 'public'::regnamespace order by 1`.execute(db);
  return rows.map(({ name }) => name);
}

describeEachDatabase("migrations", (open) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await open();
  });

  test("are applied to a new database, and not again", async () => {
    const { db } = database;
    const migrated = await readCatalogue(db);
    await empty(db);
    expect(await migrationStatus(database)).toEqual({ applied: [], pending: names, unknown: [] });
    expect(await migrateToLatest(database)).toEqual(names);
    expect(await migrateToLatest(database)).toEqual([]);
    expect(await migrationStatus(database)).toEqual({ applied: names, pending: [], unknown: [] });
    expect(await readCatalogue(db)).toEqual(migrated);
  });

  test("B14 a database of a newer aftertalk is refused and left as it is", async () => {
    const { db } = database;
    await sql`insert into kysely_migration (name, timestamp) values ('9999_future', '')`.execute(
      db,
    );
    const before = await readCatalogue(db);
    await expect(migrateToLatest(database)).rejects.toMatchObject({
      code: "schema-newer",
      message: `The database has schema 9999_future, this aftertalk only knows up to ${names.at(-1)}.`,
      advice: expect.stringContaining("Update aftertalk"),
    });
    expect(await migrationStatus(database)).toMatchObject({ unknown: ["9999_future"] });
    expect(await readCatalogue(db)).toEqual(before);
  });

  test("B17 a missing unique key is found, and named", async () => {
    const { db } = database;
    await sql`alter table answers drop constraint answers_pkey`.execute(db);
    await sql`create unique index on answers (workspace_id, invitation_id, question)
      where score is not null`.execute(db);
    await sql`alter table inbox drop constraint inbox_pkey`.execute(db);
    await expect(migrateToLatest(database)).rejects.toMatchObject({
      code: "schema-broken",
      message: expect.stringContaining(
        "answers (workspace_id, invitation_id, question); inbox (workspace_id, connection_id, event_id).",
      ),
    });
  });
});

describe("on PostgreSQL", () => {
  const open = createOpener("postgres");

  test("B13 of twenty that migrate at once one does the work and all succeed", async () => {
    const { db, databaseUrl = "" } = await open();
    await empty(db);
    const results = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const database = await openPostgres({ databaseUrl, log, poolSize: 2 });
        const applied = await migrateToLatest(database);
        await database.close();
        return applied;
      }),
    );
    expect(results.flat()).toEqual(names);
  });

  test("B12 a session cut after any statement leaves the old schema or the new one", async () => {
    const database = await open();
    const migrated = await readCatalogue(database.db);
    await empty(database.db);
    const statements = await migrateAndCut(database, Number.POSITIVE_INFINITY);
    expect(statements).toBeGreaterThan(migrated.filter((name) => name.endsWith(":r")).length);
    expect(await readCatalogue(database.db)).toEqual(migrated);
    for (const cut of drawCuts(statements)) {
      await empty(database.db);
      expect(await migrateAndCut(database, cut)).toBe(cut);
      expectWhole(await readCatalogue(database.db), migrated, `cut after ${cut}`);
    }
  });
});

/** The first, the last, and others elsewhere each time; MIGRATION_CUTS=all: after each. */
function drawCuts(statements: number): number[] {
  const all = Array.from({ length: statements }, (_, index) => index + 1);
  if (process.env.MIGRATION_CUTS === "all") return all;
  const drawn = all.slice(1, -1).sort(() => Math.random() - 0.5);
  return [1, ...drawn.slice(0, 3), statements];
}

/** Migrates and loses the session after statement `fatal`; gives how many statements there were. */
async function migrateAndCut(database: TestDatabase, fatal: number): Promise<number> {
  let statements = 0;
  const cutInTime: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      statements += 1;
      if (statements === fatal) {
        await sql`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`.execute(database.db);
      }
      return result;
    },
  };
  try {
    await migrateToLatest({
      ...database,
      patiently: (work) => database.patiently((db) => work(db.withPlugin(cutInTime))),
    });
  } catch (error) {
    if (statements < fatal) throw error;
  }
  return Math.min(statements, fatal);
}

/** The old schema is none at all; the migrator's own tables it makes before it begins. */
function expectWhole(found: string[], migrated: string[], note: string): void {
  const ours = (names: string[]) => names.filter((name) => !name.startsWith("kysely_"));
  expect([[], ours(migrated)], note).toContainEqual(ours(found));
}

test("B12 a process killed at a statement leaves the old schema or the new one", async () => {
  const dataFolder = makeDataFolder();
  onTestFinished(() => rmSync(dataFolder, { recursive: true, force: true }));
  const before = await openEmbedded({ dataFolder, log });
  const migrated = await readCatalogue(before.db);
  await empty(before.db);
  await before.close();
  // Elsewhere in the list of statements each time.
  const fatal = Math.ceil(Math.random() * migrated.length * 0.6);
  expect(await run(migrateAndDie, dataFolder, String(fatal)).exited()).toBeUndefined();

  const after = await openEmbedded({ dataFolder, log });
  expectWhole(await readCatalogue(after.db), migrated, `killed at ${fatal}`);
  await migrateToLatest(after);
  expect(await readCatalogue(after.db)).toEqual(migrated);
  await after.close();
});
