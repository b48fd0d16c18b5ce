/** Days and times in the cells of a file, and the columns that tell since when somebody is a customer. Pure. */
import { z } from "zod";
import type { Lifecycle, Moment } from "../store/lifecycle.ts";
import { LONGEST_NAME, longerThan, no } from "./row.ts";

/** So far ahead the end of a contract may lie. */
const AHEAD_MS = 20 * 366 * 24 * 60 * 60 * 1000;
const EARLIEST = new Date(0);
const day = z.iso.date();
const time = z.iso.datetime({ offset: true });

/** How {@link readMoment} wants it. */
export const MOMENT =
  "a real day such as 2026-10-05, or a time with an offset such as 2026-10-05T14:30:00+02:00";

/** `undefined` for what is neither, or before 1970, or decades ahead. */
export function readMoment(text: string, now: Date): Moment | undefined {
  const moment = day.safeParse(text).success
    ? { day: text }
    : time.safeParse(text).success
      ? { time: new Date(text) }
      : undefined;
  if (moment === undefined) return undefined;
  const at = instantOf(moment);
  return at < EARLIEST || at.getTime() > now.getTime() + AHEAD_MS ? undefined : moment;
}

/** About when: a day begins somewhere on earth within half a day of this. */
export function instantOf(moment: Moment): Date {
  return "day" in moment ? new Date(moment.day) : moment.time;
}

/** The columns of {@link readLifecycle}; beside them one for each date: {@link isDateColumn}. */
export const lifecycleColumns = ["plan", "joined", "left", "left_rule", "renewal"] as const;

const DATE = /^date:[a-z][a-z0-9 _-]{0,39}$/;

/** `date:trial end` is the date "trial end"; `renewal` needs no `date:`. */
export function isDateColumn(name: string): boolean {
  return DATE.test(name);
}

type Cells = ReadonlyMap<string, string>;

/** Reads the cells of a person or an account. */
export function readLifecycle(
  cells: Cells,
  now: Date,
):
  | { readonly ok: true; readonly row: Lifecycle }
  | { readonly ok: false; readonly reason: string } {
  const joinedText = cells.get("joined");
  const joined = joinedText === undefined ? undefined : readMoment(joinedText, now);
  if (joinedText !== undefined && joined === undefined) return no(`joined must be ${MOMENT}`);
  const left = readLeft(cells.get("left"), now);
  if (left === null) return no(`left must be ${MOMENT}, or no`);
  const leftRule = cells.get("left_rule");
  if (leftRule !== undefined && (left === undefined || left === "no"))
    return no("left_rule needs the day in left");
  if (joined !== undefined && typeof left === "object" && instantOf(left) < instantOf(joined))
    return no("left is before joined");
  const dates = readDates(cells);
  if (typeof dates === "string") return no(dates);
  return { ok: true, row: { plan: cells.get("plan"), joined, left, leftRule, dates } };
}

function readLeft(text: string | undefined, now: Date): Moment | "no" | undefined | null {
  if (text === undefined) return undefined;
  return text.toLowerCase() === "no" ? "no" : (readMoment(text, now) ?? null);
}

/** The dates, or what is wrong with them. */
function readDates(cells: Cells): Lifecycle["dates"] | string {
  const dates = new Map<string, string>();
  for (const [column, text] of cells) {
    if (column !== "renewal" && !isDateColumn(column)) continue;
    const on = text.toLowerCase() === "no" ? "no" : text;
    if (on !== "no" && (!day.safeParse(on).success || new Date(on) < EARLIEST))
      return `${column} must be a real day such as 2026-10-05, or no`;
    dates.set(column.replace(/^date:/, "").trim(), on);
  }
  return [...dates].map(([name, on]) => ({ name, on }));
}

/** Why the texts of a row cannot be kept, if so. */
export function wrongTextIn(cells: Cells): string | undefined {
  for (const [name, value] of cells) {
    if (value.includes("\0")) return `${name} contains a NUL character`;
    if (longerThan(value, LONGEST_NAME)) return `${name} is longer than ${LONGEST_NAME} characters`;
  }
  return undefined;
}
