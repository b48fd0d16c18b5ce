/** Where an export goes: standard output, or a file that is there when it is whole. */
import { randomBytes } from "node:crypto";
import { open, rename, rm, stat } from "node:fs/promises";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError } from "../errors.ts";

export interface ExportTarget {
  /** Undefined: `stdout`. */
  readonly file: string | undefined;
  readonly stdout: Writable;
  readonly signal: AbortSignal;
}

/**
 * Writes all pieces, waiting where nobody reads them. A file is written beside its place, for its
 * owner only, and appears when it is whole. Throws `bad-input` when there is such a file or it cannot
 * be written.
 */
export async function writeExport(
  pieces: AsyncIterable<string>,
  { file, stdout, signal }: ExportTarget,
): Promise<void> {
  const source = Readable.from(pieces);
  if (file === undefined) {
    await pipeline(source, stdout, { end: false, signal });
    return;
  }
  const aside = `${file}.part-${randomBytes(4).toString("hex")}`;
  try {
    const handle = await open(aside, "wx", 0o600);
    await pipeline(source, handle.createWriteStream({ flush: true }), { signal });
    await rename(aside, file);
  } catch (cause) {
    signal.throwIfAborted();
    throw cause instanceof Error && "syscall" in cause ? unwritable(file, cause) : cause;
  } finally {
    await rm(aside, { force: true });
  }
}

/** Before anything is read: no file is overwritten. */
export async function refuseTaken(file: string | undefined): Promise<void> {
  if (file === undefined) return;
  const there = await stat(file).then(
    () => true,
    () => false,
  );
  if (!there) return;
  throw new AppError("bad-input", `${JSON.stringify(file)} is there already.`, {
    advice: "Name a new file for the export, so that no other is overwritten.",
  });
}

function unwritable(file: string, cause: unknown): AppError {
  return new AppError("bad-input", `${JSON.stringify(file)} cannot be written.`, {
    cause,
    advice: "Name a new file in a folder that this user may write to, with enough room.",
  });
}
