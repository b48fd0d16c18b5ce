import { type Kysely, sql } from "kysely";

/** What is kept of what admins set up: looked up by what was done, taken away by its age, never emptied. */
const statements = [
  // A backup that is put in place switches the triggers off; whoever empties tables otherwise is refused.
  sql`create trigger audit_is_not_emptied before truncate on audit
    for each statement execute function audit_only_grows()`,
  sql`create index audit_action on audit (workspace_id, action, at)`,
  sql`create index drafts_touched on drafts (workspace_id, updated_at)`,
];

/** Creates everything in one transaction (the migrator's), statement by statement. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
