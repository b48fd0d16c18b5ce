/** Lengths of time as schedules write them. */

import type { Token } from "../token.ts";
import type { Asker } from "./draft.ts";

const daysOf = { M: 30, Q: 90, Y: 365 } as const;
const inDays = { m: 1 / 1440, h: 1 / 24, d: 1, w: 7 } as const;
const MOST = 9999;

/** `30d`; undefined when it was asked about: nothing at all, or of no one length. */
export function lengthOf(asker: Asker, { n = 1, unit, ...span }: Token): string | undefined {
  if (n === 0) {
    asker.ask("length-none", span);
    return undefined;
  }
  if (unit === "M" || unit === "Q" || unit === "Y") {
    const words = asker.say("days", { n: n * daysOf[unit] });
    asker.ask("length-calendar", span, { choices: [{ at: span, words }] });
    return undefined;
  }
  if (n > MOST || unit === undefined) {
    asker.ask("length-too-long", span);
    return undefined;
  }
  return `${n}${unit}`;
}

/** Whole days; undefined when it was asked about. */
export function daysIn(asker: Asker, token: Token): number | undefined {
  const length = lengthOf(asker, token);
  const unit = token.unit;
  if (length === undefined || unit === undefined || !isShort(unit)) return undefined;
  const days = (token.n ?? 1) * inDays[unit];
  if (Number.isInteger(days)) return days;
  asker.ask("not-expressible", token);
  return undefined;
}

function isShort(unit: string): unit is keyof typeof inDays {
  return unit in inDays;
}
