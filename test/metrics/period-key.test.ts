import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { periodKey, readPeriodKey } from "../../src/metrics/period-key.ts";
import { parsePeriod, periodExamples, periodWords } from "../../src/metrics/period-text.ts";

const now = new Date("2026-10-14T10:30:00Z"); // a Wednesday
const context = { now, timeZone: "Europe/Berlin" };

function keyOf(text: string): string {
  const parsed = parsePeriod(text, context);
  if (!parsed.ok) throw new Error(parsed.problem);
  return periodKey(parsed.period);
}

describe("the key of a period", () => {
  test.each([
    ["week", "week-20261012"],
    ["yesterday", "day-20261013"],
    ["last month", "month-20260901"],
    ["quarter", "quarter-20261001"],
    ["year", "year-20260101"],
    ["7d", "20261008-20261014"],
    ["2026-10-01..2026-10-31", "20261001-20261031"],
    ["all", "all"],
  ])("%s is %s", (text, key) => {
    expect(keyOf(text)).toBe(key);
  });

  test.each([...periodWords, ...periodExamples(context)])(
    "%s comes back as the same period, short enough for a button",
    (text) => {
      const parsed = parsePeriod(text, context);
      if (!parsed.ok) throw new Error(parsed.problem);
      const key = periodKey(parsed.period);
      expect(key).toMatch(/^[a-z0-9-]{1,20}$/);
      // What ends now ends with the day.
      const { end: _, ...same } = parsed.period;
      expect(readPeriodKey(key, context)).toMatchObject(same);
    },
  );

  test("the dates stay what they were when the key is read days later", () => {
    const later = { ...context, now: new Date("2026-10-20T10:30:00Z") };
    const week = readPeriodKey(keyOf("week"), later);
    expect(week).toMatchObject({ kind: "week", start: new Date("2026-10-11T22:00:00Z") });
    expect(week?.running).toBe(false);
  });

  test.each([
    "",
    "week",
    "week-2026",
    "week-20260230",
    "20261031-20261001",
    "eon-20260101",
    "x-y-z",
  ])("%j is no key", (text) => {
    expect(readPeriodKey(text, context)).toBeUndefined();
  });

  test("anything is read without an error", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        readPeriodKey(text, context);
      }),
    );
  });
});
