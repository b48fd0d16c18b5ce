/**
 * Firing cron schedules. Each has its next time computed ahead; an instance that finds it come
 * claims it, which one of them only can, and moves it on. Times at which nothing of us was running
 * are made up for by one firing, the latest of them, or skipped, as the schedule says.
 */
import type { Engine } from "../../engine.ts";
import {
  beginRun,
  type CronSchedule,
  dueSchedules,
  listCronSchedules,
  moveOn,
} from "../../store/schedule-runs.ts";
import { inTransaction } from "../../store/transaction.ts";
import { readScheduleDefinition, type Trigger } from "../definition/schedule.ts";
import { lastRun, nextRun } from "./next-run.ts";

/** A firing is late after this long: a restart and a tick of the clockwork are no outage. */
const LATE_MS = 5 * 60_000;
const BATCH = 500;

type Here = Pick<Engine, "db" | "clock" | "log">;

/** Claims all firings that are due; says how many are to be planned. Safe on many instances at once. */
export async function claimRuns(engine: Here): Promise<number> {
  const now = engine.clock.now();
  let claimed = 0;
  for (const schedule of await dueSchedules(engine.db, now, BATCH)) {
    if (await claimRun(engine, schedule, now)) claimed += 1;
  }
  return claimed;
}

async function claimRun(engine: Here, schedule: CronSchedule, now: Date): Promise<boolean> {
  const times = timesOf(schedule);
  const { nextAt } = schedule;
  const next = times && nextRun(times.cron, times.timeZone, now);
  if (next === undefined)
    engine.log.error(
      { schedule: schedule.id },
      "it cannot be told when a schedule fires next; see: aftertalk schedules show",
    );
  if (times === undefined || nextAt === null) {
    // Left alone until renewNextRuns can tell.
    await moveOn(engine.db, schedule, null);
    return false;
  }
  const { cron, timeZone, missed } = times;
  const fireAt = lastRun(cron, timeZone, { first: nextAt, now }) ?? nextAt;
  const late = now.getTime() - fireAt.getTime() > LATE_MS;
  const outcome = !late ? null : missed === "skip" ? "skipped" : "late";
  const begun = await inTransaction(engine.db, async (transaction) => {
    if (!(await moveOn(transaction, schedule, next ?? null))) return false;
    return beginRun(transaction, schedule, { fireAt, outcome }, now);
  });
  if (begun && late)
    engine.log.warn({ schedule: schedule.id, fireAt, outcome }, "a schedule missed its time");
  return begun && outcome !== "skipped";
}

/**
 * Computes the times ahead anew: a workspace may have moved to another zone, and the world's time
 * zone data change. Never a time at or before its latest firing. Says how many have changed.
 */
export async function renewNextRuns(engine: Here): Promise<number> {
  const now = engine.clock.now();
  let renewed = 0;
  for (const schedule of await listCronSchedules(engine.db)) {
    const { nextAt, lastFireAt } = schedule;
    if (nextAt !== null && nextAt <= now) continue; // it is due: claimed first
    const times = timesOf(schedule);
    const after = lastFireAt !== null && lastFireAt > now ? lastFireAt : now;
    const next = times && nextRun(times.cron, times.timeZone, after);
    if (next === undefined || next.getTime() === nextAt?.getTime()) continue;
    if (await moveOn(engine.db, schedule, next)) renewed += 1;
  }
  if (renewed > 0) engine.log.info({ renewed }, "schedules fire at other times than was computed");
  return renewed;
}

interface CronTimes extends Pick<Extract<Trigger, { on: "cron" }>, "cron" | "missed"> {
  readonly timeZone: string;
}

function timesOf({ definition, timeZone }: CronSchedule): CronTimes | undefined {
  const trigger = readScheduleDefinition(definition)?.trigger;
  if (trigger?.on !== "cron") return undefined;
  return { cron: trigger.cron, missed: trigger.missed, timeZone: trigger.timeZone ?? timeZone };
}
