import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { Interrupted } from "../../src/cli/exit-codes.ts";
import type { Change } from "../../src/configuration/change.ts";
import { makeSchedule } from "../../src/scheduling/definition/schedule.ts";
import { applyChanges, lockConfiguration } from "../../src/store/configuration.ts";
import { discordTools } from "../../src/wiring/discord.ts";
import { slackTools } from "../../src/wiring/slack.ts";
import { createOpener, type TestDatabase } from "../support/database.ts";
import { insertConnection } from "../support/database-rows.ts";
import { until } from "../support/until.ts";
import { createFolder, onlyJson, run, type Settings } from "./support.ts";

const folder = createFolder();
let env: Settings;
let database: TestDatabase;
let workspaceId = 0;
const config = (args: readonly string[], input = "") => run(["config", ...args], env, input);
const file = (name: string) => join(folder, name);
const PERSON = "0198f000-0000-7000-8000-000000000001";

// Many commands, and a server is opened sooner than a folder.
const openDatabase = createOpener("postgres");
beforeAll(async () => {
  database = await openDatabase();
  const { db, databaseUrl = "" } = database;
  await db.updateTable("workspaces").set({ time_zone: "Europe/Paris" }).execute();
  env = { AFTERTALK_DATA_DIR: folder, DATABASE_URL: databaseUrl };
});

test("what is exported changes nothing when it is applied, and is the same file afterwards", async () => {
  expect(await config(["export", file("all.yaml")])).toMatchObject({ code: 0, stderr: "" });
  const text = readFileSync(file("all.yaml"), "utf8");
  expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/configuration\.schema\.json\n/);
  expect(text).toContain("\n  timeZone: Europe/Paris\n");
  expect(text).toMatch(/- key: chat-nps\n {4}state: on\n {4}trigger: chat\n {4}metric: nps\n/);
  const same = await config(["apply", file("all.yaml"), "--prune", "--yes"]);
  expect(same).toMatchObject({
    code: 0,
    stdout: "There is nothing to change: everything is as the file has it.\n",
  });
  expect((await config(["export"])).stdout).toBe(text);
  expect((await config(["export", file("all.yaml")])).stderr).toContain("is there already");
  const checked = await config(["check", file("all.yaml")]);
  expect(checked.code).toBe(0);
  expect(checked.stdout).toMatch(/all\.yaml: 0 errors, \d+ warnings?\.\n$/);
});

const small = `version: 1
settings:
  asking: { from: "10:00" }
surveys:
  - key: pulse
    state: on
    metric: nps
    questions:
      - kind: score
        key: score
        metric: nps
        wording:
          en: How likely are you to recommend us to a friend?
schedules:
  - name: pulse
    state: on
    kind: other
    survey: pulse
    trigger: { on: person-joined, delay: 30d }
`;

test("a file is shown in words with whom it would ask, then applied as a whole", async () => {
  const dry = await config(["apply", "-", "--dry-run", "--json"], small);
  expect(dry.code).toBe(0);
  expect(onlyJson(dry)).toMatchObject({
    applied: false,
    changes: expect.arrayContaining([
      { kind: "setting", name: "asking.from" },
      { kind: "survey", name: "pulse" },
      { kind: "schedule", name: "pulse" },
    ]),
    left: expect.arrayContaining([{ kind: "schedule", name: "exit" }]),
    preview: [{ schedule: "pulse", days: 30, asked: 0, humans: 0 }],
  });
  const applied = await config(["apply", "-"], small);
  expect(applied).toMatchObject({ code: 0 });
  expect(applied.stdout).toMatch(/09:00 → 10:00/);
  expect(applied.stdout).toMatch(/5 changed\.\n$/);
  const again = await config(["apply", "-", "--json"], small);
  expect(onlyJson(again)).toMatchObject({ applied: false, changes: [] });
  const shown = await run(["schedules", "show", "pulse", "--json"], env);
  expect(onlyJson(shown)).toMatchObject({ state: "on", version: 1 });
});

test("a file with an error changes nothing; every error has its line, and the exit code is 1", async () => {
  const bad = small.replace("kind: other", "kind: othr").replace('"10:00"', "ten");
  for (const args of [
    ["check", "-"],
    ["apply", "-", "--dry-run"],
    ["apply", "-"],
  ]) {
    const { code, stderr } = await config(args, bad);
    expect(code).toBe(1);
    expect(stderr).toContain("-:3:19 error: settings: asking.from: a time as 09:00");
    expect(stderr).toContain("(here: ten)");
    expect(stderr).toMatch(
      /-:\d+:11 error: schedule pulse: kind: there is no "othr": did you mean other\?/,
    );
  }
  const line3 = expect.objectContaining({ line: 3, level: "error", field: "asking.from" });
  const line17 = expect.objectContaining({ line: 17, level: "error", field: "kind" });
  expect(onlyJson(await config(["apply", "-", "--json"], bad))).toMatchObject({
    error: { code: "bad-input", problems: expect.arrayContaining([line3, line17]) },
  });
});

test("what was changed in chat since the export is told and not written over without --force", async () => {
  const { db } = database;
  workspaceId = (await db.selectFrom("workspaces").select("id").executeTakeFirstOrThrow()).id;
  expect((await config(["export", file("before.yaml")])).code).toBe(0);
  const now = new Date();
  const definition = makeSchedule({
    ...{ name: "pulse", kind: "other", survey: "pulse" },
    trigger: { on: "person-joined", delay: "60d" },
  });
  const changes: Change[] = [
    { kind: "schedule", definition, base: 1 },
    { kind: "schedule-state", name: "exit", to: "on", was: "paused" },
    { kind: "settings", set: { "targets.nps": 40 }, was: { "targets.nps": null } },
  ];
  const by = { by: PERSON, at: now, origin: "chat" } as const;
  await db.transaction().execute(async (trx) => {
    const { kind } = await applyChanges(trx, workspaceId, changes, by);
    expect(kind).toBe("applied");
  });
  // What the file leaves as it is now is no matter; the schedule it would set back is.
  const refused = await config(["apply", file("before.yaml")]);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(
    /^schedule pulse was changed in chat since this file was exported \(.* Europe\/Paris, version 1 → 2\)\.$/m,
  );
  expect(refused.stderr).toMatch(/^schedule exit was changed in chat/m);
  expect(refused.stderr).not.toContain("targets.nps");
  expect(refused.stderr).toContain("--force");
  const forced = await config(["apply", file("before.yaml"), "--force"]);
  expect(forced).toMatchObject({ code: 0 });
  expect(forced.stdout).toContain("setting targets.nps: not in the file, left as it is");
  // Whoever applies the same file again is not told of what it has overcome.
  const text = readFileSync(file("before.yaml"), "utf8");
  writeFileSync(file("again.yaml"), text.replace(/(name: pulse\n {4}state:) on/, "$1 paused"));
  const again = await config(["apply", file("again.yaml")]);
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining("1 changed.") });
});

test("what is not in the file is put away with --prune, and only after a yes", async () => {
  const few = "version: 1\nschedules: []\nsettings:\n";
  const asked = await config(["apply", "-", "--prune"], few);
  expect(asked).toMatchObject({ code: 1, stderr: expect.stringContaining("add --yes") });
  const dry = onlyJson(await config(["apply", "-", "--prune", "--dry-run", "--json"], few));
  expect(dry).toMatchObject({
    applied: false,
    pruned: expect.arrayContaining([
      { kind: "schedule", name: "after-chat" },
      { kind: "setting", name: "asking.from" },
    ]),
  });
  expect((await config(["apply", "-", "--prune", "--yes"], few)).code).toBe(0);
  const { stdout } = await config(["export"]);
  expect(stdout).toContain("\nschedules: []\n");
  expect(stdout).toContain("# from: 09:00");
  expect(stdout).toContain("- key: pulse\n"); // the file says nothing of surveys
  expect((await config(["apply", file("before.yaml"), "--force"])).code).toBe(0);
});

test("a survey that a schedule asks is not archived under it", async () => {
  const text = readFileSync(file("before.yaml"), "utf8");
  const archived = text.replace(/(key: exit\n {4}state:) on/, "$1 archived");
  const onlySurveys = archived.replace(/\nschedules:[\s\S]*$/, "\n");
  await run(["schedules", "on", "exit"], env);
  const refused = await config(["apply", "-", "--force"], onlySurveys);
  expect(refused).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("survey exit cannot be archived: exit asks it"),
  });
});

test("what cannot be a file of ours is told so", async () => {
  mkdirSync(file("folder"));
  writeFileSync(file("large.yaml"), `version: 1\n${"# more\n".repeat(200_000)}`);
  writeFileSync(file("binary.yaml"), Buffer.from([0xff, 0xfe, 0x76, 0x00]));
  writeFileSync(file("zero.yaml"), "version: 1\0");
  writeFileSync(file("empty.yaml"), "\uFEFF \n");
  for (const [name, why] of [
    ["none.yaml", "is not there"],
    ["folder", "is a folder"],
    ["large.yaml", "is too large for a configuration"],
    ["binary.yaml", "is no text in UTF-8"],
    ["zero.yaml", "is no text in UTF-8"],
    ["empty.yaml", "is empty"],
  ] as const) {
    const { code, stderr } = await config(["check", file(name)]);
    expect({ name, code }).toEqual({ name, code: 1 });
    expect(stderr).toContain(why);
  }
  expect((await config(["check", "-"])).stderr).toContain("Standard input is empty");
});

test("what is interrupted while it waits for somebody else changes nothing; a dry run says so with a code", async () => {
  const { db } = database;
  const text = small.replace("10:00", "11:00");
  const dry = ["config", "apply", "-", "--dry-run"];
  expect((await run(dry, env, text)).code).toBe(0);
  expect((await run([...dry, "--exit-code"], env, text)).code).toBe(5);
  const stop = new AbortController();
  const applied = await db.transaction().execute(async (trx) => {
    await lockConfiguration(trx, workspaceId);
    const running = run(["config", "apply", "-"], env, text, [], stop.signal);
    const waits = sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    await until(async () => (await waits.execute(db)).rows[0]?.n === 1, "apply waits");
    stop.abort(new Interrupted());
    return { running };
  });
  expect(await applied.running).toMatchObject({
    ...{ code: 130, stderr: "Interrupted: nothing was changed.\n" },
  });
  expect((await run([...dry, "--exit-code"], env, text)).code).toBe(5);
});

test("without a database a file is checked as far as it goes, and nothing is made", async () => {
  const nowhere = { AFTERTALK_DATA_DIR: file("nowhere") };
  const good = `${small}roles:\n  - { person: dana@acme.example, role: lead }\n`;
  const checked = await run(["config", "check", "-"], nowhere, good);
  expect(checked.code).toBe(0);
  expect(checked.stderr).toContain("Not checked, because there is no database to look into");
  const bad = await run(["config", "check", "-", "--json"], nowhere, good.replace("lead", "boss"));
  expect(bad.code).toBe(1);
  expect(onlyJson(bad)).toMatchObject({
    ok: false,
    problems: expect.arrayContaining([expect.objectContaining({ field: "role", level: "error" })]),
  });
  expect((await config(["check", "-"], good)).stderr).toContain("nobody is known by that");
});

test("what a platform would cut is an error where it is connected, and told where nobody knows", async () => {
  const options = Array.from({ length: 20 }, (_, n) => ({
    key: `o${n}`,
    wording: { en: `Answer ${n} ${"of many words ".repeat(12)}` },
  }));
  const choice = { kind: "choice", key: "why", order: "given", options };
  const survey = {
    ...{ key: "long", questions: [{ ...choice, wording: { en: "Why? ".repeat(300) } }] },
  };
  const text = JSON.stringify({ version: 1, surveys: [survey] });
  const tools = [slackTools, discordTools];
  const check = async (where: Settings) => {
    const { problems } = Object(
      onlyJson(await run(["config", "check", "-", "--json"], where, text, tools)),
    );
    return problems.flatMap(({ level, message }: { level: string; message: string }) => {
      const [, platform] = /On (\w+) only \d+ of/u.exec(message) ?? [];
      return platform === undefined ? [] : [`${level} ${platform}`];
    });
  };
  expect(await check({ AFTERTALK_DATA_DIR: file("nowhere") })).toEqual(["warning Discord"]);
  expect(await check(env)).toEqual([]);
  await insertConnection(database.db, workspaceId, { platform: "discord" });
  expect(await check(env)).toEqual(["error Discord"]);
});

test("the JSON Schema is printed for editors", async () => {
  const { code, stdout } = await config(["schema"]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ title: "aftertalk configuration" });
});
