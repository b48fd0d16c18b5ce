/** What a setting may be, with what is said when it is something else. */
import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { isTimeZone } from "../config/checks.ts";
import { churnReasons } from "../metrics/churn-reasons.ts";

/** `HH:MM` */
export const clockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: "a time as 09:00, from 00:00 to 23:59" });

export const days = z.number().int().positive().max(36_500);

const wrongDay = { error: "days of the week as numbers, 1 (Monday) to 7 (Sunday)" };
/** 1 (Monday) to 7. */
export const weekday = z.number(wrongDay).int(wrongDay).min(1, wrongDay).max(7, wrongDay);
export const weekdays = z.array(weekday).min(1, wrongDay);

/** `YYYY-MM-DD` */
export const date = z.string().refine(isDate, { error: "a day as 2026-12-25" });

/** More than these would leave no working day in some years. */
const MOST_YEARLY = 180;

/** Days as `YYYY-MM-DD`, or `MM-DD` of every year. */
export const holidays = z
  .array(
    z.string().refine((day) => isDate(day) || isDate(`${LEAP_YEAR}-${day}`), {
      error: "days as 2026-12-25, or as 12-25 for every year, separated by commas",
    }),
  )
  .max(1000)
  .refine((all) => new Set(all.filter(isEachYear)).size <= MOST_YEARLY, {
    error: `at most ${MOST_YEARLY} holidays of every year`,
  });

/** It had every day that a year can have. */
const LEAP_YEAR = 2024;

/** An IANA name. */
export const timeZone = z.string().refine(isTimeZone, {
  error: "a time zone by its IANA name, as Europe/Berlin",
});

/** `platform:channelId` */
export const channel = z
  .string()
  .max(200)
  .regex(/^[a-z]+:\S+$/, { error: "a channel by its id as slack:C0123456789, or none" });

const wrongPoints = {
  error: `points as silent:2,low-score:3, each from 0 to 10, or none; there are ${churnReasons.join(", ")}`,
};
const point = z.number(wrongPoints).int(wrongPoints).min(0, wrongPoints).max(10, wrongPoints);
/** Points of each reason, by its name. */
export const points = z
  .record(z.string(), point, wrongPoints)
  .refine((all) => Object.keys(all).every(isReason), wrongPoints);

const wrongTarget = {
  error: "a target as 40 (points from -100 to 100, percent from 0 to 100), or none",
};
const pointsTarget = z.number(wrongTarget).min(-100, wrongTarget).max(100, wrongTarget);
const percentTarget = z.number(wrongTarget).min(0, wrongTarget).max(100, wrongTarget);
/** One for each metric. */
export const targets = {
  nps: pointsTarget.nullable().default(null),
  ces: percentTarget.nullable().default(null),
  csat: percentTarget.nullable().default(null),
  resolution: percentTarget.nullable().default(null),
  expectation: pointsTarget.nullable().default(null),
  emotion: percentTarget.nullable().default(null),
};

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}

function isReason(name: string): boolean {
  return churnReasons.some((reason) => reason === name);
}

function isEachYear(day: string): boolean {
  return day.length === "MM-DD".length;
}
