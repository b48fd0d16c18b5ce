/** The platforms on which a workspace asks, as far as they tell how things look there. */
import type { Engine } from "../../engine.ts";
import type { Db } from "../../store/schema.ts";
import type { SurveyPlatform } from "../../surveys/check/check.ts";

export async function surveyPlatforms(
  _engine: Engine,
  _db: Db,
  _workspaceId: number,
): Promise<readonly SurveyPlatform[]> {
  return [];
}
