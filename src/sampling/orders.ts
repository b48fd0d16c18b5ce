/** How many orders the sample's company has on each day. Pure. */
import { Temporal } from "temporal-polyfill";
import type { Random } from "./random.ts";

/** Orders on an average day, and how weekdays differ from it (Monday first). */
const ORDERS_A_DAY = 4_100;
const weekdayShare = [1.1, 1.05, 1, 1, 1.1, 0.95, 0.8] as const;
/** It grows a little each day. */
const GROWTH = 1.001;

/** `day` is `YYYY-MM-DD` of the workspace. */
export interface SampleOrders {
  readonly day: string;
  readonly orders: number;
}

/** From the first day to the one before today: today's orders are counted tomorrow. */
export function makeOrders(
  random: Random,
  { from, now, timeZone }: { readonly from: Date; readonly now: Date; readonly timeZone: string },
): SampleOrders[] {
  const dayOf = (at: Date) =>
    Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  const first = dayOf(from);
  const days = first.until(dayOf(now)).days;
  return Array.from({ length: days }, (_, i) => {
    const day = first.add({ days: i });
    const usual = ORDERS_A_DAY * (weekdayShare[day.dayOfWeek - 1] ?? 1) * GROWTH ** i;
    return { day: day.toString(), orders: Math.round(usual * (0.92 + 0.16 * random.next())) };
  });
}
