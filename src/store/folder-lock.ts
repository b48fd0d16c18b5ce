/**
 * One process at a time on a data folder: two would silently lose each other's writes.
 *
 * The lock is a file `lock.<generation>`; its holder is whoever made the highest generation, unless
 * that says "released" or its maker is dead. A taker makes the next generation in one step with its
 * whole content (a link fails when the name is there), then looks again: if somebody is higher, it
 * takes its own away and begins anew.
 *
 * Why two never hold it: say A holds g and B holds h > g. The highest generation never falls,
 * because only the holder of a higher one deletes lower ones, and a release keeps its file. So who
 * made g + 1 had read g whole (links are complete) and found A released or dead, which A is not;
 * and who made more than g + 1 stands on somebody who did. A taker so slow that generations passed
 * it can make a low one after its name was deleted again, but then sees the higher one, and leaves.
 */
import { randomUUID } from "node:crypto";
import {
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../errors.ts";
import {
  describeSelf,
  type Holder,
  isAlive,
  type LockContent,
  parseLock,
  released,
  sharesProcesses,
} from "./folder-lock-holder.ts";

export interface FolderLock {
  /** Lets the next one in. */
  release(): Promise<void>;
}

/** Milliseconds. */
interface LockTimes {
  /** How often a holder shows that it lives. */
  readonly touch: number;
  /** A holder whose processes we cannot see is dead when its file is older than this … */
  readonly stale: number;
  /** … and stays untouched for this long, so that a jump of the clock kills nobody. */
  readonly watch: number;
}

const usualTimes: LockTimes = { touch: 2_000, stale: 15_000, watch: 5_000 };

const FILE = /^lock\.(\d+)$/;
const DRAFT_PREFIX = "lock.draft-";

/**
 * Takes the lock of `folder`, which must exist. Throws `data-in-use` when somebody else holds it.
 * `onLost` is called when the lock was lost later on (a person removed the file, a machine slept
 * on a shared folder): the caller must stop writing at once.
 */
export async function lockFolder(
  folder: string,
  onLost: (error: AppError) => void,
  times: LockTimes = usualTimes,
): Promise<FolderLock> {
  const self = describeSelf();
  for (;;) {
    const highest = findHighest(folder);
    if (highest > 0 && !(await isFree(folder, highest, self, times))) continue;
    const mine = highest + 1;
    if (!claim(folder, mine, self)) continue;
    if (findHighest(folder) > mine) {
      rmSync(fileOf(folder, mine), { force: true });
      continue;
    }
    tidy(folder, mine);
    return hold(folder, mine, onLost, times);
  }
}

const fileOf = (folder: string, generation: number) => join(folder, `lock.${generation}`);

function findHighest(folder: string): number {
  const generations = readdirSync(folder).map((name) => Number(FILE.exec(name)?.[1] ?? 0));
  return Math.max(0, ...generations);
}

/** True when released or dead, false when it has to be looked at again; throws when it is held. */
async function isFree(
  folder: string,
  generation: number,
  self: Holder,
  times: LockTimes,
): Promise<boolean> {
  const file = fileOf(folder, generation);
  const content = read(file);
  if (content === "gone") return false;
  if (content?.state === "released") return true;
  if (content && sharesProcesses(content, self)) {
    if (isAlive(content)) throw inUse(folder, content);
    return true;
  }
  if (await staysUntouched(file, times)) return true;
  const later = read(file);
  if (later === "gone" || later?.state === "released") return false;
  throw inUse(folder, later);
}

function read(file: string): LockContent | undefined | "gone" {
  try {
    return parseLock(readFileSync(file, "utf8"));
  } catch (error) {
    return hasSystemCode(error, "ENOENT") ? "gone" : undefined;
  }
}

/** Watches a file until it is touched or has been left alone for so long that its maker is dead. */
async function staysUntouched(file: string, times: LockTimes): Promise<boolean> {
  const first = touchedAt(file);
  if (first === undefined) return false;
  const untilStale = first + times.stale - Date.now();
  // Bounded on both sides, because the clock of the disk's machine may be another one.
  const end = Date.now() + Math.min(times.stale, Math.max(times.watch, untilStale));
  while (Date.now() < end) {
    await sleep(times.watch / 20);
    if (touchedAt(file) !== first) return false;
  }
  return true;
}

function touchedAt(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}

/** Makes the lock file with its whole content in one step; false when somebody was faster. */
function claim(folder: string, generation: number, self: Holder): boolean {
  const draft = writeDraft(folder, self);
  try {
    linkSync(draft, fileOf(folder, generation));
    return true;
  } catch (error) {
    // ENOENT: the holder of a newer generation has tidied our draft away.
    if (hasSystemCode(error, "EEXIST") || hasSystemCode(error, "ENOENT")) return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function writeDraft(folder: string, content: LockContent): string {
  const draft = join(folder, `${DRAFT_PREFIX}${randomUUID()}`);
  writeFileSync(draft, `${JSON.stringify(content)}\n`, { mode: 0o600, flag: "wx" });
  return draft;
}

/** Removes older generations and what takers left behind that were killed. */
function tidy(folder: string, mine: number): void {
  for (const name of readdirSync(folder)) {
    const generation = Number(FILE.exec(name)?.[1] ?? mine);
    if (generation < mine || name.startsWith(DRAFT_PREFIX)) {
      rmSync(join(folder, name), { force: true });
    }
  }
}

function hold(
  folder: string,
  mine: number,
  onLost: (error: AppError) => void,
  times: LockTimes,
): FolderLock {
  const file = fileOf(folder, mine);
  let beat = Promise.resolve();
  let told = false;
  const timer = setInterval(() => {
    beat = isStillOurs(folder, mine).then((ours) => {
      // On a slow disk several looks are under way at once.
      if (ours || told) return;
      told = true;
      clearInterval(timer);
      onLost(lost(folder));
    });
  }, times.touch);
  timer.unref();
  return {
    async release() {
      clearInterval(timer);
      await beat;
      try {
        // Not deleted: the highest generation must never fall.
        renameSync(writeDraft(folder, released), file);
      } catch {
        // A full disk, a folder that is gone: the end of this process releases it as well.
      }
    },
  };
}

async function isStillOurs(folder: string, mine: number): Promise<boolean> {
  try {
    await touch(fileOf(folder, mine));
    return findHighest(folder) === mine;
  } catch (error) {
    // Anything but a missing file may pass (a full disk): the lock is still ours.
    return !hasSystemCode(error, "ENOENT");
  }
}

/** Writes a byte that is there already, so that the time is by the clock of the disk's machine. */
async function touch(file: string): Promise<void> {
  const handle = await open(file, "r+");
  try {
    await handle.write("{", 0);
  } finally {
    await handle.close();
  }
}

function hasSystemCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

function inUse(folder: string, holder: Holder | undefined): AppError {
  const who = holder
    ? `process ${holder.pid} on ${holder.host} since ${holder.since}`
    : "a process that cannot be told";
  return new AppError("data-in-use", `The data in ${folder} is in use by ${who}.`, {
    advice:
      "Stop that process first, or choose another folder with AFTERTALK_DATA_DIR. For several processes at once use PostgreSQL (DATABASE_URL).",
  });
}

function lost(folder: string): AppError {
  return new AppError("data-in-use", `The lock of ${folder} was taken away from this process.`, {
    advice:
      "Start aftertalk again. Keep one process on a data folder, and leave its lock files alone.",
  });
}
