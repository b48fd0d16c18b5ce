/**
 * When a cron expression fires next where a workspace is. A time that the clocks leave out fires at
 * the first instant after the gap; one that they show twice fires the first time only.
 */
import { Cron } from "croner";

/** More schedules than these in a row would be looked at one by one only if they fire in bursts. */
const LOOKBACK_MS = [1, 24, 8 * 24, 40 * 24, 400 * 24].map((hours) => hours * 60 * 60 * 1000);

/**
 * The first time after `after`; undefined when there is none, as on 30 February, and when the
 * expression or the zone is not one (see {@link cronProblem}). `timeZone`: an IANA name.
 */
export function nextRun(cron: string, timeZone: string, after: Date): Date | undefined {
  try {
    return parse(cron, timeZone).nextRun(after) ?? undefined;
  } catch {
    // What was a zone when it was saved may be none for this machine's time zone data.
    return undefined;
  }
}

/**
 * The last time that is not after `now`, when `first` is one that was due; undefined when there is
 * none from `first` to `now`.
 */
export function lastRun(
  cron: string,
  timeZone: string,
  { first, now }: { first: Date; now: Date },
): Date | undefined {
  // Backwards in steps that grow: a schedule that fired each minute for a month is not gone
  // through minute by minute.
  for (const back of [...LOOKBACK_MS, Number.POSITIVE_INFINITY]) {
    const from = Math.max(first.getTime(), now.getTime() - back);
    let last: Date | undefined;
    let next = nextRun(cron, timeZone, new Date(from - 1));
    while (next !== undefined && next <= now) {
      last = next;
      next = nextRun(cron, timeZone, next);
    }
    if (last !== undefined || from === first.getTime()) return last;
  }
  return undefined;
}

/** What is wrong with a time, for people and by a code. */
export interface CronProblem {
  readonly code: "time-zone" | "cron-not" | "cron-never";
  readonly message: string;
}

/** Why nothing would ever fire; undefined when it does. */
export function cronProblem(cron: string, timeZone: string): CronProblem | undefined {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
  } catch {
    const message = `"${timeZone}" is not a time zone; it looks like Europe/Berlin`;
    return { code: "time-zone", message };
  }
  try {
    const comes = parse(cron, timeZone).nextRun() !== null;
    return comes ? undefined : { code: "cron-never", message: `"${cron}" never comes` };
  } catch {
    const message = `"${cron}" is not a time; it looks like "0 9 * * 1": minute, hour, day, month, weekday`;
    return { code: "cron-not", message };
  }
}

function parse(cron: string, timeZone: string): Cron {
  // The library also takes a date: five fields, and nothing else, are a schedule.
  if (cron.trim().split(/\s+/).length !== 5) throw new RangeError("five fields");
  return new Cron(cron, { timezone: timeZone, mode: "5-part", paused: true });
}
