/** What a schedule was before: every version stays. */
import {
  readScheduleDefinition,
  type ScheduleDefinition,
} from "../scheduling/definition/schedule.ts";
import type { Db } from "./schema.ts";

/** One version of a schedule. */
export interface ScheduleVersion {
  readonly version: number;
  readonly at: Date;
  /** A person's id, "operator", or "aftertalk" where it came with the program. */
  readonly by: string;
  /** `undefined` when it is of a shape that this program does not know. */
  readonly definition: ScheduleDefinition | undefined;
}

/** All versions of the schedule of this name, the first one first; none when there is no such schedule. */
export async function listVersions(
  db: Db,
  workspaceId: number,
  name: string,
): Promise<ScheduleVersion[]> {
  const rows = await db
    .selectFrom("schedules as s")
    .innerJoin("schedule_versions as v", (join) =>
      join.onRef("v.workspace_id", "=", "s.workspace_id").onRef("v.schedule_id", "=", "s.id"),
    )
    .select(["v.version", "v.created_at", "v.actor", "v.definition"])
    .where("s.workspace_id", "=", workspaceId)
    .where("s.name", "=", name)
    .orderBy("v.version")
    .execute();
  return rows.map((row) => ({
    version: row.version,
    at: row.created_at,
    by: row.actor,
    definition: readScheduleDefinition(row.definition),
  }));
}
