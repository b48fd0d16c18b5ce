/** When a digest comes, and which week it is about. Pure. */
import { Temporal } from "temporal-polyfill";
import { dayOf, type Period, periodOf } from "../metrics/period.ts";
import { lastRun, nextRun } from "../scheduling/plan/next-run.ts";
import type { WorkspaceSettings } from "../store/settings.ts";

/** The weekly time that a workspace has set. */
export type When = Pick<WorkspaceSettings["digest"], "day" | "time">;

const MONDAY = 1;
const DAYS = 7;
/** A digest came at least once in this time, whatever the clocks did. */
const LOOKBACK_MS = (DAYS + 1) * 24 * 60 * 60 * 1000;

/** The first time after `after`; undefined where the zone is unknown here. */
export function nextDigest(when: When, timeZone: string, after: Date): Date | undefined {
  return nextRun(cronOf(when), timeZone, after);
}

/** The last time from `first` to `now`, both in it; undefined when there is none. */
export function dueDigest(
  when: When,
  timeZone: string,
  range: { readonly first: Date; readonly now: Date },
): Date | undefined {
  return lastRun(cronOf(when), timeZone, range);
}

/** The time of the digest that is the latest one at `now`, whether it was posted or not. */
export function latestDigest(when: When, timeZone: string, now: Date): Date {
  const first = new Date(now.getTime() - LOOKBACK_MS);
  return dueDigest(when, timeZone, { first, now }) ?? now;
}

/** The seven days before the day of a digest: on Mondays that is last week. */
export function periodOfDigest(at: Date, timeZone: string): Period {
  const until = dayOf(at, timeZone);
  const kind = until.dayOfWeek === MONDAY ? "week" : "days";
  const first = until.subtract({ days: DAYS });
  return periodOf({ kind, step: { days: DAYS }, first, until }, { now: at, timeZone });
}

/** The seven days from the day of a digest on, as far as they are still to come. */
export function daysAhead(now: Date, timeZone: string): Date {
  const end = dayOf(now, timeZone).add({ days: DAYS });
  return new Date(end.toZonedDateTime(timeZone).epochMilliseconds);
}

/** `YYYY-MM-DD`: the day of the digest of a period. */
export function dateOfDigest({ end, timeZone }: Period): string {
  return dayOf(end, timeZone).toString();
}

function cronOf({ day, time }: When): string {
  const { hour, minute } = Temporal.PlainTime.from(time);
  return `${minute} ${hour} * * ${day % DAYS}`;
}
