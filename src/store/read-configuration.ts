/** Everything that is set up in a workspace. */
import { type Configuration, subjectKey } from "../configuration/configuration.ts";
import { readScheduleDefinition } from "../scheduling/definition/schedule.ts";
import { listGrants } from "./role-grants.ts";
import { selectSchedules } from "./schedules.ts";
import type { Db } from "./schema.ts";
import { flatten, readSettings } from "./settings.ts";
import { listKeptSurveys } from "./survey-versions.ts";

/** All of it as it is now; inside a transaction or a snapshot all of one moment. */
export async function readConfiguration(db: Db, workspaceId: number): Promise<Configuration> {
  const settings = flatten(await readSettings(db, workspaceId));
  const surveys = await listKeptSurveys(db, workspaceId);
  const schedules = await latestVersions(db, workspaceId);
  const grants = await listGrants(db, workspaceId);
  return {
    settings,
    surveys: new Map(surveys.map(({ id: _, key, series: __, ...kept }) => [key, kept])),
    schedules: new Map(schedules.map(({ name, ...kept }) => [name, kept])),
    grants: new Map(
      grants.map(({ subject, role }) => [subjectKey(subject), { subject, role }] as const),
    ),
  };
}

/** Also those of a newer program, which listSchedules leaves out: their names are taken. */
async function latestVersions(db: Db, workspaceId: number) {
  const rows = await selectSchedules(db, workspaceId)
    .select(["s.name", "v.actor", "v.created_at"])
    .execute();
  return rows.map(({ name, state, version, actor, created_at, definition }) => ({
    ...{ name, state, version, by: actor, at: created_at },
    definition: readScheduleDefinition(definition),
  }));
}
