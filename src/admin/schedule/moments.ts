/** The next times of a schedule; of one that goes by what happens: examples of when somebody is asked. Pure. */
import { durationMs, type ScheduleDefinition } from "../../scheduling/definition/schedule.ts";
import { hoursOf, offsetMsOf } from "../../scheduling/definition/timing.ts";
import type { WorkingHours } from "../../scheduling/gates/calendar.ts";
import { hoursAt, narrowedTo } from "../../scheduling/gates/hours.ts";
import { nextRun } from "../../scheduling/plan/next-run.ts";

const DATES = 5;
const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** So long after now something happens in the examples: now, tonight, and on the days after. */
const HAPPENS_MS = [0, 8 * HOUR_MS, DAY_MS, 2 * DAY_MS, 3 * DAY_MS];

export interface Moments {
  /** `fixed`: it fires then; `once`: it happens and is asked about; `row`: one person's row of questions. */
  readonly kind: "fixed" | "once" | "row";
  /** `from`: when it happens, and when it is asked. At most five. */
  readonly dates: readonly { readonly from: Date; readonly at: Date }[];
  /** From where it was looked ahead. */
  readonly now: Date;
}

export interface MomentsAbout {
  readonly now: Date;
  /** The workspace's. */
  readonly timeZone: string;
  readonly asking: WorkingHours;
}

export function momentsOf(definition: ScheduleDefinition, about: MomentsAbout): Moments {
  const { trigger, steps } = definition;
  const { now, timeZone } = about;
  if (trigger.on === "cron") {
    const dates: Date[] = [];
    let next = nextRun(trigger.cron, trigger.timeZone ?? timeZone, now);
    while (next !== undefined && dates.length < DATES) {
      dates.push(next);
      next = nextRun(trigger.cron, trigger.timeZone ?? timeZone, next);
    }
    return { kind: "fixed", now, dates: dates.map((at) => ({ from: at, at })) };
  }
  const offset = offsetMsOf(trigger);
  const asked = (dueAt: number) => new Date(openAt(dueAt, definition, about));
  if (steps === undefined) {
    const dates = HAPPENS_MS.map((ms) => {
      // What is asked about beforehand lies ahead by as much.
      const from = now.getTime() + ms + Math.max(0, -offset);
      return { from: new Date(from), at: asked(from + offset) };
    });
    return { kind: "once", now, dates };
  }
  return { kind: "row", now, dates: rowOf(definition, now, offset, asked) };
}

/** One person's questions, one after the other, when each is asked and none is answered late. */
function rowOf(
  { steps = [], repeatAfter }: ScheduleDefinition,
  now: Date,
  offset: number,
  asked: (dueAt: number) => Date,
): Moments["dates"] {
  const dates: { from: Date; at: Date }[] = [];
  let at = now.getTime() + offset;
  for (let round = 0; dates.length < DATES; round += 1) {
    for (const [index, step] of steps.entries()) {
      if (dates.length === DATES) break;
      const again = round > 0 && index === 0;
      if (again && repeatAfter === undefined) return dates;
      at += durationMs(again && repeatAfter !== undefined ? repeatAfter : step.after);
      const moment = asked(at);
      dates.push({ from: now, at: moment });
      at = moment.getTime();
    }
    if (steps.length === 0) return dates;
  }
  return dates;
}

/** The first time from then on at which anybody is asked here. */
function openAt(
  dueAt: number,
  { limits }: ScheduleDefinition,
  { asking, timeZone }: MomentsAbout,
): number {
  if (limits.anyHour) return dueAt;
  const { hours: own } = limits;
  const hours = own === undefined ? asking : narrowedTo(asking, hoursOf(own));
  return Math.max(dueAt, hoursAt(dueAt, { hours, timeZone })?.start ?? dueAt);
}
