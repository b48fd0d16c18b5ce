/** An axis of time that shows minutes as well as days: even up to a minute, then each doubling alike. Pure. */
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

/** Round times, from many to few: the first list that has room is taken. */
const TICKS: readonly (readonly number[])[] = [
  [
    ...minutes(1, 2, 5, 10, 15, 30),
    ...hours(1, 2, 4, 8),
    ...days(1, 2, 4, 7, 14, 30, 60, 120, 365),
  ],
  [...minutes(1, 5, 15, 30), ...hours(1, 2, 4, 8), ...days(1, 2, 4, 7, 14, 30, 90, 365)],
  [...minutes(1, 5, 15), ...hours(1, 4), ...days(1, 3, 7, 30, 90, 365)],
  [...minutes(1, 10), ...hours(1, 8), ...days(1, 7, 30, 365)],
  [...minutes(1), ...hours(1), ...days(1, 30)],
];

function minutes(...of: number[]): number[] {
  return of.map((each) => each * MINUTE);
}

function hours(...of: number[]): number[] {
  return of.map((each) => each * HOUR);
}

function days(...of: number[]): number[] {
  return of.map((each) => each * DAY);
}

/** Where a time in seconds goes on an axis that ends with the longest. */
export function timeAcross(longest: number, box: Box): Position {
  const bent = (seconds: number) => Math.log1p(Math.max(0, seconds) / MINUTE);
  const end = bent(Math.max(SHORTEST, longest));
  return (seconds) => box.left + box.width * Math.min(1, bent(seconds) / end);
}

/** Zero and as many round times as have room. */
export function timeTicks(
  { longest, x, language }: { longest: number; x: Position; language: Language },
  pen: Pen,
): Tick[] {
  const end = Math.max(SHORTEST, longest);
  const lists = TICKS.map((times) => [
    { at: x(0), label: "0" },
    ...times
      .filter((seconds) => seconds <= end)
      .map((seconds) => ({ at: x(seconds), label: durationText(seconds, language) })),
  ]);
  return lists.find((ticks) => standApart(ticks, pen)) ?? lists.at(-1) ?? [];
}

function standApart(ticks: readonly Tick[], pen: Pen): boolean {
  const half = ({ label }: Tick) => pen.widthOf(label, looks.tick.size) / 2;
  return ticks.every((tick, i) => {
    const before = ticks[i - 1];
    return before === undefined || before.at + half(before) + LABEL_GAP < tick.at - half(tick);
  });
}
