/**
 * Many rows in one statement with one parameter, for imports and sample data. A list of values with
 * a parameter per cell costs several times the memory and the compiling.
 */
import { sql } from "kysely";
import type { Db, NewRow, Schema } from "./schema.ts";

/**
 * Inserts the rows that are not there yet; those that clash with a row of the table are left out.
 * Every row has the same columns as the first one; JSON columns are not for this.
 * Returns the values of `returning` for the rows that were inserted.
 */
export async function insertMany<T extends keyof Schema>(
  db: Db,
  table: T,
  rows: readonly NewRow<T>[],
  returning: Extract<keyof Schema[T], string>,
): Promise<Set<string>> {
  return insertJson(db, table, rows, returning);
}

/**
 * Tables whose rows mark their days for counting, and what takes many of them in with one mark a day
 * (migrations/0009_marks.ts). It gives the ids of invitations.
 */
const marking: ReadonlyMap<keyof Schema, string> = new Map([
  ["answers", "take_in_answers"],
  ["invitations", "take_in_invitations"],
]);

/** The same without an answer: sending thousands of ids back takes its time as well. */
export async function insertAll<T extends keyof Schema>(
  db: Db,
  table: T,
  rows: readonly NewRow<T>[],
): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const takeIn = marking.get(table);
  await (takeIn === undefined
    ? inserting(table, first, rows)
    : sql`select count(*) from ${taking(takeIn, first, rows)}`
  ).execute(db);
}

/** `insertMany` with values as the database reads them from JSON: times to the microsecond, as text. */
export async function insertJson(
  db: Db,
  table: keyof Schema,
  rows: readonly Row[],
  returning: string,
): Promise<Set<string>> {
  const [first] = rows;
  if (first === undefined) return new Set();
  const takeIn = marking.get(table);
  if (takeIn !== undefined) {
    const taken = await sql<{ id: string }>`
      select * from ${taking(takeIn, first, rows)} taken (id)`.execute(db);
    return new Set(taken.rows.map(({ id }) => id));
  }
  const inserted = await sql<{ value: string }>`
    ${inserting(table, first, rows)} returning ${sql.ref(returning)} as value`.execute(db);
  return new Set(inserted.rows.map(({ value }) => value));
}

type Row = Readonly<Record<string, unknown>>;

function inserting(table: keyof Schema, first: Row, rows: readonly Row[]) {
  const columns = sql.join(Object.keys(first).map((column) => sql.ref(column)));
  return sql`insert into ${sql.table(table)} (${columns})
    select ${columns} from json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::json)
    on conflict do nothing`;
}

function taking(takeIn: string, first: Row, rows: readonly Row[]) {
  return sql`${sql.id(takeIn)}(${Object.keys(first)}::text[], ${JSON.stringify(rows)}::json)`;
}
