import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { createLog } from "../../src/log.ts";
import { openEmbedded } from "../../src/store/embedded.ts";
import { fillDataFolder, makeDataFolder } from "../support/database.ts";
import { createRunner, type Program } from "../support/programs.ts";

const run = createRunner();
const writeRows = new URL("./programs/write-rows.ts", import.meta.url);
const firstBoot = new URL("./programs/first-boot.ts", import.meta.url);
const getStuck = new URL("./programs/get-stuck.ts", import.meta.url);
const log = createLog("silent");

/** Several databases are started one after another, perhaps on a busy machine. */
const patient = { timeout: 240_000 };

/** Reads the numbers that `write-rows` acknowledges until it ends; the last one, or 0. */
async function lastAcknowledged(writer: Program): Promise<number> {
  let last = 0;
  try {
    for (;;) last = Number(await writer.line());
  } catch {
    return last;
  }
}

/** What is in the table of `write-rows`: all rows up to `highest`, and none by half? */
async function readRows(dataFolder: string) {
  const database = await openEmbedded({ dataFolder, log });
  const { rows } = await sql<{ rows: number; highest: number; torn: number }>`
    select count(*) as rows, coalesce(max(id), 0) as highest,
      count(*) filter (where half is distinct from id) as torn from rows`.execute(database.db);
  await database.close();
  return rows[0];
}

test(
  "B9 kills while writing lose nothing that was acknowledged and tear no transaction",
  patient,
  async () => {
    const dataFolder = makeDataFolder();
    onTestFinished(() => rmSync(dataFolder, { recursive: true, force: true }));
    for (let cycle = 1; cycle <= 3; cycle++) {
      const delay = Math.floor(Math.random() * 800);
      const writer = run(writeRows, dataFolder);
      const first = Number(await writer.line());
      setTimeout(() => writer.kill(), delay);
      const last = (await lastAcknowledged(writer)) || first;
      await writer.exited();
      const note = `cycle ${cycle}, killed after ${delay} ms, ${last} acknowledged`;
      const found = await readRows(dataFolder);
      expect(found, note).toMatchObject({ torn: 0, rows: found?.highest });
      // One more may have been committed whose acknowledgement the kill cut off.
      expect([last, last + 1], note).toContain(found?.highest);
    }
  },
);

test("B10 a first boot that is killed leaves a folder that boots", patient, async () => {
  const folder = mkdtempSync(join(tmpdir(), "aftertalk-boot-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const dataFolder = join(folder, "deep", "inside");
  for (const moment of ["global/pg_control", "base/5"]) {
    const boot = run(firstBoot, dataFolder);
    while (!existsSync(join(dataFolder, "pglite.making", moment))) await sleep(2);
    await boot.kill();
    expect(existsSync(join(dataFolder, "pglite"))).toBe(false);
  }
  const boot = run(firstBoot, dataFolder);
  expect(await boot.line()).toBe("ready");
  expect(readdirSync(dataFolder)).toEqual(["lock.3", "pglite"]);
  // It holds what people said: for its owner alone.
  expect(statSync(dataFolder).mode & 0o777).toBe(0o700);
});

test("B8 a database that stops answering ends the process with code 75 and a reason", async () => {
  const dataFolder = makeDataFolder();
  onTestFinished(() => rmSync(dataFolder, { recursive: true, force: true }));
  const stuck = run(getStuck, dataFolder, "500");
  expect(await stuck.exited()).toBe(75);
  expect(stuck.complaints()).toMatch(/stopped answering.*Nothing that was acknowledged is lost/);
});

/** A disk of 100 MB; undefined where this user may not have one. */
function mountSmallDisk(folder: string): string | undefined {
  const disk = join(folder, "disk");
  mkdirSync(disk);
  try {
    execFileSync("/bin/mount", ["-t", "tmpfs", "-o", "size=100m", "tmpfs", disk], {
      stdio: "pipe",
    });
  } catch {
    return undefined;
  }
  onTestFinished(() => {
    execFileSync("/bin/umount", ["--lazy", disk]);
  });
  return disk;
}

test(
  "B8 a full disk ends the process with code 75, and nothing acknowledged is lost",
  patient,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "aftertalk-disk-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const disk = mountSmallDisk(folder);
    const dataFolder = join(disk ?? folder, "data");
    mkdirSync(dataFolder);
    fillDataFolder(dataFolder);
    const ballast = join(disk ?? folder, "ballast");
    if (disk) {
      const { bavail, bsize } = statfsSync(disk);
      writeFileSync(ballast, Buffer.alloc(bavail * bsize - 24 * 1024 * 1024));
    }
    // Without a small disk of our own the database is stopped where a full one would stop it.
    const writer = disk ? run(writeRows, dataFolder) : run(writeRows, dataFolder, "100");
    const last = await lastAcknowledged(writer);
    expect(await writer.exited()).toBe(75);
    expect(writer.complaints()).toMatch(
      disk ? /The disk .*is full.*Make room/ : /stopped answering.*has room/,
    );
    expect(last).toBeGreaterThan(0);

    rmSync(ballast, { force: true });
    const found = await readRows(dataFolder);
    expect(found).toMatchObject({ torn: 0, rows: found?.highest });
    expect([last, last + 1]).toContain(found?.highest);
  },
);
