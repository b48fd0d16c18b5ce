/** Rows as text: CSV (RFC 4180, CRLF) that spreadsheets open safely, or JSON lines. Pure. */
import { stringify } from "csv-stringify/sync";
import { guarded } from "./guard.ts";

export const formats = ["csv", "jsonl"] as const;
export type Format = (typeof formats)[number];

/** A number stays one; null is nothing. */
export type Cell = string | number | null;

/** Cells in the order of the columns. */
export type ExportRow = readonly Cell[];

/** What stands before the first row; `bom`: a byte order mark, by which Excel knows UTF-8. */
export function headText(format: Format, columns: readonly string[], bom: boolean): string {
  return (bom ? "\ufeff" : "") + (format === "csv" ? csvText([columns]) : "");
}

/** Rows as they stand in the file, each with its line end. */
export function rowsText(
  format: Format,
  columns: readonly string[],
  rows: readonly ExportRow[],
): string {
  return format === "csv" ? csvText(rows) : rows.map((row) => jsonLine(columns, row)).join("");
}

function csvText(rows: readonly ExportRow[]): string {
  const cells = rows.map((row) =>
    row.map((cell) => (typeof cell === "string" ? guarded(cell) : cell)),
  );
  // Line ends of every kind are quoted, and so is space that somebody might trim.
  return stringify(cells, { record_delimiter: "\r\n", quoted_match: /^\s|[\r\n]|\s$/ });
}

/** Nothing is left out of a row: a key without a value is no key. */
function jsonLine(columns: readonly string[], row: ExportRow): string {
  const filled = columns.flatMap((name, i) => {
    const cell = row[i] ?? null;
    return cell === null || cell === "" ? [] : [[name, cell] as const];
  });
  return `${JSON.stringify(Object.fromEntries(filled))}\n`;
}
