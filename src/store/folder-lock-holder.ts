/** Who holds a lock, and whether they still live. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { z } from "zod";

const holderShape = z.object({
  state: z.literal("held"),
  pid: z.int().positive(),
  /** When the process started, as the system says it: a reused pid has another. */
  processStart: z.string(),
  /** Changes when the machine starts; pids before and after have nothing in common. */
  boot: z.string(),
  /** Containers on one machine count pids each for themselves. */
  pidNamespace: z.string(),
  host: z.string(),
  since: z.iso.datetime(),
});

/** What stands in the lock file of somebody who holds it. */
export type Holder = z.infer<typeof holderShape>;

/** The content of a released lock. */
export const released = { state: "released" } as const;

const contentShape = z.discriminatedUnion("state", [
  holderShape,
  z.object({ state: z.literal("released") }),
]);

export type LockContent = z.infer<typeof contentShape>;

/** Reads the text of a lock file; undefined when it is not one of ours. */
export function parseLock(text: string): LockContent | undefined {
  try {
    return contentShape.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** This process as a holder. */
export function describeSelf(): Holder {
  return {
    state: "held",
    pid: process.pid,
    processStart: inspect(process.pid)?.start ?? "",
    boot: readBoot(),
    pidNamespace: readPidNamespace(),
    host: hostname(),
    since: new Date().toISOString(),
  };
}

/** True when both count the same processes, so that `isAlive` can tell. */
export function sharesProcesses(holder: Holder, self: Holder): boolean {
  return holder.boot === self.boot && holder.pidNamespace === self.pidNamespace;
}

/** Whether the process that wrote `holder` still runs; only for one that shares our processes. */
export function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: there is such a process and it belongs to somebody else.
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  const found = inspect(holder.pid);
  if (!found) return true;
  return !found.ended && (holder.processStart === "" || found.start === holder.processStart);
}

interface ProcessFacts {
  readonly start: string;
  /**
   * Killed, but its parent has not looked yet. While other threads of it are still ending, one may
   * be in the middle of a write: such a process has not ended.
   */
  readonly ended: boolean;
}

/** What the system says about a process; undefined when it cannot be asked. */
function inspect(pid: number): ProcessFacts | undefined {
  return process.platform === "linux" ? readProc(pid) : askPs(pid);
}

function readProc(pid: number): ProcessFacts | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // Fields of proc(5) from the third on; the second, the name, may hold spaces and brackets.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const ended = fields[0] === "Z" && readdirSync(`/proc/${pid}/task`).length <= 1;
    return { start: fields[19] ?? "", ended };
  } catch {
    return undefined;
  }
}

function askPs(pid: number): ProcessFacts | undefined {
  try {
    const columns = ["-o", "state=", "-o", "lstart=", "-p", String(pid)];
    const [state = "", ...start] = execFileSync("ps", columns, { encoding: "utf8" })
      .trim()
      .split(/\s+/);
    return { start: start.join(" "), ended: state.startsWith("Z") };
  } catch {
    return undefined;
  }
}

function readBoot(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    // Without a boot id the host's name has to do: the process's start time tells boots apart.
    return `host:${hostname()}`;
  }
}

function readPidNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}
