/** Programs that a test runs as processes of their own, all ended when the test file ends. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

export interface Program {
  readonly process: ChildProcess;
  /** The next line that it prints; rejects when it ends before. */
  line(): Promise<string>;
  /** What it wrote to standard error so far. */
  complaints(): string;
  /** Its exit code, or undefined when a signal ended it. */
  exited(): Promise<number | undefined>;
  /** Ends it as a crash would, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Returns a function that starts `file` (TypeScript) with arguments. */
export function createRunner(): (file: URL, ...args: string[]) => Program {
  const started: Program[] = [];
  afterAll(async () => {
    for (const program of started) await program.kill();
  });
  return (file, ...args) => {
    const program = start(file, args);
    started.push(program);
    return program;
  };
}

function start(file: URL, args: string[]): Program {
  const child = spawn(process.execPath, [fileURLToPath(file), ...args], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exit = once(child, "exit");
  let complaints = "";
  child.stderr.on("data", (chunk) => {
    complaints += chunk;
  });
  return {
    process: child,
    async line() {
      const { done, value } = await lines.next();
      if (done) throw new Error(`the program ended without a line: ${complaints}`);
      return value;
    },
    complaints: () => complaints,
    async exited() {
      await exit;
      return child.exitCode ?? undefined;
    },
    async kill() {
      child.kill("SIGKILL");
      await exit;
    },
  };
}
