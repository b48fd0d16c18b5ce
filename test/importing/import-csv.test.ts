import { beforeAll, beforeEach, expect, test } from "vitest";
import { type BadRow, type ImportResult, importCsv } from "../../src/importing/import-csv.ts";
import { describeEachDatabase, type TestDatabase } from "../support/database.ts";
import { insertWorkspace } from "../support/database-rows.ts";

const now = new Date("2026-10-10T12:00:00Z");

describeEachDatabase("importing answers", (open) => {
  let database: TestDatabase;
  let workspaceId: number;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    workspaceId = await insertWorkspace(database.db);
  });

  async function importText(
    text: string,
    skipBad = false,
  ): Promise<ImportResult & { badRows: BadRow[] }> {
    const badRows: BadRow[] = [];
    const result = await database.patiently((db) =>
      importCsv(db, {
        workspaceId,
        source: chunks(text),
        now,
        skipBad,
        signal: new AbortController().signal,
        onBadRow: (row) => {
          badRows.push(row);
        },
      }),
    );
    return { ...result, badRows };
  }

  test("N9 importing the same file twice adds nothing", async () => {
    const file = [
      "metric,score,answered_at,person,agent,comment,tags",
      "nps,9,2026-10-01T10:00:00Z,ada,Bob,quick,billing;vip",
      "nps,9,2026-10-01T10:00:00Z,ada,Bob,quick,billing;vip",
      "resolution,partly,2026-10-01T10:00:00+02:00,,,,",
    ].join("\n");
    expect(await importText(file)).toMatchObject({ rows: 3, imported: 3, already: 0, bad: 0 });
    expect(await importText(file)).toMatchObject({ rows: 3, imported: 0, already: 3, bad: 0 });
  });
});

async function* chunks(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}
