/** When a metric was last asked in other words. */
import type { MetricName } from "../metrics/metric.ts";
import type { Db } from "./schema.ts";

/** When a series of a metric began; null for the first, which has no beginning. */
export async function readWordingStart(
  db: Db,
  workspaceId: number,
  { metric, epoch }: { readonly metric: MetricName; readonly epoch: number },
): Promise<Date | null> {
  if (epoch === 0) return null;
  const row = await db
    .selectFrom("metric_epochs")
    .select("starts_at")
    .where("workspace_id", "=", workspaceId)
    .where("metric", "=", metric)
    .orderBy("starts_at")
    .offset(epoch - 1)
    .limit(1)
    .executeTakeFirst();
  return row?.starts_at ?? null;
}
