/** The surveys that schedules ask, by their keys. */
import { AFTER_CHAT, isAskedIn } from "../scheduling/definition/timing.ts";
import { readDefinition, type Survey } from "../surveys/survey.ts";
import type { Db } from "./schema.ts";
import { afterChatSurvey } from "./surveys.ts";

/** A survey as a schedule finds it; `on`: whether one that asks several in a row plans it now. */
export interface ScheduledSurvey {
  readonly survey: Survey;
  readonly on: boolean;
}

/** The latest version of each; what is not there, or of a shape not known here, is left out. */
export async function surveysByKey(
  db: Db,
  workspaceId: number,
  keys: readonly string[],
): Promise<ReadonlyMap<string, ScheduledSurvey>> {
  const rows = await db
    .selectFrom("surveys as s")
    .innerJoin("survey_versions as v", (join) =>
      join
        .onRef("v.workspace_id", "=", "s.workspace_id")
        .onRef("v.survey_id", "=", "s.id")
        .onRef("v.version", "=", "s.version"),
    )
    .select(["s.id", "s.key", "s.version", "s.state", "s.trigger", "v.definition"])
    .where("s.workspace_id", "=", workspaceId)
    .where("s.key", "in", [...keys, ""])
    .execute();
  const found = new Map<string, ScheduledSurvey>();
  for (const { id, key, version, definition, ...is } of rows) {
    const known = readDefinition(definition);
    if (known === undefined) continue;
    const survey = { id, version, definition: known };
    found.set(key, { survey, on: isAskedIn("other", is) });
  }
  const afterChat = keys.includes(AFTER_CHAT) && (await afterChatSurvey(db, workspaceId));
  if (afterChat) found.set(AFTER_CHAT, { survey: afterChat, on: true });
  return found;
}

/** What decides whether a survey is asked. */
export interface SurveyStanding {
  readonly id: string;
  readonly trigger: string;
  readonly state: string;
}

/** Of all surveys that there are. */
export function readSurveyStates(db: Db, workspaceId: number): Promise<SurveyStanding[]> {
  return db
    .selectFrom("surveys")
    .select(["id", "trigger", "state"])
    .where("workspace_id", "=", workspaceId)
    .execute();
}
