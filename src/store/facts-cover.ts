/** Which parts of a period are read from counts, and which from the rows themselves. Pure. */
import { dayAfter, dayAt, dayFrom, monthFrom, startOfDay } from "./zone-days.ts";

/** From a first to before a last day, `YYYY-MM-DD`. */
export interface DaySpan {
  /** `m`: whole months, by the first day of each. */
  readonly span: "d" | "m";
  /** −1: they are in another part and do not count. */
  readonly sign: 1 | -1;
  readonly from: string;
  readonly until: string;
}

/** From an instant to before another one, with the days that begin in it. */
export interface Stretch {
  readonly start: Date;
  readonly end: Date;
  readonly from: string;
  readonly until: string;
}

export interface Cover {
  readonly counted: readonly DaySpan[];
  readonly live: readonly Stretch[];
  /** The counted days, whole months apart; null when there are none. */
  readonly days: CountedDays | null;
}

/** [first, months) and [monthsEnd, until) by the day, [months, monthsEnd) by the month. */
export interface CountedDays {
  readonly first: string;
  readonly months: string;
  readonly monthsEnd: string;
  readonly until: string;
  readonly marked: readonly string[];
}

export interface CoverWith {
  readonly timeZone: string;
  /** The first day that is not counted; null: nothing is. */
  readonly countedUntil: string | null;
  /** Days whose counts are not true. */
  readonly marked: readonly string[];
  /** True: a period that does not begin with a day is read from the rows, whole. */
  readonly aligned: boolean;
}

interface Interval {
  readonly start: Date;
  readonly end: Date;
}

/** The parts of a half-open period. What is marked is in the counts with both signs, and live. */
export function coverPeriod(period: Interval, { timeZone, ...how }: CoverWith): Cover {
  const days = countedDays(period, { timeZone, ...how });
  const stretch = (start: Date, end: Date): Stretch[] =>
    start < end
      ? [{ start, end, from: dayFrom(start, timeZone), until: dayFrom(end, timeZone) }]
      : [];
  if (days === null) return { counted: [], live: stretch(period.start, period.end), days };
  const { first, months, monthsEnd, until, marked } = days;
  const begin = (day: string) => startOfDay(day, timeZone);
  const spans: DaySpan[] = [
    { span: "m", sign: 1, from: months, until: monthsEnd },
    { span: "d", sign: 1, from: first, until: months },
    { span: "d", sign: 1, from: monthsEnd, until },
    ...marked.map((day) => ({ span: "d", sign: -1, from: day, until: dayAfter(day) }) as const),
  ];
  return {
    counted: spans.filter(({ from, until: end }) => from < end),
    live: [
      ...stretch(period.start, begin(first)),
      ...stretch(begin(until), period.end),
      ...marked.flatMap((day) => stretch(begin(day), begin(dayAfter(day)))),
    ],
    days,
  };
}

function countedDays(
  { start, end }: Interval,
  { timeZone, countedUntil, marked, aligned }: CoverWith,
): CountedDays | null {
  if (countedUntil === null) return null;
  const first = dayFrom(start, timeZone);
  if (aligned && startOfDay(first, timeZone).getTime() !== start.getTime()) return null;
  const last = dayAt(end, timeZone);
  const until = last < countedUntil ? last : countedUntil;
  if (first >= until) return null;
  const months = monthFrom(first);
  // Of the month that goes on nothing is counted beyond the end of what is.
  const monthsEnd = until === countedUntil ? monthFrom(until) : `${until.slice(0, -2)}01`;
  const whole = months < monthsEnd ? { months, monthsEnd } : { months: until, monthsEnd: until };
  return { first, ...whole, until, marked: marked.filter((day) => day >= first && day < until) };
}
