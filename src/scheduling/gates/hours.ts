/**
 * The hours in which somebody is asked, by their own clock. Pure; what was worked out for hours and a
 * time zone is kept as long as the hours are, because thousands of people share them.
 */
import { type Stretch, type WorkingHours, workingStretches } from "./calendar.ts";

/** Hours by the clock of a time zone (IANA). */
export interface AskingHours {
  readonly hours: WorkingHours;
  readonly timeZone: string;
  /** The schedule has hours of its own: they hold for whoever is still there, too. */
  readonly own?: boolean;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** What is further away than this from all that is known is worked out by itself. */
const NEAR_MS = 30 * DAY_MS;
const KEPT_STRETCHES = 400;

/** From `base` on, as far as they were asked for. */
interface Known {
  readonly base: number;
  readonly stretches: Stretch[];
  readonly more: Generator<Stretch>;
}

const known = new WeakMap<WorkingHours, Map<string, Known>>();

/** The hours that `at` is in, else the next ones; `undefined` where nobody is ever asked. */
export function hoursAt(at: number, { hours, timeZone }: AskingHours): Stretch | undefined {
  const { stretches, more } = knownSince(at, hours, timeZone);
  while ((stretches.at(-1)?.end ?? at) <= at) {
    const { value, done } = more.next();
    if (done) return undefined;
    stretches.push(value);
  }
  return firstEndingAfter(stretches, at);
}

/** What these hours have in common with hours of the day; perhaps nothing. */
export function narrowedTo(
  hours: WorkingHours,
  { from, to }: { readonly from: string; readonly to: string },
): WorkingHours {
  return {
    ...hours,
    from: from > hours.from ? from : hours.from,
    to: to < hours.to ? to : hours.to,
  };
}

/** Whether somebody is asked at this time. */
export function isOpen(at: number, hours: AskingHours): boolean {
  const stretch = hoursAt(at, hours);
  return stretch !== undefined && stretch.start <= at;
}

/** The hours between two times; at any hour: all of it. */
export function hoursBetween(start: number, end: number, hours: AskingHours | null): Stretch[] {
  if (hours === null) return [{ start, end }];
  const found: Stretch[] = [];
  let next = hoursAt(start, hours);
  while (next !== undefined && next.start < end) {
    found.push({ start: Math.max(next.start, start), end: Math.min(next.end, end) });
    next = hoursAt(next.end, hours);
  }
  return found;
}

function knownSince(at: number, hours: WorkingHours, timeZone: string): Known {
  const zones = known.get(hours) ?? new Map<string, Known>();
  known.set(hours, zones);
  const there = zones.get(timeZone);
  if (there !== undefined && isNear(at, there)) return there;
  // The day before is asked for as well: whether a chat was outside of the hours.
  const base = at - DAY_MS;
  const made = { base, stretches: [], more: workingStretches(new Date(base), hours, timeZone) };
  zones.set(timeZone, made);
  return made;
}

function isNear(at: number, { base, stretches }: Known): boolean {
  const ahead = at - (stretches.at(-1)?.end ?? base);
  return at >= base && ahead <= NEAR_MS && stretches.length < KEPT_STRETCHES;
}

function firstEndingAfter(stretches: readonly Stretch[], at: number): Stretch | undefined {
  let low = 0;
  let high = stretches.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle]?.end ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return stretches[low];
}

/** The first of these that is a time zone; what a platform tells need not be one. */
export function firstTimeZone(names: readonly (string | null)[], otherwise: string): string {
  return names.find((name) => name !== null && isTimeZone(name)) ?? otherwise;
}

function isTimeZone(name: string): boolean {
  let valid = zones.get(name);
  if (valid === undefined) {
    try {
      new Intl.DateTimeFormat("en", { timeZone: name });
      valid = true;
    } catch {
      valid = false;
    }
    if (zones.size < MOST_ZONES) zones.set(name, valid);
  }
  return valid;
}

/** Names that were looked at; there are about 600 zones. */
const zones = new Map<string, boolean>();
const MOST_ZONES = 2000;
