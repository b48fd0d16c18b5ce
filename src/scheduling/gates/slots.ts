/**
 * A schedule's daily cap, spread over the day instead of a burst. Pure. Each day of the workspace has
 * as many slots as are asked on it at most. A slot is a point of that day: as far as it is through
 * the day, so far through the hours that the person has on that day they are asked. So no day has
 * more, wherever people live. Times are epoch milliseconds.
 */
import { Temporal } from "temporal-polyfill";
import type { Stretch } from "./calendar.ts";
import { type AskingHours, hoursBetween } from "./hours.ts";

/** What the next slot of a schedule depends on. */
export interface DayShare {
  readonly perDay: number;
  /** The workspace's: it says which day it is. */
  readonly timeZone: string;
  /** Its own slot, if it has one already. */
  readonly mine: number | null;
  /** The last one that was given to anybody. */
  readonly last: number | null;
}

export interface Slot {
  readonly slotAt: number;
  /** When the person is asked in it; not before now. */
  readonly askAt: number;
}

/** Who has no hours in so many days has none. */
const MOST_DAYS = 400;

/**
 * Its own slot while the slot's day is not over, else the first free one; `undefined` when there is
 * none for this person. `hours`: the person's; null: any hour.
 */
export function slotFor(share: DayShare, hours: AskingHours | null, now: number): Slot | undefined {
  const today = dayAt(now, share.timeZone);
  if (share.mine !== null && share.mine >= today.start) {
    const day = dayAt(share.mine, share.timeZone);
    const open = hoursBetween(day.start, day.end, hours);
    if (open.length > 0) return slotAt(share.mine, day, open, now);
  }
  return firstFree(share, hours, now, today);
}

function firstFree(
  { perDay, timeZone, last }: DayShare,
  hours: AskingHours | null,
  now: number,
  today: Stretch,
): Slot | undefined {
  let day = last === null || last < today.start ? today : dayAt(last, timeZone);
  for (let days = 0; days < MOST_DAYS; days += 1) {
    const open = hoursBetween(day.start, day.end, hours);
    // The part of the day's hours that is over is not made up for at once.
    const passed = Math.floor(fractionPassed(open, now) * perDay);
    const given = last === null || last < day.start ? 0 : indexOf(last, day, perDay) + 1;
    const index = Math.max(passed, given);
    if (open.length > 0 && index < perDay) {
      return slotAt(slotTime(index, day, perDay), day, open, now);
    }
    day = dayAt(day.end, timeZone);
  }
  return undefined;
}

function slotAt(at: number, day: Stretch, open: readonly Stretch[], now: number): Slot {
  return { slotAt: at, askAt: Math.max(timeOf(fractionOf(at, day), open), now) };
}

function slotTime(index: number, { start, end }: Stretch, perDay: number): number {
  return start + Math.ceil((index * (end - start)) / perDay);
}

/** The slot of a day that this point belongs to; of another number a day, if it was changed since. */
function indexOf(slotAt: number, day: Stretch, perDay: number): number {
  return Math.floor(fractionOf(slotAt, day) * perDay);
}

function fractionOf(at: number, { start, end }: Stretch): number {
  return (at - start) / (end - start);
}

function lengthOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { start, end }) => sum + end - start, 0);
}

/** How much of these hours is over, from 0 to 1. */
function fractionPassed(open: readonly Stretch[], now: number): number {
  const passed = open.reduce(
    (sum, { start, end }) => sum + Math.max(0, Math.min(end, now) - start),
    0,
  );
  return open.length === 0 ? 1 : passed / lengthOf(open);
}

/** So far through these hours, of which there are some. */
function timeOf(fraction: number, open: readonly Stretch[]): number {
  let left = Math.floor(fraction * lengthOf(open));
  for (const { start, end } of open) {
    if (left < end - start) return start + left;
    left -= end - start;
  }
  return open.at(-1)?.end ?? 0;
}

/** The day of the workspace that a time belongs to. */
function dayAt(at: number, timeZone: string): Stretch {
  const known = days.get(timeZone);
  if (known !== undefined && known.start <= at && at < known.end) return known;
  const date = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  const start = date.startOfDay();
  const end = date.toPlainDate().add({ days: 1 }).toZonedDateTime({ timeZone });
  const day = { start: start.epochMilliseconds, end: end.epochMilliseconds };
  days.set(timeZone, day);
  return day;
}

/** The day that was asked for last, by time zone: thousands of candidates ask for the same one. */
const days = new Map<string, Stretch>();
