import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { createOpener } from "../support/database.ts";
import { createFolder, onlyJson, run, type Settings } from "./support.ts";

const folder = createFolder();
let env: Settings;
const schedules = (args: readonly string[], input = "") => run(["schedules", ...args], env, input);
const file = (name: string) => join(folder, name);

// Many commands, and a server is opened sooner than a folder.
const openDatabase = createOpener("postgres");
beforeAll(async () => {
  const { db, databaseUrl = "" } = await openDatabase();
  await db.updateTable("workspaces").set({ time_zone: "Europe/Paris" }).execute();
  env = { AFTERTALK_DATA_DIR: folder, DATABASE_URL: databaseUrl };
});

test("a workspace has the standard schedules, of which the one after a chat is on", async () => {
  const { code, stdout } = await schedules(["list"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^after-chat +on +Asks “after-chat” 15 minutes after a chat is closed\.$/m,
  );
  expect(stdout).toMatch(
    /^relationship +paused +A programme that begins as soon as somebody joins: …$/m,
  );
  expect(stdout.trim().split("\n")).toHaveLength(7);
});

test("a schedule is switched on, shown, and off again; a name that is not there has the next one", async () => {
  const on = await schedules(["on", "still-solved"]);
  expect(on.stdout).toMatch(
    /^still-solved: on since .* Europe\/Paris, version 1, kind still-solved$/m,
  );
  expect(on.stdout).toContain("  Asks “still-solved” 3 days after a chat is closed.");
  const again = await schedules(["on", "still-solved"]);
  expect(again.stderr).toContain("It was on already: nothing was changed.");
  const off = await schedules(["off", "still-solved", "--json"]);
  expect(onlyJson(off)).toMatchObject({ name: "still-solved", state: "paused", version: 1 });
  const wrong = await schedules(["on", "still-solve"]);
  expect(wrong).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("Did you mean still-solved?"),
  });
});

test("what is exported changes nothing when it is applied, and is never written over a file", async () => {
  expect((await schedules(["export", file("all.yaml")])).code).toBe(0);
  const same = await schedules(["apply", file("all.yaml"), "--prune"]);
  expect(same.stdout).toBe("There is nothing to change: 7 schedules are as the file has them.\n");
  const onto = await schedules(["export", file("all.yaml")]);
  expect(onto.code).toBe(1);
  const { stdout } = await schedules(["export"]);
  expect(stdout).toBe(readFileSync(file("all.yaml"), "utf8"));
});

const pulse = `schedules:
  - name: pulse
    state: on
    kind: other
    survey: relationship-nps
    trigger: { on: cron, cron: 30 2 * * 1, timeZone: America/New_York }
    audience: { tags: [vip] }
  - name: still-solved
    kind: still-solved
    survey: still-solved
    trigger: { on: chat-closed, delay: 5d }
    limits: { remindAfter: null }
`;

test("a file is shown as differences, then applied as a whole, then changes nothing more", async () => {
  const dry = await schedules(["apply", "-", "--dry-run"], pulse);
  expect(dry.code).toBe(0);
  expect(dry.stdout).toContain("pulse: new, on\n  + name: pulse\n  + kind: other\n");
  expect(dry.stdout).toContain("still-solved\n  trigger.delay: 3d → 5d\n");
  expect(dry.stdout).toContain("exit: not in the file, left as it is (--prune archives it)");
  expect(dry.stdout).toMatch(/2 would change\. Nothing was changed\.\n$/);
  expect((await schedules(["show", "pulse"])).code).toBe(1);

  const applied = await schedules(["apply", "-"], pulse);
  expect(applied.stdout).toMatch(/2 changed\.\n$/);
  const shown = onlyJson(await schedules(["show", "pulse", "--json"]));
  expect(shown).toMatchObject({ state: "on", version: 1, nextAt: expect.stringMatching(/Z$/) });
  const again = onlyJson(await schedules(["apply", "-", "--json"], pulse));
  expect(again).toMatchObject({ applied: false, changes: [] });
});

test("history tells each version, when, by whom, and what it changed", async () => {
  const { stdout } = await schedules(["history", "still-solved"]);
  expect(stdout).toMatch(
    /^version 1, .* Europe\/Paris, by aftertalk\nversion 2, .*, by operator\n {2}trigger\.delay: 3d → 5d\n$/,
  );
});

test("a file with problems changes nothing, and every one of them is told with its line", async () => {
  const bad = pulse.replace("5d", "6 days").replace("America/New_York", "America/New_Yrok");
  writeFileSync(file("bad.yaml"), bad);
  const { code, stderr } = await schedules(["apply", file("bad.yaml")]);
  expect(code).toBe(1);
  expect(stderr).toContain(
    'bad.yaml:6:54 pulse: trigger.timeZone: "America/New_Yrok" is not a time zone',
  );
  expect(stderr).toContain("bad.yaml:11:40 still-solved: trigger.delay: a length of time as");
  expect(stderr).toContain("Nothing was changed: the file has 2 problems.");
  const json = onlyJson(await schedules(["apply", file("bad.yaml"), "--json"]));
  expect(json).toMatchObject({
    error: { code: "bad-input", problems: [{ line: 6 }, { line: 11 }] },
  });
  const missing = await schedules(["apply", file("none.yaml")]);
  expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining("is not there") });
});

test("what is not in the file is archived with --prune, and comes back with the file", async () => {
  const pruned = await schedules(["apply", "-", "--prune"], pulse);
  expect(pruned.stdout).toContain("after-chat: on → archived");
  expect((await schedules(["list"])).stdout).toMatch(/^after-chat +archived /m);
  const back = await schedules(["apply", file("all.yaml")]);
  expect(back.stdout).toContain("after-chat: archived → on");
  expect(back.stdout).toContain("pulse: not in the file, left as it is");
});
