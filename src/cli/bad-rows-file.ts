/** The file of rows that were set aside: CSV as it came in, with a last column that says why. */
import { type FileHandle, open, rm, stat } from "node:fs/promises";
import { AppError } from "../errors.ts";
import { REASON_COLUMN } from "../importing/columns.ts";
import type { BadRow } from "../importing/import-csv.ts";

export interface BadRowsFile {
  add(row: BadRow, header: readonly string[]): Promise<void>;
  close(): Promise<void>;
  /** Closes it and takes it away again. */
  remove(): Promise<void>;
}

/**
 * Makes the file when the first bad row comes, for its owner only: it holds people's words. Throws
 * `bad-input` when there is such a file already. Mended rows can be imported with the column left in.
 */
export async function createBadRowsFile(path: string): Promise<BadRowsFile> {
  if (await exists(path)) throw taken(path);
  let file: FileHandle | undefined;
  return {
    async add({ cells, reason }, header) {
      const columns = header.filter((name) => name.trim().toLowerCase() !== REASON_COLUMN);
      if (file === undefined) {
        file = await create(path);
        await file.write(toLine([...columns, REASON_COLUMN]));
      }
      const kept = cells.filter((_, i) => header[i]?.trim().toLowerCase() !== REASON_COLUMN);
      const missing = Math.max(0, columns.length - kept.length);
      await file.write(toLine([...kept, ...Array<string>(missing).fill(""), reason]));
    },
    async close() {
      await file?.close();
    },
    async remove() {
      if (file === undefined) return;
      await file.close();
      await rm(path, { force: true });
    },
  };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function create(path: string): Promise<FileHandle> {
  return open(path, "wx", 0o600).catch((cause: unknown) => {
    throw new AppError("bad-input", `${JSON.stringify(path)} cannot be written.`, {
      cause,
      advice: "Name a new file in a folder that this user may write to.",
    });
  });
}

function taken(path: string): AppError {
  return new AppError("bad-input", `${JSON.stringify(path)} is there already.`, {
    advice: "Name a new file for the bad rows, so that nothing is overwritten.",
  });
}

/** RFC 4180. The rows go back to where they came from, so that cells are left as they are. */
function toLine(cells: readonly string[]): string {
  return `${cells.map(quoteCell).join(",")}\r\n`;
}

function quoteCell(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
