/**
 * Planning: what schedules' triggers found becomes invitations that wait to be decided. Facts are
 * looked for anew each time, as far back as asking about them makes sense, so nothing is missed by
 * a time at which nothing of us was running, or by a fact that was told late; and each has one
 * invitation, by its name, however often and on however many instances it is looked for.
 */
import type { Engine } from "../../engine.ts";
import { mayPlan, planHits } from "../../store/plan-hits.ts";
import { surveysByKey } from "../../store/schedule-surveys.ts";
import { schedulesOn } from "../../store/schedules.ts";
import { inTransaction } from "../../store/transaction.ts";
import { triggerHits } from "../../store/trigger-hits.ts";
import { listWorkspaces } from "../../store/workspaces.ts";
import type { Schedule } from "../definition/schedule.ts";
import { isPlannedAtClosing, waitMsOf } from "../definition/timing.ts";
import { planProgramme } from "./programmes.ts";

/** So many in one transaction: others have their turn in between. */
const BATCH = 2000;

/** Plans what is due of all schedules that are on, in every workspace; gives how many invitations. */
export async function planDue(engine: Engine): Promise<number> {
  let planned = 0;
  for (const { id } of await listWorkspaces(engine.db)) planned += await planWorkspace(engine, id);
  if (planned > 0) engine.log.info({ planned }, "invitations were planned");
  return planned;
}

/** The same for one workspace. */
export async function planWorkspace(engine: Engine, workspaceId: number): Promise<number> {
  let planned = 0;
  for (const schedule of await schedulesOn(engine.db, workspaceId)) {
    try {
      planned += await planSchedule(engine, workspaceId, schedule);
    } catch (error) {
      // One that cannot be planned keeps no other from it; the next tick tries again.
      const about = { error, workspace: workspaceId, schedule: schedule.definition.name };
      engine.log.warn(about, "a schedule could not be planned and will be tried again");
    }
  }
  return planned;
}

async function planSchedule(
  engine: Engine,
  workspaceId: number,
  schedule: Schedule,
): Promise<number> {
  const { definition } = schedule;
  if (definition.steps !== undefined) return planProgramme(engine, workspaceId, schedule);
  if (definition.trigger.on === "cron" || isPlannedAtClosing(definition)) return 0;
  // Mostly there is nothing, and nothing is locked to find that.
  const first = await triggerHits(engine.db, workspaceId, schedule, windowOf(engine, schedule, 1));
  if (first.length === 0) return 0;
  let planned = 0;
  for (;;) {
    const batch = await planBatch(engine, workspaceId, schedule);
    planned += batch.planned;
    // None of a full batch: whatever they are, looking at them again at once would not help.
    if (batch.found < BATCH || batch.planned === 0) return planned;
  }
}

async function planBatch(
  engine: Engine,
  workspaceId: number,
  schedule: Schedule,
): Promise<{ found: number; planned: number }> {
  const nothing = { found: 0, planned: 0 };
  const { definition } = schedule;
  return inTransaction(engine.db, async (transaction) => {
    if (!(await mayPlan(transaction, workspaceId))) return nothing;
    const key = definition.survey ?? "";
    const asked = (await surveysByKey(transaction, workspaceId, [key])).get(key);
    if (asked === undefined) return nothing;
    const window = windowOf(engine, schedule, BATCH);
    const hits = await triggerHits(transaction, workspaceId, schedule, window);
    if (hits.length === 0) return nothing;
    const { now } = window;
    const planned = await planHits(transaction, workspaceId, schedule, asked.survey, hits, now);
    engine.reach("plan.before_commit");
    return { found: hits.length, planned };
  });
}

/** As far back as asking about it makes sense. */
function windowOf({ clock }: Engine, { definition }: Schedule, limit: number) {
  const now = clock.now();
  return { from: new Date(now.getTime() - waitMsOf(definition)), to: now, now, limit };
}
