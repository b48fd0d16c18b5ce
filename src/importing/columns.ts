/** The header of an imported file: which columns there are and where. */
import { nearest } from "../commands/nearest.ts";
import { AppError } from "../errors.ts";

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

const columnNames = [...required, ...optional] as const;
export type ColumnName = (typeof columnNames)[number];

/** Written by --skip-bad behind the rows it sets aside, so that a mended file can be imported. */
export const REASON_COLUMN = "reason";

/** More columns than this is not our file; refused before the names are looked at. */
const MOST_COLUMNS = 64;

/** Where each column of the file stands. */
export interface Header {
  /** Cells in a row. */
  readonly width: number;
  /** By name in alphabetical order: the canonical order that a row's key is made from. */
  readonly columns: readonly { readonly name: ColumnName; readonly index: number }[];
}

/** Reads the header, in any order and case. Throws one `bad-input` error that names every problem. */
export function readHeader(cells: readonly string[]): Header {
  if (cells.length > MOST_COLUMNS) {
    throw refused([`it has ${cells.length} columns; ${MOST_COLUMNS} are the most`]);
  }
  const names = cells.map((cell) => cell.trim().toLowerCase());
  if (names.length === 1 && /[;\t]/.test(names[0] ?? "")) {
    throw refused(["its columns are separated by semicolons or tabs; they must be by commas"]);
  }
  const problems = names.flatMap((name, index) => problemOf(name, index, names));
  for (const name of required)
    if (!names.includes(name)) problems.push(`the column ${name} is missing`);
  if (problems.length > 0) throw refused(problems);

  const columns = columnNames.flatMap((name) => {
    const index = names.indexOf(name);
    return index === -1 ? [] : [{ name, index }];
  });
  columns.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { width: cells.length, columns };
}

function problemOf(name: string, index: number, names: readonly string[]): string[] {
  if (names.indexOf(name) !== index) return [`the column ${quote(name)} is there twice`];
  if (name === REASON_COLUMN || columnNames.some((known) => known === name)) return [];
  const near = nearest(name, columnNames);
  return [
    `the column ${quote(name)} is unknown${near === undefined ? "" : `; did you mean ${near}?`}`,
  ];
}

function quote(name: string): string {
  return JSON.stringify(name.length > 40 ? `${name.slice(0, 40)}…` : name);
}

function refused(problems: readonly string[]): AppError {
  return new AppError(
    "bad-input",
    `The header of the file cannot be used: ${problems.join("; ")}.`,
    {
      advice: `The first line names the columns: ${required.join(",")} and, if you have them, ${optional.join(",")}.`,
    },
  );
}
