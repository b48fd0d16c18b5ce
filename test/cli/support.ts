/** The command line: in this process, or as a person has it in one of its own. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { afterAll } from "vitest";
import type { PlatformTools } from "../../src/cli/platform-tools.ts";
import { runCommandLine } from "../../src/cli.ts";
import { systemClock } from "../../src/clock.ts";
import { fillDataFolder, makeFolder } from "../support/database.ts";

const main = new URL("../../src/main.ts", import.meta.url).pathname;

export interface Finished {
  /** The exit code; null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly process: ChildProcessWithoutNullStreams;
  readonly finished: Promise<Finished>;
  /** Resolves when what was printed so far matches; rejects when the process ends before. */
  printed(pattern: RegExp): Promise<string>;
}

export type Settings = Readonly<Record<string, string>>;

/** Starts commands as processes, ended at the latest with the test file. Nothing of the environment around the test reaches them but the path. */
export function createStarter(): (args: readonly string[], settings?: Settings) => Running {
  const children: ChildProcessWithoutNullStreams[] = [];
  afterAll(() => {
    for (const child of children) child.kill("SIGKILL");
  });
  return (args, settings = {}) => {
    const { PATH, NODE_COMPILE_CACHE } = process.env;
    const env = { PATH, NODE_COMPILE_CACHE, ...settings };
    const child = spawn(process.execPath, [main, ...args], { env });
    children.push(child);
    return watch(child);
  };
}

function watch(child: ChildProcessWithoutNullStreams): Running {
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    stderr += text;
  });
  child.stdin.on("error", () => {}); // it may end before it has read everything
  const finished = once(child, "close").then(() => ({ code: child.exitCode, stdout, stderr }));
  return {
    process: child,
    finished,
    async printed(pattern) {
      let over = false;
      void finished.then(() => {
        over = true;
      });
      for (;;) {
        if (pattern.test(stdout)) return stdout;
        if (over) throw new Error(`it ended before it printed ${pattern}: ${stderr}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
}

/** Runs one command to its end in this process; `input` is its standard input, `signal` its Ctrl-C. */
export async function run(
  args: readonly string[],
  env: Settings = {},
  input = "",
  tools: readonly PlatformTools[] = [],
  signal: AbortSignal = new AbortController().signal,
): Promise<Finished> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const code = await runCommandLine({
    args,
    env,
    stdin: Readable.from([Buffer.from(input)]),
    stdout,
    stderr,
    clock: systemClock,
    signal,
    start: () => Promise.reject(new Error("not in this process")),
    tools,
  });
  return { code, stdout: readAll(stdout), stderr: readAll(stderr) };
}

function readAll(stream: PassThrough): string {
  return stream.read()?.toString() ?? "";
}

/** A folder for everything a test file writes, gone at its end. */
export function createFolder(): string {
  const folder = makeFolder();
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A data folder with an embedded database that is migrated already, which saves its first start. */
export function createDataFolder(parent: string, name: string): string {
  const dataFolder = join(parent, name);
  mkdirSync(dataFolder, { mode: 0o700 });
  fillDataFolder(dataFolder);
  return dataFolder;
}

/** The one JSON object that standard output holds, and nothing beside it. */
export function onlyJson({ stdout }: Finished): unknown {
  const lines = stdout.split("\n");
  if (lines.length !== 2 || lines[1] !== "") throw new Error(`not one line: ${stdout}`);
  return JSON.parse(lines[0] ?? "");
}
