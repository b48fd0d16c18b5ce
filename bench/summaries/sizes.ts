/** How much room tables and indexes take. */
import type pg from "pg";
import { megabytes, type Section, whole } from "./report.ts";

/** Bytes. */
export interface Size {
  readonly table: number;
  readonly indexes: number;
}

/** Our tables by what they are for. */
export const ourTables: ReadonlyMap<string, readonly string[]> = new Map([
  ["aftertalk: answers", ["answers"]],
  ["aftertalk: invitations, answered or not", ["invitations"]],
  [
    "aftertalk: counts of days and months",
    ["counts", "cut_counts", "repeats", "asked_counts", "stale_days"],
  ],
]);

/** The size of some tables together. */
export async function sizeOf(client: pg.ClientBase, tables: readonly string[]): Promise<Size> {
  const { rows } = await client.query<{ table: string; indexes: string }>(
    `select sum(pg_table_size(name)) as "table", sum(pg_indexes_size(name)) as indexes
    from unnest($1::text[]::regclass[]) name`,
    [tables],
  );
  return { table: Number(rows[0]?.table), indexes: Number(rows[0]?.indexes) };
}

/** A row for each design. */
export function sizesSection(answers: number, sizes: ReadonlyMap<string, Size>): Section {
  return {
    title: `Room taken at ${whole(answers)} answers`,
    header: ["", "table", "indexes"],
    rows: [...sizes].map(([name, { table, indexes }]) => [
      name,
      megabytes(table),
      megabytes(indexes),
    ]),
  };
}
