import type { Kysely } from "kysely";
import { setBasedMarks } from "./0009_marks.ts";

/** Writing at any size: what many rows change is marked once for all of them. */
const statements = [...setBasedMarks];

/** Changes everything in the migrator's transaction. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
