/** Reads a backup line by line. */
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { createGunzip } from "node:zlib";
import { z } from "zod";
import { AppError } from "../errors.ts";
import { type BackupHeader, isRow, readControlLine } from "./format.ts";

/** A line of more is no backup of ours: rows hold a person's words, of 4,000 characters at most. */
const LONGEST_LINE = 16 * 1024 * 1024;

/** What a backup holds. */
export interface BackupSummary {
  readonly header: BackupHeader;
  /** How many rows of each table. */
  readonly rows: Readonly<Record<string, number>>;
  /** The sealed key of each workspace's ledger, by the workspace's id. */
  readonly ledgerKeys: ReadonlyMap<number, string>;
}

/** A row with where it belongs. */
export interface BackupRow {
  readonly table: string;
  readonly columns: readonly string[];
  readonly row: string;
}

/**
 * Reads the whole file once to see that all of it is there and readable. Throws `bad-input` for
 * anything else than a whole backup.
 */
export async function checkBackup(file: string, signal?: AbortSignal): Promise<BackupSummary> {
  const found: Found = { counts: new Map(), ledgerKeys: new Map() };
  for await (const line of readLines(file)) {
    signal?.throwIfAborted();
    if (found.end !== undefined) throw broken(file, "something comes after its end");
    if (isRow(line)) noteRow(file, line, found);
    else noteControl(file, line, found);
  }
  const { header, end, counts, ledgerKeys } = found;
  if (header === undefined) throw broken(file, "it is empty");
  if (end === undefined) throw broken(file, "its end is missing");
  const rows = Object.fromEntries(counts);
  if (!isSame(rows, end)) throw broken(file, "rows are missing");
  return { header, rows, ledgerKeys };
}

/** What was read so far. */
interface Found {
  header?: BackupHeader;
  end?: Record<string, number>;
  table?: string;
  readonly counts: Map<string, number>;
  readonly ledgerKeys: Map<number, string>;
}

function noteRow(file: string, line: string, { table, counts, ledgerKeys }: Found): void {
  if (table === undefined) throw broken(file, "a row belongs to no table");
  counts.set(table, (counts.get(table) ?? 0) + 1);
  noteLedgerKey(table, parseRow(file, line), ledgerKeys);
}

function noteControl(file: string, line: string, found: Found): void {
  const control = readControlLine(line);
  if (control?.[0] === "aftertalk backup" && found.header === undefined) {
    found.header = control[1];
  } else if (found.header === undefined || control === undefined) {
    throw broken(file, "it is no backup");
  } else if (control[0] === "end") {
    found.end = control[1].rows;
  } else if (control[0] === "table") {
    found.table = control[1].name;
    found.counts.set(control[1].name, 0);
  }
}

/** The rows, in the order in which they stand there. For a file that was checked. */
export async function* readRows(file: string): AsyncGenerator<BackupRow> {
  let place: Omit<BackupRow, "row"> | undefined;
  for await (const line of readLines(file)) {
    if (isRow(line) && place !== undefined) {
      yield { ...place, row: line };
      continue;
    }
    const control = readControlLine(line);
    if (control?.[0] === "table") place = { table: control[1].name, columns: control[1].columns };
  }
}

async function* readLines(file: string): AsyncGenerator<string> {
  const decoder = new StringDecoder("utf8");
  // What goes wrong with the file comes out of the last stream.
  const source = pipeline(createReadStream(file), createGunzip(), () => {});
  let rest = "";
  try {
    for await (const chunk of source) {
      const lines = (rest + decoder.write(chunk)).split("\n");
      rest = lines.pop() ?? "";
      if (rest.length > LONGEST_LINE) throw broken(file, "it is no backup");
      yield* lines;
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw broken(file, "it cannot be read as a whole gzip file", cause);
  }
  if (rest !== "") throw broken(file, "it is cut off");
}

const secretRow = z.object({
  workspace_id: z.number(),
  name: z.literal("ledger"),
  sealed: z.string(),
});

function noteLedgerKey(table: string, row: unknown, keys: Map<number, string>): void {
  if (table !== "secrets") return;
  const { data } = secretRow.safeParse(row);
  if (data !== undefined) keys.set(data.workspace_id, data.sealed);
}

function parseRow(file: string, line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw broken(file, "a row cannot be read", cause);
  }
}

function isSame(counts: Record<string, number>, told: Record<string, number>): boolean {
  const names = new Set([...Object.keys(counts), ...Object.keys(told)]);
  return [...names].every((name) => counts[name] === told[name]);
}

/** `cause` may quote a row: it is not kept. */
function broken(file: string, why: string, cause?: unknown): AppError {
  const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
  const name = JSON.stringify(file);
  return new AppError(
    "bad-input",
    missing ? `There is no ${name}.` : `${name} is no whole backup: ${why}.`,
    {
      advice: "Nothing was changed. Name a file that aftertalk backup has written.",
    },
  );
}
