import { beforeAll, expect, test } from "vitest";
import { createOpener } from "../support/database.ts";
import { createFolder, onlyJson, run, type Settings } from "./support.ts";

const folder = createFolder();
let env: Settings;
const add = (...args: readonly string[]) => run(["schedules", "add", ...args], env);

const openDatabase = createOpener("postgres");
beforeAll(async () => {
  const { db, databaseUrl = "" } = await openDatabase();
  await db.updateTable("workspaces").set({ time_zone: "Europe/Paris" }).execute();
  env = { AFTERTALK_DATA_DIR: folder, DATABASE_URL: databaseUrl };
});

const mondays = "nps every Monday at 9:00 for detractors, max 40 a day";

test("a sentence is shown in plain words with its next times, and kept only when it is wished", async () => {
  const shown = await add(mondays, "--dry-run");
  expect(shown.code).toBe(0);
  expect(shown.stdout).toContain("“max 40 a day” → limits.perDay");
  expect(shown.stdout).toContain("last NPS 0 to 6");
  expect(shown.stdout.match(/09:00 Europe\/Paris = \S+ 0[78]:00 UTC/g)).toHaveLength(5);
  expect(shown.stdout).toContain("Nothing was kept.");
  const unsure = await add(mondays);
  expect(unsure).toMatchObject({ code: 1, stderr: expect.stringContaining("add --yes") });
  expect((await run(["schedules", "show", "nps-weekly"], env)).code).toBe(1);
  const kept = await add(mondays, "--yes");
  expect(kept.stdout).toContain("Switch it on: aftertalk schedules on nps-weekly");
  const there = await run(["schedules", "show", "nps-weekly"], env);
  expect(there.stdout).toMatch(/^nps-weekly: paused, version 1, kind other$/m);
});

test("a name that is taken is not written over, and another one is proposed", async () => {
  const taken = await add(mondays, "--name", "relationship", "--yes");
  expect(taken).toMatchObject({ code: 1, stderr: expect.stringContaining("already") });
  expect((await add(mondays, "--dry-run")).stdout).toMatch(/^nps-weekly-2: kind other$/m);
});

test("what is open is asked in the language that was chosen, with sentences that answer it", async () => {
  const russian = await add("nps раз в 90 дней клиентам", "--language", "ru", "--yes");
  expect(russian.code).toBe(1);
  expect(russian.stderr).toContain("с какого момента отсчёт?");
  expect(russian.stderr).toContain(
    "→ nps через 30 дней после регистрации затем каждые 90 дней клиентам",
  );
  const json = onlyJson(await add("nps every Monday", "--json"));
  expect(json).toMatchObject({
    error: {
      code: "bad-input",
      questions: [
        { code: "time-missing", choices: [{ sentence: "nps every Monday, at 9:00" }, {}, {}] },
      ],
    },
  });
});
