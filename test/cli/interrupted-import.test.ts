import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { createLog } from "../../src/log.ts";
import { openDatabase } from "../../src/store/database.ts";
import type { Db } from "../../src/store/schema.ts";
import { createOpener, drawnKinds } from "../support/database.ts";
import {
  createDataFolder,
  createFolder,
  createStarter,
  onlyJson,
  type Running,
  type Settings,
} from "./support.ts";

const start = createStarter();
const folder = createFolder();
const openServer = createOpener("postgres");

/** Five processes, one after another, on a machine that may be busy. */
const SEVERAL_STARTS_MS = 240_000;
const ROWS = 600;
/** Long, so that what the pipe between the processes holds is only a few rows. */
const COMMENT = "what they said ".repeat(130);
const HEADER = "metric,score,answered_at,person,comment\n";
const lines = Array.from(
  { length: ROWS },
  (_, i) => `nps,${i % 11},2026-10-01T10:00:00Z,p${i},${COMMENT}\n`,
);

/** Where an import goes, by the settings of its process, and what is there afterwards. */
interface Place {
  readonly settings: Settings;
  count(): Promise<number>;
}

async function createPlace(kind: "postgres" | "embedded", name: string): Promise<Place> {
  if (kind === "postgres") {
    const { databaseUrl = "", db } = await openServer();
    return { settings: { DATABASE_URL: databaseUrl }, count: () => countAnswers(db) };
  }
  const dataFolder = createDataFolder(folder, name);
  return {
    settings: { AFTERTALK_DATA_DIR: dataFolder },
    async count() {
      const database = await openDatabase({ dataFolder, log: createLog("warn") });
      try {
        return await countAnswers(database.db);
      } finally {
        await database.close();
      }
    },
  };
}

async function countAnswers(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from answers`.execute(db);
  return rows[0]?.n ?? -1;
}

/**
 * Begins an import and hands it the first rows. When they are taken, all but the pipe's fill was
 * read, so that at least one batch is with the database; the file has not ended.
 */
async function beginImport(settings: Settings, rows: number): Promise<Running> {
  const running = start(["import", "-", "--json"], settings);
  const text = HEADER + lines.slice(0, rows).join("");
  await new Promise<void>((resolve) => running.process.stdin.write(text, () => resolve()));
  return running;
}

async function importAll(settings: Settings): Promise<unknown> {
  const running = start(["import", "-", "--json"], settings);
  running.process.stdin.end(HEADER + lines.join(""));
  return onlyJson(await running.finished);
}

describe.each(drawnKinds)("an import that is cut off (%s)", (kind) => {
  test("N9 a kill in the middle leaves nothing, and the file can be imported afterwards", {
    timeout: SEVERAL_STARTS_MS,
  }, async () => {
    const place = await createPlace(kind, "killed");
    for (const rows of [350, 550]) {
      const running = await beginImport(place.settings, rows);
      running.process.kill("SIGKILL");
      await running.finished;
    }
    expect(await importAll(place.settings)).toMatchObject({ rows: ROWS, imported: ROWS });
    expect(await place.count()).toBe(2 * ROWS);
    expect(await importAll(place.settings)).toMatchObject({ imported: 0, already: ROWS });
  });

  test("N9 Ctrl-C takes everything back and says so", { timeout: SEVERAL_STARTS_MS }, async () => {
    const place = await createPlace(kind, "interrupted");
    const running = await beginImport(place.settings, 450);
    running.process.kill("SIGINT");
    const result = await running.finished;
    // A busy machine may have told of its progress before.
    expect(result.code).toBe(130);
    expect(result.stderr).toMatch(/(^|\n)Interrupted: nothing was changed\.\n$/);
    expect(onlyJson(result)).toMatchObject({ error: { code: "interrupted" } });
    expect(await place.count()).toBe(0);
  });
});
