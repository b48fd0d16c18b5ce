import { spawn } from "node:child_process";
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { hasCode } from "../../src/errors.ts";
import { lockFolder } from "../../src/store/folder-lock.ts";
import { describeSelf, type Holder } from "../../src/store/folder-lock-holder.ts";
import { createRunner } from "../support/programs.ts";

const run = createRunner();
const holdLock = new URL("./programs/hold-lock.ts", import.meta.url);
const shareLock = new URL("./programs/share-lock.ts", import.meta.url);
const raceForLock = new URL("./programs/race-for-lock.ts", import.meta.url);

/** Short, so that a dead holder elsewhere is found out soon. */
const shortTimes = { touch: 20, stale: 300, watch: 100 };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "aftertalk-lock-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const take = (times?: typeof shortTimes) => lockFolder(folder, unexpectedLoss, times);

function unexpectedLoss(error: Error): void {
  throw error;
}

function writeHolder(generation: number, changes: Partial<Holder>): string {
  const file = join(folder, `lock.${generation}`);
  writeFileSync(file, JSON.stringify({ ...describeSelf(), ...changes }));
  return file;
}

test("S5 a second process is refused 100 times of 100, and told whom to stop", async () => {
  const holder = run(holdLock, folder);
  expect(await holder.line()).toBe("held");
  for (let attempt = 0; attempt < 100; attempt++) {
    const refusal = await take().catch((error: unknown) => error);
    if (!hasCode(refusal, "data-in-use")) throw new Error("not refused", { cause: refusal });
    expect(refusal.message).toContain(`process ${holder.process.pid} `);
    expect(refusal.advice).toMatch(/Stop that process/);
  }
});

test("S5 the same process is refused a second lock, too", async () => {
  const lock = await take();
  await expect(take()).rejects.toThrow(`process ${process.pid} `);
  await lock.release();
});

test("S5 the lock of a killed process is taken over", async () => {
  const holder = run(holdLock, folder);
  await holder.line();
  await holder.kill();
  const lock = await take();
  await lock.release();
});

test.runIf(process.platform === "linux")(
  "S5 the lock of a killed process is taken over though its parent has not looked yet",
  async () => {
    // The shell becomes `sleep`, which never asks after its children.
    const command = `"$0" "$1" "$2" & echo $!; exec sleep 60`;
    const parent = spawn("sh", ["-c", command, process.execPath, fileURLToPath(holdLock), folder]);
    const lines = createInterface({ input: parent.stdout })[Symbol.asyncIterator]();
    const pid = Number((await lines.next()).value);
    expect((await lines.next()).value).toBe("held");
    try {
      process.kill(pid, "SIGKILL");
      // Its threads end one after another; until the last of them is gone it counts as alive.
      const lock = await vi.waitFor(() => take(), 20_000);
      expect(readFileSync(`/proc/${pid}/stat`, "utf8")).toContain(") Z ");
      await lock.release();
    } finally {
      parent.kill("SIGKILL");
    }
  },
);

test("S5 a process that merely has the dead holder's number is no holder", async () => {
  writeHolder(4, { processStart: "1" });
  const lock = await take();
  expect(readdirSync(folder)).toEqual(["lock.5"]);
  await lock.release();
});

test("S5 of eight processes that want a dead holder's lock exactly one gets it", async () => {
  const folders = Array.from({ length: 30 }, () => mkdtempSync(join(folder, "round-")));
  for (const [index, round] of folders.entries()) {
    const dead = JSON.stringify({ ...describeSelf(), processStart: "1" });
    if (index % 3 > 0) writeFileSync(join(round, `lock.${index}`), dead);
  }
  const start = String(Date.now() + 2_500);
  const racers = Array.from({ length: 8 }, () => run(raceForLock, start, "50", ...folders));
  const wins = await Promise.all(racers.map(async (racer) => JSON.parse(await racer.line())));
  await Promise.all(racers.map((racer) => racer.kill()));
  expect(wins.flat().sort()).toEqual([...folders].sort());
});

test("S5 of eight processes that take and release in turn never two hold the lock", async () => {
  const sharers = Array.from({ length: 8 }, () => run(shareLock, folder, "25"));
  const shared = await Promise.all(sharers.map((each) => each.line()));
  expect(shared).toEqual(Array.from({ length: 8 }, () => "0"));
  expect(readdirSync(folder)).toEqual([`lock.${8 * 25}`]);
});

test("a released lock can be taken again, as often as one likes", async () => {
  for (let round = 1; round <= 20; round++) {
    const lock = await take();
    expect(readdirSync(folder)).toEqual([`lock.${round}`]);
    await lock.release();
    expect(readdirSync(folder)).toEqual([`lock.${round}`]);
  }
});

test("a lock file that says nothing is respected while somebody touches it", async () => {
  const file = join(folder, "lock.7");
  writeFileSync(file, "{ not ours");
  const touching = setInterval(() => utimesSync(file, new Date(), new Date()), 20);
  await expect(take(shortTimes)).rejects.toThrow("in use");
  clearInterval(touching);
  const lock = await take(shortTimes);
  expect(readdirSync(folder)).toEqual(["lock.8"]);
  await lock.release();
});

test("a holder on another machine is respected while its file is touched", async () => {
  const file = writeHolder(3, { boot: "another", host: "elsewhere", pid: 1 });
  const touching = setInterval(() => utimesSync(file, new Date(), new Date()), 20);
  await expect(take(shortTimes)).rejects.toThrow("process 1 on elsewhere");
  clearInterval(touching);
});

test("a holder in another container is taken over when its file is left alone", async () => {
  writeHolder(3, { pidNamespace: "another" });
  const lock = await take(shortTimes);
  expect(readdirSync(folder)).toEqual(["lock.4"]);
  await lock.release();
});

test("a file as old as the hills is still watched before it is taken over", async () => {
  const file = writeHolder(3, { boot: "another" });
  utimesSync(file, 1_000, 1_000);
  const touching = setTimeout(() => utimesSync(file, 2_000, 2_000), shortTimes.watch / 2);
  await expect(take(shortTimes)).rejects.toThrow("in use");
  clearTimeout(touching);
});

test("a file from the future does not keep anybody waiting for it", async () => {
  const file = writeHolder(3, { boot: "another" });
  utimesSync(file, 9_999_999_999, 9_999_999_999);
  const lock = await take(shortTimes);
  await lock.release();
});

test("a holder shows that it lives", async () => {
  const lock = await take(shortTimes);
  const file = join(folder, "lock.1");
  utimesSync(file, 1_000, 1_000);
  await expect.poll(() => statSync(file).mtimeMs).toBeGreaterThan(2_000_000);
  await lock.release();
});

test("whoever loses the lock is told", async () => {
  const onLost = vi.fn();
  await lockFolder(folder, onLost, shortTimes);
  writeHolder(2, {});
  await expect.poll(() => onLost.mock.calls).toHaveLength(1);
  expect(onLost.mock.lastCall?.[0].message).toContain("was taken away");
});

test("whoever finds the own lock file removed has lost it", async () => {
  const onLost = vi.fn();
  await lockFolder(folder, onLost, shortTimes);
  rmSync(join(folder, "lock.1"));
  await expect.poll(() => onLost.mock.calls).toHaveLength(1);
});

test("what a killed taker left behind is tidied away", async () => {
  writeFileSync(join(folder, "lock.draft-1"), "");
  const lock = await take();
  expect(readdirSync(folder)).toEqual(["lock.1"]);
  await lock.release();
});
