/**
 * Periods: half-open [start, end) in a workspace's time zone, weeks from Monday, days as the
 * calendar has them (a day with a change of the clock has 23 or 25 hours).
 */
import { Temporal } from "temporal-polyfill";

/** What a period is called: `days` is any number of days, rolling or between two dates. */
type PeriodKind = "day" | "week" | "month" | "quarter" | "year" | "days" | "all";

/** Distance to the next period of the same kind. */
export type PeriodStep = { readonly days: number } | { readonly months: number };

export interface Period {
  readonly kind: PeriodKind;
  /** Null for all time, which nothing precedes. */
  readonly step: PeriodStep | null;
  readonly start: Date;
  /** Not in the period any more. */
  readonly end: Date;
  /** IANA name of the zone that the period was computed in. */
  readonly timeZone: string;
  /** True while the period goes on: it contains now, or always ends now. */
  readonly running: boolean;
}

/** What a period is computed for. */
export interface PeriodContext {
  readonly now: Date;
  readonly timeZone: string;
}

/** The days of a period, before they become instants. */
export interface Span {
  readonly kind: PeriodKind;
  readonly step: PeriodStep | null;
  readonly first: Temporal.PlainDate;
  /** First day that is not in the period any more. */
  readonly until: Temporal.PlainDate;
  /** True: the period ends now and not with its last day. */
  readonly untilNow?: boolean;
}

/** "All" begins here: no chat platform of ours existed before. */
export const FIRST_YEAR = 1970;

/** The calendar day of an instant in a zone. */
export function dayOf(instant: Date, timeZone: string): Temporal.PlainDate {
  return zoned(instant, timeZone).toPlainDate();
}

/** Turns days into instants: each day begins when the zone says so. */
export function periodOf(span: Span, { now, timeZone }: PeriodContext): Period {
  const start = startOfDay(span.first, timeZone);
  const end = span.untilNow ? now : startOfDay(span.until, timeZone);
  const { kind, step } = span;
  return {
    kind,
    step,
    start,
    end,
    timeZone,
    running: start <= now && (now < end || span.untilNow === true),
  };
}

/** ISO 8601 with the zone's offset at that instant: `2026-10-05T00:00:00+02:00`. */
export function isoWithOffset(instant: Date, timeZone: string): string {
  return zoned(instant, timeZone).toString({ timeZoneName: "never" });
}

function zoned(instant: Date, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);
}

function startOfDay(day: Temporal.PlainDate, timeZone: string): Date {
  return new Date(day.toZonedDateTime(timeZone).epochMilliseconds);
}
