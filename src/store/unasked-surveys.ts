/** Surveys for answers that aftertalk never asked for: imported ones and sample data. */
import type { MetricName } from "../metrics/metric.ts";
import { newId } from "./ids.ts";
import type { Db } from "./schema.ts";

/** One survey per origin and metric, without a wording; its id, made when it is missing. */
export async function ensureUnaskedSurvey(
  db: Db,
  workspaceId: number,
  origin: "import" | "sample",
  metric: MetricName,
): Promise<string> {
  const key = `${origin}-${metric}`;
  const found = await db
    .selectFrom("surveys")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("key", "=", key)
    .executeTakeFirst();
  if (found) return found.id;
  const id = newId();
  await db
    .insertInto("surveys")
    .values({ workspace_id: workspaceId, id, key, metric, trigger: "manual", version: 1 })
    .execute();
  await db
    .insertInto("survey_versions")
    .values({
      workspace_id: workspaceId,
      survey_id: id,
      version: 1,
      series: 1,
      definition: JSON.stringify({ metric, origin }),
    })
    .execute();
  return id;
}
