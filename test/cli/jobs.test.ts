import { beforeAll, expect, test } from "vitest";
import { keepDeadJob } from "../../src/store/dead-jobs.ts";
import { newId } from "../../src/store/ids.ts";
import { createOpener, type TestDatabase } from "../support/database.ts";
import { createDataFolder, createFolder, onlyJson, run as runCommand } from "./support.ts";

/** Both databases are the store's matter, and have its tests: here each command opens its own. */
const folder = createFolder();
const openServer = createOpener("postgres");
const settings = { AFTERTALK_DATA_DIR: createDataFolder(folder, "jobs"), DATABASE_URL: "" };
const run = (...args: string[]) => runCommand(["jobs", ...args], settings);
const at = new Date("2026-11-02T12:00:00Z");
let database: TestDatabase;

beforeAll(async () => {
  database = await openServer();
  settings.DATABASE_URL = database.databaseUrl ?? "";
});

test("dead jobs are shown with what they were about, and taken off the list by redriving them", async () => {
  const none = await run("dead");
  expect(none).toMatchObject({ code: 0, stdout: "No job failed for good.\n" });
  const ids = [newId(), newId(), newId()];
  const about = newId();
  for (const id of ids) {
    await keepDeadJob(database.db, database.workspaceId, {
      ...{ id, queue: "deliver", about, error: "AppError: temporary: no answer", tries: 12 },
      ...{ putInAt: at, diedAt: at },
    });
  }
  const { stdout } = await run("dead");
  expect(stdout).toContain(`${ids[0]}  a message that was to be sent, delivery ${about}`);
  expect(stdout).toContain("12 tries from 2026-11-02T12:00:00.000Z");
  expect(stdout).toContain("the last: AppError: temporary: no answer");

  const wrong = await run("redrive", newId());
  expect(wrong).toMatchObject({ code: 1 });
  expect(wrong.stderr).toContain("There is no such dead job.");
  for (const args of [["redrive"], ["redrive", newId(), "--all"]])
    expect((await run(...args)).stderr).toContain("Which job?");

  // There is no such delivery, so nothing is left to be done about it.
  expect((await run("redrive", ids[0] ?? "")).stdout).toContain(
    "Nothing is left to be done about 1",
  );
  expect(onlyJson(await run("redrive", "--all", "--json"))).toEqual({ redriven: 0, over: 2 });
  expect(onlyJson(await run("dead", "--json"))).toEqual({ dead: [] });
});
