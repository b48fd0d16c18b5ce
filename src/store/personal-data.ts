/**
 * The catalogue of personal data: every table and column of ours, what of it tells something about a
 * person, how the rows about a human are found, and what erasing them does. The export and the
 * erasure are driven by it; a test compares it with the database's own catalogue.
 */
import { askingTables } from "./personal-data/asking.ts";
import { caseTables } from "./personal-data/cases.ts";
import { configurationTables } from "./personal-data/configuration.ts";
import type { TableEntry } from "./personal-data/entry.ts";
import { peopleTables } from "./personal-data/people.ts";
import { plainTables } from "./personal-data/plain.ts";
import { scheduleTables } from "./personal-data/schedules.ts";
import { trafficTables } from "./personal-data/traffic.ts";
import type { Schema } from "./schema.ts";

export type { TableEntry, Who } from "./personal-data/entry.ts";

/** In the order in which rows are erased: what refers to others comes before them. */
export const personalData = {
  ...trafficTables,
  ...configurationTables,
  ...caseTables,
  ...scheduleTables,
  ...askingTables,
  ...peopleTables,
  ...plainTables,
} satisfies Record<keyof Schema, TableEntry>;

/** The columns of an entry that tell something about a person. */
export function personalColumns({ personal }: TableEntry): string[] {
  return Object.keys(personal).flatMap((columns) => columns.split(" "));
}

/** All other columns of an entry. */
export function otherColumns({ other }: TableEntry): string[] {
  return Object.keys(other).flatMap((columns) => columns.split(" "));
}
