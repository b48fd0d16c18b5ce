/** CSV text → records with their line numbers, one at a time. */
import { pipeline } from "node:stream/promises";
import { CsvError, type Parser, parse } from "csv-parse";
import { AppError } from "../errors.ts";
import { wholeLines } from "./lines.ts";

/** Longest record, in bytes without its separators: more than the longest answer, also a sealed one. */
const LONGEST_RECORD = 256 * 1024;

/** One record of the file. `line` is where it begins, counted from 1 as editors do. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What csv-parse gives with `info`: empty lines so far stand beside each record. */
interface ParsedRecord {
  readonly record: string[];
  readonly info: { readonly empty_lines: number };
}

/**
 * Reads records (the header is the first) in constant memory. Throws `bad-input` when the file is
 * no UTF-8 CSV: where such a file goes wrong, nothing behind it can be trusted.
 */
export async function* readRecords(source: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRecord> {
  const parser = parse({
    bom: true,
    info: true,
    max_record_size: LONGEST_RECORD,
    record_delimiter: ["\r\n", "\n"],
    relax_column_count: true, // a wrong count is a bad row, not the end of the file
    skip_empty_lines: true,
  });
  const feeding = pipeline(wholeLines(source), parser);
  feeding.catch(() => {}); // reported below, through the parser
  let linesSoFar = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<ParsedRecord>) {
      const line = linesSoFar + info.empty_lines + 1;
      linesSoFar += 1 + newlinesIn(record);
      yield { line, cells: record };
    }
    await feeding;
  } catch (error) {
    throw error instanceof CsvError ? inPlainWords(error, parser) : error;
  }
}

function newlinesIn(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) {
    for (let at = cell.indexOf("\n"); at !== -1; at = cell.indexOf("\n", at + 1)) count++;
  }
  return count;
}

/** csv-parse's own messages quote the cell, which may be a person's words. */
function inPlainWords(error: CsvError, parser: Parser): AppError {
  const line = parser.info.lines;
  const reasons: Partial<Record<string, string>> = {
    CSV_QUOTE_NOT_CLOSED: `A quote is opened and never closed (the file ends in line ${line}).`,
    CSV_MAX_RECORD_SIZE: `A record that reaches line ${line} is longer than 256 KiB.`,
    CSV_INVALID_CLOSING_QUOTE: `Line ${line} has text behind a closing quote.`,
    INVALID_OPENING_QUOTE: `Line ${line} has a quote in the middle of a cell.`,
  };
  return new AppError("bad-input", reasons[error.code] ?? `Line ${line} is no proper CSV.`, {
    advice:
      'Put a cell that holds commas, quotes or line breaks in quotes and double the quotes in it: "so ""good""".',
  });
}
