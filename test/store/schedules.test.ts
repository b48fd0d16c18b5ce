import { beforeAll, beforeEach, expect, test } from "vitest";
import { makeSchedule, type ScheduleInput } from "../../src/scheduling/definition/schedule.ts";
import { standardSchedules } from "../../src/scheduling/definition/standard-schedules.ts";
import { listVersions } from "../../src/store/schedule-versions.ts";
import {
  ensureSchedules,
  listSchedules,
  readSchedule,
  saveSchedule,
  schedulesOn,
  switchSchedule,
} from "../../src/store/schedules.ts";
import { ensureSurveys } from "../../src/store/surveys.ts";
import { standardSurveys } from "../../src/surveys/standard.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { insertWorkspace } from "../support/database-rows.ts";

const NOW = new Date("2026-11-02T12:00:00Z");
const later = (hours: number) => new Date(NOW.getTime() + hours * 60 * 60 * 1000);

const weekly: ScheduleInput = {
  name: "pulse",
  kind: "other",
  survey: "relationship-nps",
  trigger: { on: "cron", cron: "0 9 * * 1" },
};

describeEitherDatabase("schedules as they are kept", (open) => {
  let database: TestDatabase;
  let workspaceId: number;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    workspaceId = await insertWorkspace(database.db, { time_zone: "Europe/Paris" });
    await ensureSurveys(database.db, workspaceId, standardSurveys("Acme"));
  });
  const save = (written: ScheduleInput, now = NOW) =>
    saveSchedule(database.db, workspaceId, makeSchedule(written), "operator", now);

  test("the standard ones are made once, and what was changed of them stays", async () => {
    const { db } = database;
    await ensureSchedules(db, workspaceId, standardSchedules, NOW);
    await switchSchedule(db, workspaceId, "after-chat", "archived", NOW);
    await ensureSchedules(db, workspaceId, standardSchedules, later(1));
    const all = await listSchedules(db, workspaceId);
    expect(all.map(({ definition, state, version }) => [definition.name, state, version])).toEqual(
      standardSchedules.map(({ definition }, n) => [
        definition.name,
        n === 0 ? "archived" : "paused",
        1,
      ]),
    );
    expect(await schedulesOn(db, workspaceId)).toEqual([]);
  });

  test("a change is the next version with a line in the audit log; the same once more is none", async () => {
    const { db } = database;
    expect(await save(weekly)).toMatchObject({ version: 1, state: "paused", nextAt: null });
    expect(await save(weekly, later(1))).toMatchObject({ version: 1 });
    expect(await save({ ...weekly, limits: { perDay: 5 } }, later(2))).toMatchObject({
      version: 2,
    });
    const versions = await listVersions(db, workspaceId, "pulse");
    expect(versions.map(({ version, at, by }) => [version, at, by])).toEqual([
      [1, NOW, "operator"],
      [2, later(2), "operator"],
    ]);
  });

  test("S6 one that is on knows when it fires next, in the time zone of its workspace", async () => {
    const { db } = database;
    await save(weekly);
    const on = await switchSchedule(db, workspaceId, "pulse", "on", NOW);
    expect(on).toMatchObject({ onSince: NOW, nextAt: new Date("2026-11-09T08:00:00Z") });
    const daily = await save({ ...weekly, trigger: { on: "cron", cron: "0 9 * * *" } }, later(1));
    expect(daily).toMatchObject({ onSince: NOW, nextAt: new Date("2026-11-03T08:00:00Z") });
    const other = await save({ ...weekly, trigger: { on: "person-joined" } }, later(2));
    expect(other).toMatchObject({ onSince: later(2), nextAt: null });
    await switchSchedule(db, workspaceId, "pulse", "paused", later(3));
    expect(await readSchedule(db, workspaceId, "pulse")).toMatchObject({
      state: "paused",
      nextAt: null,
    });
    const never = await switchSchedule(db, workspaceId, "nobody", "on", NOW);
    expect(never).toBeUndefined();
  });

  test("S14 what would not work here is not kept", async () => {
    const zone = save({
      ...weekly,
      trigger: { on: "cron", cron: "0 9 * * 1", timeZone: "Mars/Base" },
    });
    await expect(zone).rejects.toThrow('trigger.timeZone: "Mars/Base" is not a time zone');
    await expect(save({ ...weekly, survey: "gone" })).rejects.toThrow('there is no survey "gone"');
    expect(await readSchedule(database.db, workspaceId, "pulse")).toBeUndefined();
  });
});
