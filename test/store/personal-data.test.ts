import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import type { TableEntry } from "../../src/store/personal-data.ts";
import { otherColumns, personalColumns, personalData } from "../../src/store/personal-data.ts";
import { describeEachDatabase, type TestDatabase } from "../support/database.ts";

describeEachDatabase("the catalogue of personal data", (open) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
  });

  test("P9 has every table and every column once, and none that is not there", async () => {
    const { rows } = await sql<{ table_name: string; column_name: string }>`
      select c.table_name, c.column_name from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
        and c.table_name not like 'kysely\\_%'`.execute(database.db);
    const there = rows.map((row) => `${row.table_name}.${row.column_name}`).sort();
    const known = Object.entries<TableEntry>(personalData).flatMap(([table, entry]) =>
      [...personalColumns(entry), ...otherColumns(entry)].map((column) => `${table}.${column}`),
    );
    expect(known.sort()).toEqual(there);
  });

  test("P1 whatever has something personal says how a human's rows are found and what becomes of them", () => {
    const tables = Object.entries<TableEntry>(personalData);
    const personal = tables.filter(([, entry]) => personalColumns(entry).length > 0);
    expect(personal.filter(([, { about }]) => about === undefined)).toEqual([]);
    const kept = personal.filter(([, { erase }]) => erase.length === 0).map(([table]) => table);
    // Lines of the log stay: ids in it say nothing once the people are gone.
    expect(kept).toEqual(["audit"]);
  });
});
