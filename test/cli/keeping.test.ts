import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { createOpener } from "../support/database.ts";
import { runOn } from "../support/postgres.ts";
import { createFolder, onlyJson, run as runCommand } from "./support.ts";

const folder = createFolder();
const openServer = createOpener("postgres");
const AT = "2026-10-01T10:00:00Z";
const oldSecret = "a secret of at least thirty-two characters";
const newSecret = "another secret of thirty-two characters!";

const endSessions = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and application_name = 'aftertalk'`;

describe("backups and secrets on the command line", () => {
  const settings = {
    AFTERTALK_DATA_DIR: join(folder, "keeping"),
    AFTERTALK_SECRET: oldSecret,
    AFTERTALK_SECRET_PREVIOUS: "",
    DATABASE_URL: "",
  };
  const run = (args: string[], input?: string) => runCommand(args, settings, input);
  const file = join(folder, "backup.gz");
  beforeAll(async () => {
    const database = await openServer();
    await database.db.deleteFrom("workspaces").execute();
    mkdirSync(settings.AFTERTALK_DATA_DIR, { mode: 0o700 });
    const { databaseUrl = "" } = database;
    settings.DATABASE_URL = databaseUrl;
    // To a restore the test's own sessions look like a service at work.
    await runOn(databaseUrl, endSessions);
    const text = `metric,score,answered_at,person\nnps,9,${AT},ada\nnps,8,${AT},bob\n`;
    expect((await run(["import", "-"], text)).code).toBe(0);
  });

  test("P3 backup, erase, restore: who was forgotten since is gone again", async () => {
    const made = await run(["backup", file]);
    expect(made.code).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await run(["backup", file])).stderr).toContain("is there already");
    expect((await run(["person", "erase", "import:ada", "--yes"])).code).toBe(0);
    expect((await run(["restore", file])).stderr).toContain("--replace");
    const restored = await run(["restore", file, "--replace", "--json"]);
    expect(restored.stderr).toBe("");
    expect(onlyJson(restored)).toMatchObject({ forgottenAgain: 1 });
    expect((await run(["person", "show", "import:ada"])).code).toBe(1);
    expect((await run(["person", "show", "import:bob"])).code).toBe(0);
  });

  test("P8, U9 a changed secret is told; a lost one ends no command that can do without", async () => {
    expect((await run(["secret", "status"])).stdout).toContain("sealed by the current secret");
    settings.AFTERTALK_SECRET = newSecret;
    const lost = await run(["secret", "status"]);
    expect(lost.code).toBe(1);
    expect(lost.stdout).toContain("Sealed by a secret that is not here: ledger.");
    const doctor = await run(["doctor"]);
    expect(doctor.stdout).toContain("problem  sealed secrets: Sealed by a secret that is not here");
    expect((await run(["person", "show", "import:bob"])).code).toBe(0);
    expect((await run(["summary", "nps", "2026-10"])).code).toBe(0);
    const erase = await run(["person", "erase", "import:bob", "--yes"]);
    expect(erase.code).toBe(2);
    expect(erase.stderr).toContain("AFTERTALK_SECRET_PREVIOUS");
    expect(erase.stderr).not.toContain(newSecret);

    settings.AFTERTALK_SECRET_PREVIOUS = oldSecret;
    expect((await run(["secret", "status"])).stdout).toContain("The next start seals it anew");
    expect((await run(["secret", "reset", "--yes"])).stdout).toContain("nothing to reset");
    settings.AFTERTALK_SECRET_PREVIOUS = "";
    expect((await run(["secret", "reset"])).stderr).toContain("2 entries made with the lost one");
    expect(onlyJson(await run(["secret", "reset", "--yes", "--json"]))).toEqual({
      reset: true,
      entries: 2,
    });
    expect((await run(["secret", "status"])).code).toBe(0);
    const older = await run(["restore", file, "--replace"]);
    expect(older.code).toBe(1);
    expect(older.stderr).toContain("who was forgotten would come back");
  });
});
