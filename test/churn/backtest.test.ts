import { beforeAll, expect, test } from "vitest";
import { takeSnapshots } from "../../src/churn/snapshots.ts";
import { backtest } from "../../src/metrics/churn-backtest.ts";
import { usualChurnPoints } from "../../src/metrics/churn-reasons.ts";
import { readWorkspace } from "../../src/store/workspaces.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { insertPerson, insertWorkspace } from "../support/database-rows.ts";
import { insertManyActivities } from "./support.ts";

const DAY = 24 * 60 * 60 * 1000;
const now = new Date("2026-11-02T12:00:00Z");
const ago = (days: number) => new Date(now.getTime() - days * DAY);

describeEitherDatabase("looking back on who left", (open) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
  });

  test("whoever went silent and left is found by what was known then", async () => {
    const { db } = database;
    const workspaceId = await insertWorkspace(db);
    const since = { created_at: ago(250), joined_at: ago(250) };
    const silent = await insertPerson(db, workspaceId, {
      ...since,
      ...{ left_at: ago(60), left_noted_at: ago(50) },
    });
    await insertManyActivities(db, workspaceId, silent, now, [200, 195, 190]);
    const busy = await insertPerson(db, workspaceId, since);
    await insertManyActivities(db, workspaceId, busy, now, [120, 110, 100, 90]);
    await insertPerson(db, workspaceId, { ...since, role: "agent" });
    const taken = await takeSnapshots(db, await readWorkspace(db, workspaceId), {
      ...{ now, months: 4, silentDays: 60, signal: new AbortController().signal },
    });
    expect(taken).toMatchObject({ people: 2, lostCustomers: 1, dates: [ago(97).getTime()] });
    expect(taken.all.toSorted((a, b) => Number(a.lost) - Number(b.lost))).toMatchObject([
      { lost: false, reasons: [], inactiveDays: 3 },
      { lost: true, reasons: ["silent"], inactiveDays: 93 },
    ]);
    const found = backtest(taken.all, usualChurnPoints);
    expect(found).toMatchObject({ auc: 1, aucOfInactivity: 1, gate: { passed: false } });
  });
});
