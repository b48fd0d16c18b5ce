/**
 * Working time: the hours in which somebody works, by a wall clock somewhere. Pure. Time is counted
 * as it passes: an hour that a change of the clock leaves out is none, one that comes twice is two.
 */
import { Temporal } from "temporal-polyfill";

/** Hours by the wall clock of a time zone that is said beside them. */
export interface WorkingHours {
  /** 1 (Monday) to 7. */
  readonly days: readonly number[];
  /** `HH:MM`; the day ends at `to`, which is later than `from` on the same day. */
  readonly from: string;
  readonly to: string;
  /** Days there on which nobody works: `YYYY-MM-DD`, or `MM-DD` of every year. */
  readonly holidays?: readonly string[];
}

/** An amount of working time; a day is as long as a working day is by the wall clock. */
export type WorkingTime = { readonly days: number } | { readonly minutes: number };

/** Epoch milliseconds, the end not in it. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

const MINUTE_MS = 60_000;
/** Every weekday has come by then: more days without a working hour are a mistake in the hours. */
const LONGEST_GAP_DAYS = 15;
/** A holiday may fall on the only working day of a week. */
const GAP_DAYS_OF_HOLIDAY = 7;

/**
 * The first instant at which so much working time has passed since `from`; `from` itself for none.
 * What begins outside of the hours begins with the next of them.
 */
export function addWorkingTime(
  from: Date,
  amount: WorkingTime,
  hours: WorkingHours,
  timeZone: string,
): Date {
  let left = lengthOf(amount, hours);
  if (left <= 0) return new Date(from);
  for (const stretch of workingStretches(from, hours, timeZone)) {
    const start = Math.max(stretch.start, from.getTime());
    if (left <= stretch.end - start) return new Date(start + left);
    left -= stretch.end - start;
  }
  throw neverWorking();
}

/** Working time from one instant to a later one, in milliseconds; 0 when it is not later. */
export function workingTimeBetween(
  from: Date,
  to: Date,
  hours: WorkingHours,
  timeZone: string,
): number {
  let passed = 0;
  if (to <= from) return 0;
  for (const stretch of workingStretches(from, hours, timeZone)) {
    if (stretch.start >= to.getTime()) return passed;
    const start = Math.max(stretch.start, from.getTime());
    passed += Math.min(stretch.end, to.getTime()) - start;
  }
  throw neverWorking();
}

/** `at` itself when somebody works then, else the beginning of the next working hours. */
export function nextWorkingTime(at: Date, hours: WorkingHours, timeZone: string): Date {
  for (const { start } of workingStretches(at, hours, timeZone)) {
    return new Date(Math.max(start, at.getTime()));
  }
  throw neverWorking();
}

/** The beginning of the working hours so many calendar days later, or of the next ones after that. */
export function startOfWorkAfter(
  from: Date,
  days: number,
  hours: WorkingHours,
  timeZone: string,
): Date {
  const day = dayOf(from, timeZone).add({ days });
  const midnight = day.toZonedDateTime({ timeZone });
  return nextWorkingTime(new Date(midnight.epochMilliseconds), hours, timeZone);
}

/**
 * Today's hours unless they are over, then those of every day that has some; ends where nobody works
 * for longer than any holidays can last.
 */
export function* workingStretches(
  from: Date,
  hours: WorkingHours,
  timeZone: string,
): Generator<Stretch> {
  let day = dayOf(from, timeZone);
  const longest = LONGEST_GAP_DAYS + GAP_DAYS_OF_HOLIDAY * (hours.holidays?.length ?? 0);
  for (let without = 0; without < longest; without += 1) {
    const stretch = stretchOn(day, hours, timeZone);
    if (stretch !== undefined && stretch.end > from.getTime()) {
      yield stretch;
      without = 0;
    }
    day = day.add({ days: 1 });
  }
}

function stretchOn(
  day: Temporal.PlainDate,
  { days, from, to, holidays = [] }: WorkingHours,
  timeZone: string,
): Stretch | undefined {
  if (!days.includes(day.dayOfWeek) || isHoliday(day, holidays)) return undefined;
  const start = instantOf(day, from, timeZone);
  const end = instantOf(day, to, timeZone);
  return end > start ? { start, end } : undefined;
}

function isHoliday(day: Temporal.PlainDate, holidays: readonly string[]): boolean {
  if (holidays.length === 0) return false;
  const date = day.toString();
  return holidays.some((holiday) => holiday === date || holiday === date.slice("YYYY-".length));
}

/** What the clock leaves out is the moment at which it does so; of what comes twice, the first. */
function instantOf(day: Temporal.PlainDate, plainTime: string, timeZone: string): number {
  const local = day.toPlainDateTime(plainTime);
  const there = local.toZonedDateTime(timeZone, { disambiguation: "earlier" });
  const leftOut = !there.toPlainDateTime().equals(local);
  return (
    (leftOut && there.getTimeZoneTransition("next")?.epochMilliseconds) || there.epochMilliseconds
  );
}

function lengthOf(amount: WorkingTime, { from, to }: WorkingHours): number {
  if ("minutes" in amount) return Math.round(amount.minutes * MINUTE_MS);
  const day = Temporal.PlainTime.from(from).until(Temporal.PlainTime.from(to));
  return Math.round(amount.days * day.total("milliseconds"));
}

function dayOf(instant: Date, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate();
}

function neverWorking(): RangeError {
  return new RangeError("nobody ever works in these hours");
}
