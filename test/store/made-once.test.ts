import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { madeOnce } from "../../src/store/made-once.ts";
import { describeEachDatabase, type TestDatabase } from "../support/database.ts";

describeEachDatabase("statements that are made once", (open) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
  });

  test("are built by the first run, and give each run its own values", async () => {
    let built = 0;
    const statement = madeOnce<{ n: number; days: string[] }, { sum: number; days: string[] }>(
      (place) => {
        built += 1;
        const n = place(({ n }) => n);
        return sql`select ${n}::int + ${n}::int as sum, ${place(({ days }) => days)}::date[] as days`;
      },
    );
    const runs = [
      { n: 1, days: ["2026-02-28", "2026-03-01"] },
      { n: 2, days: [] },
    ];
    for (const run of runs)
      expect(await statement.run(database.db, run)).toEqual([{ sum: 2 * run.n, days: run.days }]);
    expect(built).toBe(1);
  });

  test("refuse a value of the run that built them", async () => {
    const statement = madeOnce(() => sql`select ${1}::int`);
    await expect(statement.run(database.db, {})).rejects.toThrow(/a value of one run/);
  });
});
