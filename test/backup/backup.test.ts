import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { checkBackup } from "../../src/backup/read.ts";
import { refuseWhileServed, restoreBackup } from "../../src/backup/restore.ts";
import { writeBackup } from "../../src/backup/write.ts";
import { createLog } from "../../src/log.ts";
import { backupTables } from "../../src/store/backup.ts";
import type { Database } from "../../src/store/database.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import type { Db } from "../../src/store/schema.ts";
import { createOpener, describeEachDatabase, type TestDatabase } from "../support/database.ts";
import { insertPerson, insertWorkspace } from "../support/database-rows.ts";
import { fillWorkspace } from "../support/filled-workspace.ts";

const folder = mkdtempSync(join(tmpdir(), "aftertalk-backup-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let file: string;
beforeEach(() => {
  file = join(folder, `${Math.random()}.gz`);
});

const now = new Date("2026-11-02T12:00:00Z");
const backup = (database: Database) => writeBackup(database, { file, now });

async function restore(database: TestDatabase, replace = false): Promise<void> {
  const summary = await checkBackup(file);
  await restoreBackup(database, { file, summary, jobs: await database.jobs(), now, replace });
}

/** Every row of every table but the audit's, as text. */
async function readAll(db: Db): Promise<string[]> {
  const rows: string[] = [];
  for (const table of backupTables) {
    const found = await sql<{ row: string }>`select ${table} || ' ' || t::text as row
      from ${sql.table(table)} t`.execute(db);
    rows.push(...found.rows.map(({ row }) => row));
  }
  return rows.filter((row) => !row.startsWith("audit ")).sort();
}

/** What real data have and test rows do not. */
async function addOddities(db: Db, workspaceId: number): Promise<void> {
  await insertPerson(db, workspaceId, { name: 'Ada "the\n\\first" 客服 🎉 \u2028 {"x"}' });
  await db
    .updateTable("chats")
    .set({
      tags: ["a,b", "", 'quo"te'],
      opened_at: sql<Date>`'2026-03-29 01:59:59.123456+01'::timestamptz`,
    })
    .where("workspace_id", "=", workspaceId)
    .execute();
}

describeEachDatabase("backup and restore", (open, kind) => {
  let database: TestDatabase;
  /** Another of the same kind; whatever a test left there is replaced by the next. */
  let second: TestDatabase;
  beforeAll(async () => {
    database = await open();
    second = await open();
    const workspaceId = await fillWorkspace(database.db);
    await addOddities(database.db, workspaceId);
  });
  const openOther = createOpener(kind === "postgres" ? "embedded" : "postgres");

  test("U6 moves every row to the other kind of database and back, exactly", async () => {
    const before = await readAll(database.db);
    const rows = await backup(database);
    expect(Object.keys(rows)).toEqual(backupTables);
    for (const [table, n] of Object.entries(rows))
      if (table !== "notes") expect(n).toBeGreaterThan(0);
    const other = await openOther();
    await restore(other, true);
    expect(await readAll(other.db)).toEqual(before);
    file = `${file}.back`;
    await backup(other);
    await restore(second, true);
    expect(await readAll(second.db)).toEqual(before);
    // What comes in next clashes with nothing that was restored.
    await fillWorkspace(second.db);
  });

  test("P11 the file is for its owner only, and appears when it is whole", async () => {
    await backup(database);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).filter((name) => name.includes(".part-"))).toEqual([]);
    await expect(backup(database)).rejects.toMatchObject({ code: "bad-input" });
  });

  test("U5 rows written while it is made are in whole or not at all", async () => {
    // The embedded database does one thing after another.
    if (database.kind === "embedded")
      return expect(await backup(database)).toHaveProperty("people");
    const writing = (async () => {
      for (let i = 0; i < 10; i += 1) await fillWorkspace(database.db);
    })();
    const rows = await backup(database);
    await writing;
    await restore(second, true); // every reference is checked
    expect(await readAll(second.db)).toHaveLength(
      Object.entries(rows).reduce((sum, [table, n]) => sum + (table === "audit" ? 0 : n), 0),
    );
  });

  test("a database that is in use is not replaced unless that is said", async () => {
    await backup(database);
    await insertPerson(second.db, await insertWorkspace(second.db));
    const before = await readAll(second.db);
    await expect(restore(second)).rejects.toMatchObject({
      code: "bad-input",
      advice: expect.stringContaining("--replace"),
    });
    expect(await readAll(second.db)).toEqual(before);
    await restore(second, true);
    expect(await readAll(second.db)).toEqual(await readAll(database.db));
    const said = await second.db.selectFrom("audit").selectAll().execute();
    expect(said).toContainEqual(
      expect.objectContaining({
        actor: "operator",
        action: "restored",
        details: { madeAt: now.toISOString() },
      }),
    );
  });

  test("what was under way has its jobs again", async () => {
    await backup(database);
    const put: unknown[] = [];
    const jobs = {
      enqueue: async (_: unknown, ...job: unknown[]) => void put.push(job),
    };
    await restoreBackup(second, {
      file,
      summary: await checkBackup(file),
      jobs,
      now,
      replace: true,
    });
    const { rows } = await sql<{ deliveries: number; targets: number }>`
      select (select count(*)::int from deliveries where state = 'planned') as deliveries,
        (select count(*)::int from erasure_targets) as targets`.execute(database.db);
    expect(put.filter((job) => Array.isArray(job) && job[0] === "deliver")).toHaveLength(
      rows[0]?.deliveries ?? -1,
    );
    expect(put.filter((job) => Array.isArray(job) && job[0] === "remove")).toHaveLength(
      rows[0]?.targets ?? -1,
    );
  });

  test("what fails in the middle changes nothing", async () => {
    await backup(database);
    const before = await readAll(second.db);
    const stop = new AbortController();
    const restoring = restoreBackup(second, {
      file,
      summary: await checkBackup(file),
      jobs: await second.jobs(),
      now,
      replace: true,
      signal: stop.signal,
      onProgress: () => stop.abort(new Error("enough")),
    });
    await expect(restoring).rejects.toThrow("enough");
    expect(await readAll(second.db)).toEqual(before);
  });
});

describe("a file", () => {
  const open = createOpener("postgres");
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
    await fillWorkspace(database.db);
  });

  test("of which anything is missing or altered is refused before anything is written", async () => {
    await backup(database);
    const whole = readFileSync(file);
    const text = gunzipSync(whole).toString();
    const lines = text.trimEnd().split("\n");
    const zip = (kept: readonly string[]) => gzipSync(`${kept.join("\n")}\n`);
    const altered = Buffer.from(whole);
    altered[altered.length >> 1] = (altered[altered.length >> 1] ?? 0) ^ 255;
    const bad: (Buffer | string)[] = [
      "",
      "no gzip at all",
      whole.subarray(0, whole.length - 9),
      altered,
      gzipSync(""),
      gzipSync("no lines of ours\n"),
      gzipSync(text.trimEnd()),
      zip(lines.slice(0, -1)),
      zip(lines.slice(1)),
      zip(lines.filter((_, i) => i !== 2)),
      zip([...lines, lines[2] ?? ""]),
      zip(lines.map((line, i) => (i === 2 ? '{"id":' : line))),
    ];
    for (const [i, content] of bad.entries()) {
      writeFileSync(file, content);
      await expect(checkBackup(file), `${i}`).rejects.toMatchObject({ code: "bad-input" });
    }
    await expect(checkBackup(`${file}.never`)).rejects.toThrow("There is no");
  });

  test("of another schema is refused, a newer one by name", async () => {
    await backup(database);
    const text = gunzipSync(readFileSync(file)).toString();
    for (const [schema, code] of [
      ["0001_house", "bad-input"],
      ["9999_later", "schema-newer"],
    ]) {
      writeFileSync(file, gzipSync(text.replace(/"schema":"\w+"/, `"schema":"${schema}"`)));
      await expect(restore(database, true)).rejects.toMatchObject({ code });
    }
  });

  test("that cannot be written is told, and nothing is left", async () => {
    file = join(folder, "not-there", "x.gz");
    await expect(backup(database)).rejects.toMatchObject({ code: "bad-input" });
    expect(existsSync(join(folder, "not-there"))).toBe(false);
  });
});

describe("PostgreSQL", () => {
  const open = createOpener("postgres");

  test("is not restored into while a service works on it", async () => {
    const { databaseUrl = "", db } = await open();
    const log = createLog("error");
    const applicationName = "aftertalk command line";
    const second = await openPostgres({ databaseUrl, log, applicationName });
    await db.selectFrom("workspaces").select("id").execute();
    await expect(refuseWhileServed(second)).rejects.toMatchObject({ code: "data-in-use" });
    await second.close();
  });
});
