/** The platforms on which a workspace asks, as far as they tell how things look there. */
import type { Engine } from "../../engine.ts";
import { chatConnectionsOf } from "../../store/connections.ts";
import type { Db } from "../../store/schema.ts";
import type { SurveyPlatform } from "../../surveys/check/check.ts";

export async function surveyPlatforms(
  engine: Pick<Engine, "platforms">,
  db: Db,
  workspaceId: number,
): Promise<readonly SurveyPlatform[]> {
  const connected = await chatConnectionsOf(db, workspaceId);
  const names = new Set(connected.map(({ ref }) => ref.platform));
  return (engine.platforms ?? []).flatMap((platform) =>
    platform.outline === undefined || !names.has(platform.name)
      ? []
      : [{ label: labelOf(platform.name), outline: platform.outline }],
  );
}

/** A platform as it is written at the beginning of a line. */
export function labelOf(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
