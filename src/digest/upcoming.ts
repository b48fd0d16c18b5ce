/** What the schedules of a workspace will ask soon. */

import type { Schedule } from "../scheduling/definition/schedule.ts";
import { nextRun } from "../scheduling/plan/next-run.ts";
import { readPlannedHumans } from "../store/digest.ts";
import { schedulesOn } from "../store/schedules.ts";
import type { Db } from "../store/schema.ts";
import { triggerHits } from "../store/trigger-hits.ts";
import type { Workspace } from "../store/workspaces.ts";

/** More than these are not counted. */
export const COUNTED_UP_TO = 1000;

/** A schedule that will ask somebody: whom its gates let through only they will say. */
export type Upcoming =
  | { readonly name: string; readonly kind: "people"; readonly people: number }
  | { readonly name: string; readonly kind: "at"; readonly at: Date };

/** From `now` until `until`, the schedules in their order; those that will ask nobody are left out. */
export async function readUpcoming(
  db: Db,
  workspace: Workspace,
  { now, until }: { readonly now: Date; readonly until: Date },
): Promise<Upcoming[]> {
  const upcoming: Upcoming[] = [];
  for (const schedule of await schedulesOn(db, workspace.id)) {
    const { name, trigger } = schedule.definition;
    if (trigger.on === "cron") {
      const at = nextRun(trigger.cron, trigger.timeZone ?? workspace.timeZone, now);
      if (at !== undefined && at <= until) upcoming.push({ name, kind: "at", at });
      continue;
    }
    const people = await countPeople(db, workspace.id, schedule, { now, until });
    if (people > 0) upcoming.push({ name, kind: "people", people });
  }
  return upcoming;
}

/** Those who are planned already, and those whom the trigger will find by then. */
async function countPeople(
  db: Db,
  workspaceId: number,
  schedule: Schedule,
  { now, until }: { readonly now: Date; readonly until: Date },
): Promise<number> {
  const planned = await readPlannedHumans(db, { workspaceId, scheduleId: schedule.id, until });
  const window = { from: now, to: until, limit: COUNTED_UP_TO };
  const hits = await triggerHits(db, workspaceId, schedule, window);
  return new Set([...planned, ...hits.map(({ humanId }) => humanId)]).size;
}
