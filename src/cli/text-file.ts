/** Reads a file that people write, or standard input. */
import { open } from "node:fs/promises";
import { AppError } from "../errors.ts";
import type { CliContext } from "./context.ts";

/** More than this is no file that somebody wrote. */
const MOST_BYTES = 1024 * 1024;

/** What the file is to be, for messages. */
export interface WantedFile {
  /** "a file of schedules" */
  readonly what: string;
  /** The command that writes one. */
  readonly writtenBy: string;
}

/** The text; `-` reads standard input. Errors: `bad-input` when it is none that could be read. */
export async function readTextFile(
  { stdin }: Pick<CliContext, "stdin">,
  file: string,
  wanted: WantedFile,
): Promise<string> {
  const called = file === "-" ? "Standard input" : JSON.stringify(file);
  const refuse = (why: string, advice: string, cause?: unknown) =>
    new AppError("bad-input", `${called} ${why}`, { advice, cause });
  const another = `Name a file that ${wanted.writtenBy} has written.`;
  const bytes = await (file === "-" ? atMost(stdin) : bytesOf(file)).catch((cause: unknown) => {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    throw refuse(unreadable[code] ?? "cannot be read.", another, cause);
  });
  if (bytes.length > MOST_BYTES) {
    throw refuse(`is too large for ${wanted.what}.`, `It has at most 1 MB. ${another}`);
  }
  const text = textOf(bytes);
  if (text === undefined || text.includes("\0")) {
    throw refuse("is no text in UTF-8.", `Save it as UTF-8. ${another}`);
  }
  if (text.trim() === "") throw refuse("is empty.", another);
  return text;
}

const unreadable: Readonly<Record<string, string>> = {
  EISDIR: "is a folder.",
  ENOENT: "is not there.",
  EACCES: "may not be read by this user.",
};

async function bytesOf(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    return await atMost(handle.createReadStream({ autoClose: false }));
  } finally {
    await handle.close();
  }
}

/** One byte more than it may have, when it has more: nothing is read without end. */
async function atMost(source: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of source) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    chunks.push(bytes);
    length += bytes.length;
    if (length > MOST_BYTES) break;
  }
  return Buffer.concat(chunks);
}

function textOf(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
