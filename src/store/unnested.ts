/** Rows given to a statement as arrays, a column each: its text is the same for any number of them. */
import { type RawBuilder, sql } from "kysely";

type Cell = number | string | boolean;

/** `unnest(…) ALIAS`, to be followed by the names of the columns. */
export function unnested(
  alias: string,
  types: readonly string[],
  rows: readonly (readonly Cell[])[],
): RawBuilder<unknown> {
  const columns = types.map((type, i) => {
    const cells = rows.map((row) => String(row[i]));
    return sql`${cells}::text[]::${sql.raw(`${type}[]`)}`;
  });
  return sql`unnest(${sql.join(columns)}) ${sql.ref(alias)}`;
}
