/**
 * Where a command says what. Results go to standard output: lines for people, or with `--json` the
 * JSON alone. Everything else goes to standard error.
 */
import type { Writable } from "node:stream";
import { createProgress, type Progress } from "./progress.ts";

/** A stream of the process: `isTTY` when a person watches it. */
export type OutputStream = Writable & { readonly isTTY?: boolean };

export interface Output {
  readonly json: boolean;
  /** A result for people; nothing with `--json`. */
  line(text?: string): void;
  /** The result for machines; nothing without `--json`. One line. */
  result(value: unknown): void;
  /** Standard output itself, for what is no line and no JSON of ours: the rows of an export. */
  readonly data: Writable;
  /** About what is going on, for people. */
  note(text: string): void;
  /** Starts showing how far something long is. */
  progress(): Progress;
  /** Resolves when everything written to standard output is on its way. */
  drained(): Promise<void>;
}

export function createOutput(stdout: OutputStream, stderr: OutputStream, json: boolean): Output {
  return {
    json,
    data: stdout,
    line(text = "") {
      if (!json) stdout.write(`${text}\n`);
    },
    result(value) {
      if (json) stdout.write(`${JSON.stringify(value)}\n`);
    },
    note(text) {
      stderr.write(`${text}\n`);
    },
    progress: () => createProgress(stderr),
    drained() {
      return stdout.writableNeedDrain
        ? new Promise((resolve) => stdout.once("drain", resolve))
        : Promise.resolve();
    },
  };
}
