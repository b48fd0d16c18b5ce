/**
 * Planning a firing of a cron schedule: its audience, page by page, each page a transaction that
 * also keeps how far it has come. What was begun by a process that ended goes on where it was.
 */
import type { Transaction } from "kysely";
import type { Engine } from "../../engine.ts";
import { listAudience } from "../../store/audience.ts";
import { enrol } from "../../store/enrolments.ts";
import { humansWaiting, planHits } from "../../store/plan-hits.ts";
import {
  finishRun,
  hasOpenRuns,
  keepProgress,
  lockOpenRun,
  type ScheduleRun,
} from "../../store/schedule-runs.ts";
import { surveysByKey } from "../../store/schedule-surveys.ts";
import { schedulesOn } from "../../store/schedules.ts";
import type { Schema } from "../../store/schema.ts";
import { inTransaction } from "../../store/transaction.ts";

/** So many people in one transaction: others have their turn in between. */
const BATCH = 2000;

/** Plans the firings that are open, the oldest first; gives how many invitations. Safe on many instances. */
export async function planRuns(engine: Engine): Promise<number> {
  const broken: string[] = [];
  let planned = 0;
  if (!(await hasOpenRuns(engine.db))) return planned;
  for (;;) {
    const batch = await planOpenRun(engine, broken);
    if (batch === undefined) return planned;
    planned += batch;
  }
}

/** A page of the oldest open firing; `undefined` when there is none. What fails goes to `broken`. */
async function planOpenRun(engine: Engine, broken: string[]): Promise<number | undefined> {
  let run: ScheduleRun | undefined;
  try {
    return await inTransaction(engine.db, async (transaction) => {
      run = await lockOpenRun(transaction, broken);
      return run && planRun(engine, transaction, run);
    });
  } catch (error) {
    if (run === undefined) throw error;
    // One that cannot be planned keeps no other from it; the next tick tries again.
    broken.push(run.scheduleId);
    const about = { error, workspace: run.workspaceId, schedule: run.scheduleId };
    engine.log.warn(about, "a firing of a schedule could not be planned and will be tried again");
    return 0;
  }
}

/** Plans the next page of a locked firing; the last one ends it. Gives how many invitations. */
async function planRun(
  engine: Engine,
  transaction: Transaction<Schema>,
  run: ScheduleRun,
): Promise<number> {
  const { workspaceId, scheduleId, fireAt } = run;
  const now = engine.clock.now();
  const schedules = await schedulesOn(transaction, workspaceId);
  const schedule = schedules.find(({ id }) => id === scheduleId);
  const key = schedule?.definition.survey ?? "";
  const asked = schedule && (await surveysByKey(transaction, workspaceId, [key])).get(key);
  const isProgramme = schedule?.definition.steps !== undefined;
  if (schedule === undefined || (asked === undefined && !isProgramme)) {
    await finishRun(transaction, run, run.planned, now);
    return 0;
  }
  const { audience } = schedule.definition;
  const page = { now, after: run.cursor ?? undefined, limit: BATCH };
  const people = await listAudience(transaction, workspaceId, audience, page);
  let planned = 0;
  if (asked === undefined) {
    const beginnings = people.map(({ humanId }) => ({ humanId, at: fireAt }));
    await enrol(transaction, workspaceId, schedule, beginnings);
  } else {
    const all = people.map(({ humanId }) => humanId);
    // Whoever still waits to be asked the same is not asked it once more behind that.
    const waiting = await humansWaiting(transaction, workspaceId, scheduleId, all);
    const hits = people
      .filter(({ humanId }) => !waiting.has(humanId))
      .map(({ personId, humanId, connectionId }) => ({
        ...{ personId, connectionId, chatId: null, closing: null, dueAt: fireAt },
        reasonKey: `${scheduleId}:run:${fireAt.getTime()}:${humanId}`,
      }));
    planned = await planHits(transaction, workspaceId, schedule, asked.survey, hits, now);
  }
  const all = run.planned + planned;
  const last = people.at(-1)?.humanId;
  if (people.length < BATCH || last === undefined) await finishRun(transaction, run, all, now);
  else await keepProgress(transaction, run, { cursor: last, planned: all });
  engine.reach("run.before_commit");
  return planned;
}
