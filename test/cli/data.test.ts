import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { createLog } from "../../src/log.ts";
import { openDatabase } from "../../src/store/database.ts";
import { createOpener } from "../support/database.ts";
import {
  createDataFolder,
  createFolder,
  createStarter,
  onlyJson,
  run as runCommand,
} from "./support.ts";

const start = createStarter();
const folder = createFolder();
const open = createOpener("postgres");
const AT = "2026-10-01T10:00:00Z";

/** A database of its own for each group, so that their order does not matter. */
function createCli(name: string) {
  const settings = {
    AFTERTALK_DATA_DIR: join(folder, name),
    AFTERTALK_TIME_ZONE: "Europe/Berlin",
    AFTERTALK_COMPANY: "Blue Harbour",
    DATABASE_URL: "",
  };
  beforeAll(async () => {
    const database = await open();
    settings.DATABASE_URL = database.databaseUrl ?? "";
    await database.db.deleteFrom("workspaces").execute();
    mkdirSync(settings.AFTERTALK_DATA_DIR, { mode: 0o700 });
  });
  const file = (content: string | Uint8Array, called = "answers.csv"): string => {
    const path = join(folder, `${name}-${called}`);
    writeFileSync(path, content);
    return path;
  };
  const run = (args: string[], input?: string) => runCommand(args, settings, input);
  return { settings, file, run };
}

describe("import and summary", () => {
  const { run, file } = createCli("import");
  const good = file(
    [
      "metric,score,answered_at,person",
      `nps,10,${AT},ada`,
      `nps,9,${AT},bob`,
      `nps,9,${AT},eve`,
      `nps,7,${AT},joe`,
      `nps,2,${AT},kim`,
    ].join("\n"),
  );

  test("a file is imported, a second time nothing of it, and the summary says it", async () => {
    const first = await run(["import", good]);
    expect(first.stderr).toBe("");
    expect(first.stdout).toMatch(/^Imported 5 answers \([\d,]+ rows\/s\)\.\n$/);
    expect(first.code).toBe(0);
    const second = await run(["import", good, "--json"]);
    expect(onlyJson(second)).toEqual({
      file: good,
      rows: 5,
      imported: 0,
      already: 5,
      forgotten: 0,
      bad: 0,
      complete: true,
      problems: [],
      skippedTo: null,
    });
    const summary = await run(["summary", "nps", "2026-10", "--json"]);
    expect(onlyJson(summary)).toMatchObject({
      metric: "nps",
      n: 5,
      score: 40,
      period: { start: "2026-10-01T00:00:00+02:00", timeZone: "Europe/Berlin" },
    });
    const card = await run(["summary", "nps", "2026-10"]);
    expect(card.stdout).toContain("NPS +40");
    expect(card.stdout).toContain("Promoters");
    expect(card.stderr).toBe("");
  });

  test("a wrong period is wrong usage, with the nearest one and examples", async () => {
    const { code, stdout, stderr } = await run(["summary", "nps", "lasst", "week"]);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain("last week");
    expect(stderr).toContain("2026-10-01..2026-10-31".slice(0, 4));
    const json = await run(["summary", "nps", "2026-13", "--json"]);
    expect(json.code).toBe(2);
    expect(onlyJson(json)).toMatchObject({ error: { code: "usage" } });
  });

  test("standard input is a file called -", async () => {
    const input = `metric,score,answered_at\ncsat,5,${AT}\n`;
    const result = await run(["import", "-", "--json"], input);
    expect(onlyJson(result)).toMatchObject({ imported: 1 });
  });

  test("bad rows are told with line and reason, twenty of them, and nothing is imported", async () => {
    const bad = Array.from({ length: 25 }, (_, i) => `nps,${50 + i},${AT}`);
    const path = file(["metric,score,answered_at", `nps,1,${AT}`, ...bad].join("\n"), "bad.csv");
    const { code, stdout, stderr } = await run(["import", path]);
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain("Line 3: score must be a whole number from 0 to 10 for nps.");
    expect(stderr.match(/^Line \d+:/gm)).toHaveLength(20);
    expect(stderr).toContain("… and 5 more bad rows.");
    expect(stderr).toContain("Nothing was imported: 25 of 26 rows cannot be used.");
    const json = await run(["import", path, "--json"]);
    expect(json.code).toBe(1);
    const result = onlyJson(json);
    expect(result).toMatchObject({ rows: 26, imported: 0, bad: 25 });
    expect(result).toHaveProperty("problems.length", 25);
  });

  test("bad rows can be set aside, mended and imported", async () => {
    const path = file(
      `metric,comment,score,answered_at\nces,"two, words",9,${AT}\nces,ok,7,${AT}\nces,short\n`,
      "mixed.csv",
    );
    const aside = join(folder, "aside.csv");
    const first = await run(["import", path, "--skip-bad", aside]);
    expect(first.code).toBe(0);
    expect(first.stdout).toContain("Imported 1 answer");
    expect(first.stdout).toContain("2 bad rows are in");
    const written = readFileSync(aside, "utf8");
    expect(written.split("\r\n")).toEqual([
      "metric,comment,score,answered_at,reason",
      `ces,"two, words",9,${AT},score must be a whole number from 1 to 7 for ces`,
      'ces,short,,,"it has 2 columns, the header has 4"',
      "",
    ]);
    expect(statSync(aside).mode & 0o777).toBe(0o600);
    const again = await run(["import", path, "--skip-bad", aside]);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain("is there already");

    writeFileSync(aside, written.replace(",9,", ",6,").replace("short,,,", `short,5,${AT},`));
    const mended = await run(["import", aside, "--json"]);
    expect(onlyJson(mended)).toMatchObject({ imported: 2, bad: 0 });
  });

  test("N8 what is no CSV is refused with a plain message, and leaves no file behind", async () => {
    const bombs = [
      file(Buffer.from([0x50, 0x4b, 0x03, 0x04, ...Array(99).fill(0)]), "book.csv"),
      file(Buffer.from("metric,score,answered_at\n", "utf16le"), "utf16.csv"),
      file(`metric,score,answered_at\nnps,x,${AT}\nnps,9,"${"x".repeat(200_000)}`, "quote.csv"),
      file("metrik;score;answered_at\n", "semicolon.csv"),
      file("", "empty.csv"),
      join(folder, "not-there.csv"),
      folder,
    ];
    const aside = join(folder, "never.csv");
    for (const bomb of bombs) {
      const result = await run(["import", bomb, "--skip-bad", aside, "--json"]);
      expect(result.code, bomb).toBe(1);
      expect(onlyJson(result)).toMatchObject({ error: { code: "bad-input" } });
      expect(result.stderr).toContain("What to do:");
      expect(result.stderr).not.toMatch(/^\s+at /m);
      expect(existsSync(aside)).toBe(false);
    }
  });
});

describe("sample data and schema", () => {
  const { run } = createCli("seed");

  test("migrations are listed and applied", async () => {
    const status = await run(["migrate", "status", "--json"]);
    expect(onlyJson(status)).toMatchObject({
      applied: expect.arrayContaining(["0001_house"]),
      pending: [],
      unknown: [],
    });
    expect(await run(["migrate"])).toMatchObject({
      code: 0,
      stdout: "The database is up to date.\n",
    });
  });

  test("sample data is added once, shown, and removed", async () => {
    const added = await run(["seed", "--weeks", "3", "--json"]);
    expect(onlyJson(added)).toMatchObject({ kind: "added" });
    const again = await run(["seed"]);
    expect(again.code).toBe(0);
    expect(again.stdout).toContain("there already");
    const summary = await run(["summary", "nps", "30d", "--json"]);
    expect(onlyJson(summary)).toMatchObject({ metric: "nps", shown: true });
    expect((await run(["seed", "--remove"])).stdout).toContain("is gone");
    expect(onlyJson(await run(["seed", "--remove", "--json"]))).toEqual({ kind: "none" });
    expect(onlyJson(await run(["summary", "nps", "all", "--json"]))).toMatchObject({
      n: 0,
      score: null,
    });
  });
});

describe("doctor", () => {
  const { run, settings } = createCli("doctor");

  test("finds nothing wrong with a healthy installation", async () => {
    const result = await run(["doctor", "--json"]);
    expect(result.code).toBe(0);
    expect(result.stderr).toBe("");
    expect(onlyJson(result)).toMatchObject({ ok: true });
    for (const check of [
      "settings",
      "data folder",
      "free space",
      "database",
      "schema",
      "job queue",
      "deliveries",
      "pictures",
    ]) {
      expect(result.stdout).toContain(`"check":"${check}","ok":true`);
    }
  });

  test("says what is wrong and how to mend it", async () => {
    const secret = join(settings.AFTERTALK_DATA_DIR, "secret");
    writeFileSync(secret, "x".repeat(64));
    chmodSync(secret, 0o644);
    chmodSync(settings.AFTERTALK_DATA_DIR, 0o755);
    const { code, stdout } = await run(["doctor"]);
    expect(code).toBe(1);
    expect(stdout).toContain("problem  data folder: other users");
    expect(stdout).toContain("What to do: Run: chmod 700");
    expect(stdout).toContain("problem  secret: other users");
    chmodSync(settings.AFTERTALK_DATA_DIR, 0o700);
    rmSync(secret);
  });

  test("goes on with what can be checked when the settings or the database are wrong", async () => {
    const bad = await runCommand(["doctor"], { ...settings, PORT: "x" });
    expect(bad.code).toBe(1);
    expect(bad.stdout).toContain("problem  settings: A setting is not usable");
    expect(bad.stdout).toContain("ok       pictures");
    const away = { ...settings, DATABASE_URL: "postgres://me:hunter2@127.0.0.1:1/none" };
    const { code, stdout } = await runCommand(["doctor"], away);
    expect(code).toBe(1);
    expect(stdout).toContain(
      "problem  database: The database at 127.0.0.1:1/none cannot be reached",
    );
    expect(stdout).not.toContain("hunter2");
  });
});

describe("with the embedded database", () => {
  const settings = { AFTERTALK_DATA_DIR: createDataFolder(folder, "embedded") };

  test("a file is imported and summed up", async () => {
    const text = `metric,score,answered_at\ncsat,5,${AT}\ncsat,1,${AT}\n`;
    expect(onlyJson(await runCommand(["import", "-", "--json"], settings, text))).toMatchObject({
      imported: 2,
    });
    const summary = await runCommand(["summary", "csat", "all", "--json"], settings);
    expect(onlyJson(summary)).toMatchObject({ n: 2, score: 50 });
  });

  test("while another process has the data, a command says who, and ends with its own code", async () => {
    const holder = await openDatabase({
      dataFolder: settings.AFTERTALK_DATA_DIR,
      log: createLog("warn"),
    });
    try {
      const refused = await start(["summary", "nps"], settings).finished;
      expect(refused).toMatchObject({ code: 3, stdout: "" });
      expect(refused.stderr).toContain(`process ${process.pid}`);
      const doctor = await start(["doctor"], settings).finished;
      expect(doctor.code).toBe(0);
      expect(doctor.stdout).toContain(`process ${process.pid}`);
    } finally {
      await holder.close();
    }
  });
});
