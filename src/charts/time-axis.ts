/**
 * An axis of time that shows minutes as well as days: even up to a minute, then alike for each
 * doubling. Pure.
 */
import type { Language } from "../locales/index.ts";
import type { Position, Tick } from "./axis.ts";
import { durationText } from "./numbers.ts";
import type { Pen } from "./pen.ts";
import type { Box } from "./scene.ts";
import { LABEL_GAP, looks } from "./theme.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** No axis is shorter. */
const SHORTEST = 5 * MINUTE;

/** Round times, those first that are to be seen even where there is little room. */
const TICKS: readonly number[] = [
  ...[
    HOUR,
    DAY,
    MINUTE,
    7 * DAY,
    30 * DAY,
    15 * MINUTE,
    5 * MINUTE,
    4 * HOUR,
    365 * DAY,
    10 * HOUR,
  ],
  ...[30 * MINUTE, 2 * HOUR, 3 * DAY, 90 * DAY, 2 * MINUTE, 10 * MINUTE, 8 * HOUR, 2 * DAY],
];

/** Where a time in seconds goes on an axis that ends with the longest. */
export function timeAcross(longest: number, box: Box): Position {
  const bent = (seconds: number) => Math.log1p(Math.max(0, seconds) / MINUTE);
  const end = bent(Math.max(SHORTEST, longest));
  return (seconds) => box.left + box.width * Math.min(1, bent(seconds) / end);
}

/** Zero and as many round times as have room, in their order. */
export function timeTicks(
  { longest, x, language }: { longest: number; x: Position; language: Language },
  pen: Pen,
): Tick[] {
  const half = ({ label }: Tick) => (pen.widthOf(label, looks.tick.size) + LABEL_GAP) / 2;
  const ticks: Tick[] = [{ at: x(0), label: "0" }];
  for (const seconds of TICKS.filter((each) => each <= Math.max(SHORTEST, longest))) {
    const tick = { at: x(seconds), label: durationText(seconds, language) };
    const free = ticks.every((other) => Math.abs(other.at - tick.at) > half(other) + half(tick));
    if (free) ticks.push(tick);
  }
  return ticks.toSorted((a, b) => a.at - b.at);
}
