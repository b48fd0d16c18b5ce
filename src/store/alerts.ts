/** What was told to the leads by itself, so that it is told once. */
import type { MetricName } from "../metrics/metric.ts";
import type { Db } from "./schema.ts";

/** A change that was told; of everybody when the team is empty. */
export interface KeptAlert {
  readonly metric: MetricName;
  readonly team: string;
  readonly periodStart: Date;
  readonly direction: "up" | "down";
}

/** Keeps that it is told. False when it was told before. */
export async function keepAlert(
  db: Db,
  workspaceId: number,
  { metric, team, periodStart, direction }: KeptAlert,
  now: Date,
): Promise<boolean> {
  const kept = await db
    .insertInto("alerts")
    .values({
      workspace_id: workspaceId,
      ...{ metric, team, direction, period_start: periodStart, alerted_at: now },
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return kept.numInsertedOrUpdatedRows === 1n;
}
