import { type Kysely, sql } from "kysely";
import { setBasedMarks } from "./0009_marks.ts";

/** Writing at any size: nothing that every answer of a survey has to wait for. */
const statements = [
  ...setBasedMarks,

  // Each answer locked the row of its survey's version for this, the same row for all who answered at
  // once. That the version is there follows from the invitation, which refers to it.
  sql`alter table answers drop constraint answers_workspace_id_survey_id_survey_version_fkey`,
];

/** Changes everything in the migrator's transaction. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
