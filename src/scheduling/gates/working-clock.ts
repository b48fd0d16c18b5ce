/** Working time between many instants: the hours of a stretch of days are laid out once. Pure. */
import { type WorkingHours, workingStretches } from "./calendar.ts";

/** Working time from one instant to another, in milliseconds; 0 when it is not later. */
export type WorkedBetween = (from: number, to: number) => number;

/** For instants from `start` to `end`, epoch milliseconds: what lies outside of them is not counted. */
export function workingClock(
  { start, end }: { readonly start: number; readonly end: number },
  hours: WorkingHours,
  timeZone: string,
): WorkedBetween {
  const starts: number[] = [];
  /** How much was worked before each of them, and how long the stretch is. */
  const before: number[] = [];
  const lengths: number[] = [];
  let worked = 0;
  for (const stretch of workingStretches(new Date(start), hours, timeZone)) {
    if (stretch.start >= end) break;
    starts.push(stretch.start);
    before.push(worked);
    lengths.push(stretch.end - stretch.start);
    worked += stretch.end - stretch.start;
  }
  const until = (at: number): number => {
    const index = lastAtOrBefore(starts, at);
    if (index < 0) return 0;
    const passed = Math.min(at - (starts[index] ?? 0), lengths[index] ?? 0);
    return (before[index] ?? 0) + passed;
  };
  return (from, to) => Math.max(0, until(to) - until(from));
}

/** The place of the last of sorted numbers that is not greater; −1 when all are. */
function lastAtOrBefore(sorted: readonly number[], value: number): number {
  let low = -1;
  let high = sorted.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle;
    else high = middle;
  }
  return low;
}
