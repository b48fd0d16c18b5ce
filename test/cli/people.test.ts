import { readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { defaultSettings, flatten } from "../../src/store/settings.ts";
import { createOpener } from "../support/database.ts";
import { insertConnection } from "../support/database-rows.ts";
import { createDataFolder, createFolder, onlyJson, run as runCommand } from "./support.ts";

const folder = createFolder();
const openServer = createOpener("postgres");
const AT = "2026-10-01T10:00:00Z";
const NOBODY = "00000000-0000-7000-8000-000000000000";

/** Both databases are the store's matter, and have its tests: here each command opens its own. */
describe("people on the command line", () => {
  const settings = { AFTERTALK_DATA_DIR: createDataFolder(folder, "people"), DATABASE_URL: "" };
  const run = (args: string[], input?: string) => runCommand(args, settings, input);
  let connect: () => Promise<void>;
  beforeAll(async () => {
    const database = await openServer();
    await database.db.deleteFrom("workspaces").execute();
    settings.DATABASE_URL = database.databaseUrl ?? "";
    connect = async () => {
      const { id } = await database.db
        .selectFrom("workspaces")
        .select("id")
        .executeTakeFirstOrThrow();
      await insertConnection(database.db, id);
    };
    const rows = ["ada,canary-words", "bob,fine", "eve,"].map((row) => `nps,9,${AT},${row}`);
    const text = ["metric,score,answered_at,person,comment", ...rows].join("\n");
    expect((await run(["import", "-"], text)).code).toBe(0);
  });

  test("somebody is shown with how much is kept", async () => {
    const { code, stdout } = await run(["person", "show", "import:ada"]);
    expect(code).toBe(0);
    expect(stdout).toContain("import:ada in ");
    expect(stdout).toContain("2 answers");
    expect(stdout).not.toContain("canary");
  });

  test("the teams that somebody sees are set, and shown with them", async () => {
    const set = await run(["person", "teams", "import:bob", "Billing, Refunds"]);
    expect(set.stdout).toContain('no chat has named a team "Billing" so far');
    expect(set.stdout).toContain("only: Billing, Refunds.");
    const shown = await run(["person", "show", "import:bob"]);
    expect(shown.stdout).toContain("only: Billing, Refunds.");
    expect((await run(["person", "teams", "import:bob", " , "])).stderr).toContain("or type all");
  });

  test("nobody, and a wrong id, are told with how people are named", async () => {
    for (const who of ["import:nobody", NOBODY, "ada"]) {
      const { code, stderr } = await run(["person", "show", who]);
      expect(code).toBe(1);
      expect(stderr).toContain("Nobody is known by that.");
      expect(stderr).toContain("PLATFORM:USER-ID");
    }
    const wrong = await run(["person", "unmerge", NOBODY]);
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain("What to do:");
  });

  test("P11 an export is everything about them and nobody else, in a file for its owner only", async () => {
    const file = join(folder, "ada.json");
    expect((await run(["person", "export", "import:ada", file])).code).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const exported = readFileSync(file, "utf8");
    expect(exported).toContain("canary-words");
    expect(exported).not.toContain("bob");
    const again = await run(["person", "export", "import:ada", file]);
    expect(again.code).toBe(1);
    expect(readFileSync(file, "utf8")).toBe(exported);
    const json = onlyJson(await run(["person", "export", "import:ada", "--json"]));
    expect(json).toMatchObject({ format: "aftertalk-own-data-1" });
  });

  test("two are made one and two again", async () => {
    const merged = await run(["person", "merge", "import:bob", "import:eve", "--json"]);
    const { mergeId } = onlyJson(merged) as { mergeId: string };
    const shown = await run(["person", "show", "import:eve"]);
    expect(shown.stdout).toContain("import:bob in ");
    const same = await run(["person", "merge", "import:bob", "import:eve"]);
    expect(same.stdout).toContain("one person already");
    expect((await run(["person", "unmerge", mergeId])).stdout).toContain("as they were before");
    const apart = await run(["person", "show", "import:eve"]);
    expect(apart.stdout).not.toContain("import:bob");
    expect((await run(["person", "unmerge", mergeId])).stdout).toContain("taken back before");
  });

  test("whoever cannot be asked has to be sure: nothing is erased without --yes", async () => {
    const { code, stderr } = await run(["person", "erase", "import:ada"]);
    expect(code).toBe(1);
    expect(stderr).toContain("add --yes");
    expect((await run(["person", "show", "import:ada"])).code).toBe(0);
  });

  test("P1 erased they are gone, their score is a number, and the ledger's file knows them", async () => {
    const { code, stdout } = await run(["person", "erase", "import:ada", "--yes"]);
    expect(code).toBe(0);
    expect(stdout).toContain("Everything that was kept here about them is erased.");
    expect((await run(["person", "show", "import:ada"])).code).toBe(1);
    const lines = readFileSync(join(settings.AFTERTALK_DATA_DIR, "forgotten.jsonl"), "utf8");
    // As they were imported, and as exported files call them.
    expect(lines).toMatch(
      /^\n(\{"ledger":"[\w-]{16}","workspace":\d+,"hash":"[\w-]{43}",.*\}\n){2}$/,
    );
    expect(lines).not.toContain("ada");
    const summary = await run(["summary", "nps", "2026-10", "--json"]);
    expect(onlyJson(summary)).toMatchObject({ n: 3 });
    const listed = onlyJson(await run(["person", "erasures", "--json"]));
    expect(listed).toMatchObject({ erasures: [{ requestedBy: "operator", open: 0 }] });
  });

  test("the digest is printed, and posted once where something is connected", async () => {
    const shown = await run(["digest"]);
    expect(shown.code).toBe(0);
    expect(shown.stdout).toContain("Weekly digest");
    const nowhere = await run(["digest", "--post"]);
    expect(nowhere.code).toBe(1);
    expect(nowhere.stderr).toContain("Nothing is connected");
    await connect();
    const posted = onlyJson(await run(["digest", "--post", "--json"]));
    expect(posted).toMatchObject({ posted: [{ connection: "playground Acme", posted: true }] });
    const again = await run(["digest", "--post"]);
    expect(again.code).toBe(0);
    expect(again.stderr).toContain("playground Acme: it was posted there before.");
  });

  test("settings are shown and changed, all or none, and a wrong one has the nearest right one", async () => {
    const shown = await run(["workspace", "show"]);
    expect(shown.stdout).toContain("retention.textsDays=180");
    expect(shown.stdout).toContain("hours.days=1,2,3,4,5");
    const changed = await run([
      ...["workspace", "set", "retention.textsDays=90", "hours.days=1,2,3", "hours.to=18:30"],
      ...["accounts.byEmailDomain=on", "promise=totals", "--json"],
    ]);
    expect(onlyJson(changed)).toMatchObject({
      settings: {
        "retention.textsDays": 90,
        "retention.answersDays": 1095,
        "hours.days": [1, 2, 3],
        "hours.to": "18:30",
        "accounts.byEmailDomain": true,
        promise: "totals",
      },
    });
    for (const [pair, hint] of [
      ["retention.textDays=90", "Did you mean retention.textsDays?"],
      ["retention.textsDays=0", "retention.textsDays"],
      ["retention.textsDays=soon", "retention.textsDays"],
      ["hours.to=25:00", "hours.to"],
      ["hours.from=19:00", "hours"],
      ["promise=secret", "promise"],
      ["promise", "no setting"],
      ["hours.holidays=2026-02-30", "days as 2026-12-25, or as 12-25"],
      ["hours.holidays=2026-12-25,13-01", "days as 2026-12-25, or as 12-25"],
      ["asking.from=18:00", "the hours end after they begin"],
      ["asking.days=8", "1 (Monday) to 7 (Sunday)"],
      ["asking.days=", "1 (Monday) to 7 (Sunday)"],
      ["asking.stopped=perhaps", "asking.stopped"],
      ["digest.day=monday", "1 (Monday) to 7 (Sunday)"],
      ["digest.time=9", "a time as 09:00"],
      ["digest.channel=general", "by its id as slack:C0123456789"],
      ["digest.channel=slack:C0123456789", "connected are: "],
      ["churn.points=silent", "points as silent:2"],
      ["churn.points=silent:11", "points as silent:2"],
      ["churn.points=score-low:3", "follow-up-late"],
      ["churn.provenOn=yesterday", "a day as 2026-12-25"],
      ["targets.csat=-1", "a target as 40"],
    ]) {
      const wrong = await run(["workspace", "set", "retention.answersDays=10", pair ?? ""]);
      expect(wrong.code, pair).toBe(1);
      expect(wrong.stderr, pair).toContain(hint);
    }
    expect((await run(["workspace", "show"])).stdout).toContain("retention.answersDays=1095");

    const asked = await run([
      ...[
        "workspace",
        "set",
        "hours.holidays=2026-12-25, 01-01",
        "asking.to=20:00",
        "digest.on=off",
      ],
      ...["digest.day=2", "churn.points=silent:2,low-score:3", "churn.silentDays=90"],
      ...["targets.nps=-10", "targets.csat=82.5", "firstReply.withinMinutes=60", "alerts.on=off"],
    ]);
    for (const line of ["targets.nps=-10\n", "targets.csat=82.5\n", "firstReply.withinMinutes=60"])
      expect(asked.stdout).toContain(line);
    for (const line of ["hours.holidays=2026-12-25,01-01", "asking.to=20:00", "digest.on=off"])
      expect(asked.stdout).toContain(line);
    expect(asked.stdout).toContain("churn.points=silent:2,low-score:3");
    const others = await run(["workspace", "set", "churn.points=new-customer:1"]);
    expect(others.stdout).toContain("churn.points=new-customer:1\n");
    const none = await run(["workspace", "set", "churn.points=none", "targets.nps=none"]);
    for (const line of ["churn.points=none", "targets.nps=none", "targets.csat=82.5"])
      expect(none.stdout).toContain(line);
  });
});

test("docs/command-line.md lists every setting of a workspace", () => {
  const page = readFileSync(resolve(import.meta.dirname, "../../docs/command-line.md"), "utf8");
  const [, table = ""] = /## Settings of a workspace\n([\s\S]*?)\n## /.exec(page) ?? [];
  const listed = [...table.matchAll(/`([A-Za-z]+(?:\.[A-Za-z]+)?)`(?=[,\s].*\|)/g)].map(
    ([, key]) => key,
  );
  expect(listed.sort()).toEqual(Object.keys(flatten(defaultSettings)).sort());
});
