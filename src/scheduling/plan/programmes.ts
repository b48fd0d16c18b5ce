/**
 * Programmes: steps one after the other for each human. A step's invitation is planned when its time
 * has come; the next one's time is known when that invitation has come to an end.
 */
import type { Engine } from "../../engine.ts";
import { programmeStirs } from "../../store/enrolments/stirs.ts";
import {
  enrol,
  enrolJoined,
  forgetCorrected,
  goOn,
  leaveOrReturn,
  lockDueSteps,
  notePlannedSteps,
  spreadOverdue,
} from "../../store/enrolments.ts";
import { mayPlan, planHits } from "../../store/plan-hits.ts";
import { surveysByKey } from "../../store/schedule-surveys.ts";
import type { Db } from "../../store/schema.ts";
import { inTransaction } from "../../store/transaction.ts";
import { factHits } from "../../store/trigger-hits.ts";
import type { Schedule } from "../definition/schedule.ts";
import { waitMsOf } from "../definition/timing.ts";

/** So many in one transaction: others have their turn in between. */
const BATCH = 2000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Brings everybody's place in a programme up to date and plans what is due; gives how many. */
export async function planProgramme(
  engine: Engine,
  workspaceId: number,
  schedule: Schedule,
): Promise<number> {
  if (!(await mayStir(engine, workspaceId, schedule))) return 0;
  const ready = await inTransaction(engine.db, async (transaction) => {
    if (!(await mayPlan(transaction, workspaceId))) return false;
    await bringUpToDate(transaction, workspaceId, schedule, engine.clock.now());
    return true;
  });
  if (!ready) return 0;
  let planned = 0;
  for (;;) {
    const steps = await planSteps(engine, workspaceId, schedule);
    planned += steps;
    if (steps < BATCH) return planned;
  }
}

/** Whether there is anything to do: most minutes there is not, and nothing is locked to find that. */
async function mayStir({ db, clock }: Engine, workspaceId: number, schedule: Schedule) {
  const now = clock.now();
  const since = schedule.onSince ?? now;
  if (await programmeStirs(db, workspaceId, schedule, { now, since })) return true;
  const { trigger } = schedule.definition;
  if (trigger.on === "person-joined" || trigger.on === "cron") return false;
  const window = windowOf(schedule, now, 1);
  return (await factHits(db, workspaceId, schedule, window)).length > 0;
}

/** Of the facts that begin it. */
function windowOf({ definition }: Schedule, now: Date, limit: number) {
  return { from: new Date(now.getTime() - waitMsOf(definition)), to: now, now, limit };
}

async function bringUpToDate(
  transaction: Db,
  workspaceId: number,
  schedule: Schedule,
  now: Date,
): Promise<void> {
  const { trigger } = schedule.definition;
  const since = schedule.onSince ?? now;
  await leaveOrReturn(transaction, workspaceId, schedule, now);
  await goOn(transaction, workspaceId, schedule, now);
  await spreadOverdue(transaction, workspaceId, schedule, since);
  if (trigger.on === "person-joined") {
    await forgetCorrected(transaction, workspaceId, schedule, now);
    const who = { now, since, limit: BATCH };
    while ((await enrolJoined(transaction, workspaceId, schedule, who)) === BATCH);
  } else if (trigger.on !== "cron") {
    const window = windowOf(schedule, now, BATCH);
    const hits = await factHits(transaction, workspaceId, schedule, window);
    const beginnings = hits.map(({ humanId, dueAt }) => ({ humanId, at: dueAt }));
    await enrol(transaction, workspaceId, schedule, beginnings);
  }
}

/** Plans the next steps that are due; a step whose survey is paused waits until it is on again. */
async function planSteps(engine: Engine, workspaceId: number, schedule: Schedule): Promise<number> {
  return inTransaction(engine.db, async (transaction) => {
    if (!(await mayPlan(transaction, workspaceId))) return 0;
    const now = engine.clock.now();
    const { steps = [] } = schedule.definition;
    const keys = steps.map(({ survey }) => survey);
    const surveys = await surveysByKey(transaction, workspaceId, keys);
    const on = keys.flatMap((key, index) => (surveys.get(key)?.on ? [index] : []));
    const about = { now, steps: on, limit: BATCH };
    const due = await lockDueSteps(transaction, workspaceId, schedule, about);
    for (const index of on) {
      const survey = surveys.get(keys[index] ?? "")?.survey;
      const hits = due.filter(({ step }) => step === index);
      if (survey === undefined || hits.length === 0) continue;
      const planned = hits.map((hit) => ({ ...hit, ...nothing, dueAt: notLong(hit.dueAt, now) }));
      await planHits(transaction, workspaceId, schedule, survey, planned, now);
    }
    await notePlannedSteps(transaction, workspaceId, schedule, due);
    return due.length;
  });
}

const nothing = { chatId: null, closing: null };

/** What waited for its survey to be on again is not too late because of that. */
function notLong(dueAt: Date, now: Date): Date {
  return now.getTime() - dueAt.getTime() < DAY_MS ? dueAt : now;
}
