/** Rows given to a statement as arrays, a column each: its text is the same for any number of them. */
import { type RawBuilder, sql } from "kysely";
import type { Place } from "./made-once.ts";

type Cell = number | string | boolean;

/** Rows with a cell for each type. */
export type Rows = readonly (readonly Cell[])[];

/**
 * A table called ALIAS, to be followed by the names of its columns. The limit cuts nothing off: how
 * many there are is not known to a plan that is made once for all, which takes a limit that it does
 * not know for a small one. Without it PostgreSQL holds such a plan for dear, and plans each time.
 */
export function unnested(
  alias: string,
  types: readonly string[],
  rows: readonly (readonly Cell[])[],
): RawBuilder<unknown> {
  const columns = types.map((type, i) => {
    const cells = rows.map((row) => String(row[i]));
    return sql`${cells}::text[]::${sql.raw(`${type}[]`)}`;
  });
  return sql`(select * from unnest(${sql.join(columns)}) limit ${rows.length}) ${sql.ref(alias)}`;
}

/** The same in a text that is made once; `rows` are those of a run. */
export function unnestedAt<Given>(
  place: Place<Given>,
  types: readonly string[],
  rows: (given: Given) => Rows,
): RawBuilder<unknown> {
  const columns = types.map((type, i) => {
    const cells = place((given) => rows(given).map((row) => row[i]));
    return sql`${cells}::${sql.raw(`${type}[]`)}`;
  });
  const all = place((given) => rows(given).length);
  return sql`(select * from unnest(${sql.join(columns)}) limit ${all}) s`;
}
