/** The header of an imported file: which columns there are and where. */
import { nearest } from "../commands/nearest.ts";
import { AppError } from "../errors.ts";
import { answerColumns, isExported } from "../exporting/columns.ts";

const required = ["metric", "score", "answered_at"] as const;
const optional = [
  "person",
  "comment",
  "language",
  "channel",
  "team",
  "agent",
  "touchpoint",
  "tags",
  "chat",
  "asked_at",
] as const;

export type ColumnName = (typeof required)[number] | (typeof optional)[number];

/** Written by --skip-bad behind the rows it sets aside, so that a mended file can be imported. */
export const REASON_COLUMN = "reason";

/** More columns than this is not our file; refused before the names are looked at. */
const MOST_COLUMNS = 64;

/** The columns that a kind of file must and may have. */
export interface Columns<Name extends string> {
  readonly required: readonly Name[];
  readonly optional: readonly Name[];
  /** Columns beside them that are called in a way of their own, and how that is said. */
  readonly also?: { readonly said: string; readonly is: (name: string) => boolean };
}

/** Where each column of the file stands. */
export interface Header<Name extends string = ColumnName> {
  /** Cells in a row. */
  readonly width: number;
  /** By name in alphabetical order: the canonical order that a row's key is made from. */
  readonly columns: readonly { readonly name: Name; readonly index: number }[];
}

/** Reads the header of a file of answers. */
export function readHeader(cells: readonly string[]): Header {
  return readColumns(cells, { required, optional });
}

/** The header of a file that aftertalk exported; undefined for any other. */
export function readExportedHeader(cells: readonly string[]): Header<string> | undefined {
  if (!isExported(cells.map((cell) => cell.trim().toLowerCase()))) return undefined;
  return readColumns(cells, { required: ["kind", "invitation"], optional: answerColumns });
}

/** Reads a header, in any order and case. Throws one `bad-input` error that names every problem. */
export function readColumns<Name extends string>(
  cells: readonly string[],
  wanted: Columns<Name>,
): Header<Name> {
  if (cells.length > MOST_COLUMNS) {
    throw refused([`it has ${cells.length} columns; ${MOST_COLUMNS} are the most`], wanted);
  }
  const names = cells.map((cell) => cell.trim().toLowerCase());
  if (names.length === 1 && /[;\t]/.test(names[0] ?? "")) {
    const problem = "its columns are separated by semicolons or tabs; they must be by commas";
    throw refused([problem], wanted);
  }
  const also = names.filter((name): name is Name => wanted.also?.is(name) ?? false);
  const known = [...new Set([...wanted.required, ...wanted.optional, ...also])];
  const problems = names.flatMap((name, index) => problemOf(name, index, names, known));
  for (const name of wanted.required)
    if (!names.includes(name)) problems.push(`the column ${name} is missing`);
  if (problems.length > 0) throw refused(problems, wanted);

  const columns = known.flatMap((name) => {
    const index = names.indexOf(name);
    return index === -1 ? [] : [{ name, index }];
  });
  columns.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { width: cells.length, columns };
}

/**
 * The cells of a record that hold something, by their column; undefined when their number is wrong.
 * `take` says what a cell holds: without it what is left when space around it is taken away.
 */
export function readCells<Name extends string>(
  record: readonly string[],
  { width, columns }: Header<Name>,
  take = (cell: string) => cell.trim(),
): Map<Name, string> | undefined {
  if (record.length !== width) return undefined;
  const cells = new Map<Name, string>();
  for (const { name, index } of columns) {
    const value = take(record[index] ?? "");
    if (value) cells.set(name, value);
  }
  return cells;
}

function problemOf(
  name: string,
  index: number,
  names: readonly string[],
  known: readonly string[],
): string[] {
  if (names.indexOf(name) !== index) return [`the column ${quote(name)} is there twice`];
  if (name === REASON_COLUMN || known.includes(name)) return [];
  const near = nearest(name, known);
  return [
    `the column ${quote(name)} is unknown${near === undefined ? "" : `; did you mean ${near}?`}`,
  ];
}

function quote(name: string): string {
  return JSON.stringify(name.length > 40 ? `${name.slice(0, 40)}…` : name);
}

function refused(problems: readonly string[], wanted: Columns<string>): AppError {
  const { required, also } = wanted;
  const optional = [...wanted.optional, ...(also === undefined ? [] : [also.said])];
  return new AppError(
    "bad-input",
    `The header of the file cannot be used: ${problems.join("; ")}.`,
    {
      advice: `The first line names the columns: ${required.join(",")} and, if you have them, ${optional.join(",")}.`,
    },
  );
}
