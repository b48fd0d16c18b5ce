/** A resolved period in a few letters, digits and hyphens, as a button can carry it. Pure. */
import { Temporal } from "temporal-polyfill";
import {
  dayOf,
  FIRST_YEAR,
  type Period,
  type PeriodContext,
  type PeriodStep,
  periodOf,
} from "./period.ts";

const calendarSteps = {
  day: { days: 1 },
  week: { days: 7 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { months: 12 },
} as const satisfies Record<string, PeriodStep>;

type CalendarKind = keyof typeof calendarSteps;

const calendarKinds = Object.keys(calendarSteps) as CalendarKind[];

/**
 * `week-20261116`, `20261001-20261031` (both days are in it), `all`: at most 17 characters. The
 * dates stay what they are when the key is read on another day; a period up to now ends with the
 * day on which the key was made.
 */
export function periodKey(period: Period): string {
  if (period.kind === "all") return "all";
  const first = dayOf(period.start, period.timeZone);
  if (period.kind !== "days") return `${period.kind}-${compact(first)}`;
  const last = dayOf(new Date(period.end.getTime() - 1), period.timeZone);
  return `${compact(first)}-${compact(last)}`;
}

/** The period of a key; undefined for what is none. */
export function readPeriodKey(key: string, context: PeriodContext): Period | undefined {
  if (key === "all") {
    const first = Temporal.PlainDate.from({ year: FIRST_YEAR, month: 1, day: 1 });
    const until = dayOf(context.now, context.timeZone).add({ days: 1 });
    return periodOf({ kind: "all", step: null, first, until }, context);
  }
  const [before = "", after = ""] = key.split("-");
  const end = realDate(after);
  const kind = calendarKinds.find((each) => each === before);
  if (kind !== undefined && end !== undefined) {
    const step = calendarSteps[kind];
    return periodOf({ kind, step, first: end, until: end.add(step) }, context);
  }
  const first = realDate(before);
  if (first === undefined || end === undefined) return undefined;
  const days = first.until(end, { largestUnit: "days" }).days + 1;
  if (days < 1) return undefined;
  const until = first.add({ days });
  return periodOf({ kind: "days", step: { days }, first, until }, context);
}

function compact(day: Temporal.PlainDate): string {
  return day.toString().replaceAll("-", "");
}

function realDate(digits: string): Temporal.PlainDate | undefined {
  if (!/^\d{8}$/.test(digits)) return undefined;
  try {
    return Temporal.PlainDate.from(digits, { overflow: "reject" });
  } catch {
    return undefined; // 30 February
  }
}
