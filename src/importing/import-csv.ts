/**
 * A CSV file → the store, in constant memory and one transaction: all or nothing, unless bad rows are
 * to be set aside. What its rows are is the matter of its kind (answers.ts, people.ts).
 */
import type { Work } from "../engine.ts";
import { AppError } from "../errors.ts";
import { audit } from "../store/audit.ts";
import { analyzeImported } from "../store/import-answers.ts";
import type { Db } from "../store/schema.ts";
import { type CsvRecord, readRecords } from "./records.ts";
import type { RowResult } from "./row.ts";

/** Rows to a statement: beyond a few hundred the rate no longer grows, only the memory. */
const BATCH = 200;
/** A batch of long comments is written earlier. */
const BATCH_CHARACTERS = 500_000;
/** So many rows change what the database has to know of its tables to read them well. */
const MANY = 100;
/** So many bad rows are reported before a file that is not imported anyway is given up. */
export const MOST_BAD_ROWS = 10_000;

/** A row that was not imported. `line` counts from 1; `reason` is a sentence without full stop. */
export interface BadRow {
  readonly line: number;
  readonly reason: string;
  readonly cells: readonly string[];
}

/** What the rows of a file are, and where they go. */
export interface CsvKind<Row> {
  /** Of the line in the audit log. */
  readonly action: string;
  /** Reads the header and begins; throws `bad-input` for a header that cannot be used. */
  begin(
    trx: Work["transaction"],
    about: { readonly workspaceId: number; readonly now: Date },
    header: readonly string[],
  ): Promise<CsvTarget<Row>>;
}

/** Where the rows of one file go. */
export interface CsvTarget<Row> {
  read(cells: readonly string[]): RowResult<Row>;
  /** How much text a row has: a batch of long ones is written earlier. */
  characters(row: Row): number;
  add(rows: readonly Row[]): Promise<Added<Row>>;
  /** What is only known at the end of the file. */
  finish?(): Promise<Added<Row>>;
}

/** What became of a batch; the others were there already. */
export interface Added<Row = never> {
  readonly imported: number;
  /** Of people who asked to be forgotten: left out. */
  readonly forgotten: number;
  /** Rows that turned out to be bad, each with its reason. */
  readonly refused?: ReadonlyMap<Row, string>;
}

export interface ImportOptions {
  readonly workspaceId: number;
  readonly source: AsyncIterable<Uint8Array>;
  readonly now: Date;
  /** Import the good rows although there are bad ones. */
  readonly skipBad: boolean;
  /**
   * Ends the import, which takes everything back and throws the signal's reason. A source that may
   * make us wait has to end by it too.
   */
  readonly signal: AbortSignal;
  /**
   * Called for each bad row, and waited for: in the order of the file, but for those that are found to
   * be bad when they are looked up.
   */
  readonly onBadRow: (row: BadRow, header: readonly string[]) => Promise<void> | void;
  readonly onProgress?: (rows: number) => void;
}

/** How it ended. */
export interface ImportResult {
  /** Records read, the header not counted. */
  readonly rows: number;
  /** What is new; 0 when the file was refused because of bad rows. */
  readonly imported: number;
  /** Rows that an earlier import had brought. */
  readonly already: number;
  /** Rows of people who asked to be forgotten. */
  readonly forgotten: number;
  readonly bad: number;
  /** False when reading stopped at {@link MOST_BAD_ROWS}. */
  readonly complete: boolean;
}

/**
 * Imports a file. `db` must be free of time limits (Database.patiently). Errors: `bad-input` (no
 * CSV, wrong header), `data-in-use` (another import runs). Whatever is thrown, and whenever bad
 * rows are not skipped, nothing of the file is stored.
 */
export async function importCsv<Row>(
  db: Db,
  kind: CsvKind<Row>,
  options: ImportOptions,
): Promise<ImportResult> {
  try {
    const records = readRecords(options.source);
    const first = await records.next();
    if (first.done) throw emptyFile();
    return await importInOne(db, kind, options, first.value.cells, records);
  } catch (error) {
    throw options.signal.aborted ? options.signal.reason : error;
  }
}

function emptyFile(): AppError {
  return new AppError("bad-input", "The file is empty.", {
    advice: "The first line names the columns, each further line is one row.",
  });
}

async function importInOne<Row>(
  db: Db,
  kind: CsvKind<Row>,
  options: ImportOptions,
  names: readonly string[],
  records: AsyncIterable<CsvRecord>,
): Promise<ImportResult> {
  const { workspaceId, now, skipBad } = options;
  const trx = await db.startTransaction().execute();
  try {
    const target = await kind.begin(trx, { workspaceId, now }, names);
    const writer = createWriter(target, (row) => options.onBadRow(row, names));
    const result = await importRecords(target, names, records, writer, options).catch(
      (error: unknown) => writer.abandon(error),
    );
    const { bad, rows, imported } = result;
    if (bad > 0 && !skipBad) {
      await trx.rollback().execute();
      return { ...result, imported: 0, already: 0, forgotten: 0 };
    }
    if (imported >= MANY) await analyzeImported(trx);
    const details = { rows, imported, bad };
    await audit(trx, workspaceId, now, { actor: "operator", action: kind.action, details });
    await trx.commit().execute();
    return result;
  } catch (error) {
    // A lost connection cannot roll back, and need not: the first error is the one to tell.
    if (!trx.isCommitted && !trx.isRolledBack)
      await trx
        .rollback()
        .execute()
        .catch(() => {});
    throw error;
  }
}

async function importRecords<Row>(
  target: CsvTarget<Row>,
  names: readonly string[],
  records: AsyncIterable<CsvRecord>,
  writer: Writer<Row>,
  options: ImportOptions,
): Promise<ImportResult> {
  let rows = 0;
  let bad = 0;
  let complete = true;
  for await (const { line, cells } of records) {
    options.signal.throwIfAborted();
    rows++;
    const result = target.read(cells);
    if (!result.ok) {
      bad++;
      await options.onBadRow({ line, reason: result.reason, cells }, names);
    } else if (bad === 0 || options.skipBad) {
      await writer.add({ row: result.row, line, cells });
    }
    if (rows % BATCH === 0) options.onProgress?.(rows);
    if (bad >= MOST_BAD_ROWS && !options.skipBad) {
      complete = false;
      break;
    }
  }
  const { imported, forgotten, refused } = await writer.finish();
  bad += refused;
  const already = rows - bad - imported - forgotten;
  return { rows, imported, already, forgotten, bad, complete };
}

/** A row with where it stands. */
interface Entry<Row> extends CsvRecord {
  readonly row: Row;
}

interface Writer<Row> {
  add(entry: Entry<Row>): Promise<void>;
  /** Waits until nothing is being written any more, then throws `error`. */
  abandon(error: unknown): Promise<never>;
  /** Writes what is left and gives what became of all of it. */
  finish(): Promise<{ imported: number; forgotten: number; refused: number }>;
}

function createWriter<Row>(
  target: CsvTarget<Row>,
  onBadRow: (row: BadRow) => Promise<void> | void,
): Writer<Row> {
  let batch: Entry<Row>[] = [];
  let characters = 0;
  const sums = { imported: 0, forgotten: 0, refused: 0 };
  let writing: Promise<void> = Promise.resolve();

  const sum = ({ imported, forgotten }: Added<Row>) => {
    sums.imported += imported;
    sums.forgotten += forgotten;
  };
  const write = async (full: readonly Entry<Row>[]): Promise<void> => {
    const added = await target.add(full.map(({ row }) => row));
    sum(added);
    for (const { row, line, cells } of added.refused === undefined ? [] : full) {
      const reason = added.refused?.get(row);
      if (reason === undefined) continue;
      sums.refused += 1;
      await onBadRow({ line, cells, reason });
    }
  };
  // The next batch is read while the database works on this one.
  const flush = async (): Promise<void> => {
    await writing;
    const full = batch;
    batch = [];
    characters = 0;
    writing = write(full);
    writing.catch(() => {}); // told by the next flush
  };
  return {
    async add(entry) {
      batch.push(entry);
      characters += target.characters(entry.row);
      if (batch.length === BATCH || characters > BATCH_CHARACTERS) await flush();
    },
    async abandon(error) {
      await writing.catch(() => {}); // nothing may follow on a connection that is still busy
      throw error;
    },
    async finish() {
      if (batch.length > 0) await flush();
      await writing;
      if (target.finish !== undefined) sum(await target.finish());
      return sums;
    },
  };
}
