import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isoWithOffset, type Period } from "../../src/metrics/period.ts";
import { previousPeriod, trendPeriods } from "../../src/metrics/period-steps.ts";
import { parsePeriod, periodExamples, periodWords } from "../../src/metrics/period-text.ts";

const now = new Date("2026-10-14T10:30:00Z"); // a Wednesday

function parsed(text: string, timeZone = "UTC", at = now): Period {
  const result = parsePeriod(text, { now: at, timeZone });
  if (!result.ok) throw new Error(`${text}: ${result.problem}`);
  return result.period;
}

function iso({ start, end, timeZone }: Period): [string, string] {
  return [isoWithOffset(start, timeZone), isoWithOffset(end, timeZone)];
}

describe("every word and form", () => {
  test.each([
    ["today", "2026-10-14T00:00:00+00:00", "2026-10-15T00:00:00+00:00", true],
    ["yesterday", "2026-10-13T00:00:00+00:00", "2026-10-14T00:00:00+00:00", false],
    ["week", "2026-10-12T00:00:00+00:00", "2026-10-19T00:00:00+00:00", true],
    ["last week", "2026-10-05T00:00:00+00:00", "2026-10-12T00:00:00+00:00", false],
    ["month", "2026-10-01T00:00:00+00:00", "2026-11-01T00:00:00+00:00", true],
    ["last month", "2026-09-01T00:00:00+00:00", "2026-10-01T00:00:00+00:00", false],
    ["quarter", "2026-10-01T00:00:00+00:00", "2027-01-01T00:00:00+00:00", true],
    ["year", "2026-01-01T00:00:00+00:00", "2027-01-01T00:00:00+00:00", true],
    ["7d", "2026-10-08T00:00:00+00:00", "2026-10-14T10:30:00+00:00", true],
    ["30d", "2026-09-15T00:00:00+00:00", "2026-10-14T10:30:00+00:00", true],
    ["90d", "2026-07-17T00:00:00+00:00", "2026-10-14T10:30:00+00:00", true],
    ["all", "1970-01-01T00:00:00+00:00", "2026-10-15T00:00:00+00:00", true],
    ["2026-W40", "2026-09-28T00:00:00+00:00", "2026-10-05T00:00:00+00:00", false],
    ["2020-W53", "2020-12-28T00:00:00+00:00", "2021-01-04T00:00:00+00:00", false],
    ["2025-W01", "2024-12-30T00:00:00+00:00", "2025-01-06T00:00:00+00:00", false],
    ["2026-10", "2026-10-01T00:00:00+00:00", "2026-11-01T00:00:00+00:00", true],
    ["2024-02", "2024-02-01T00:00:00+00:00", "2024-03-01T00:00:00+00:00", false],
    ["2026-10-01..2026-10-31", "2026-10-01T00:00:00+00:00", "2026-11-01T00:00:00+00:00", true],
    ["2026-10-05..2026-10-05", "2026-10-05T00:00:00+00:00", "2026-10-06T00:00:00+00:00", false],
  ])("%s", (text, start, end, running) => {
    const period = parsed(text);
    expect(iso(period)).toEqual([start, end]);
    expect(period.running).toBe(running);
  });

  test("nothing typed means this week", () => {
    expect(parsed("")).toEqual(parsed("week"));
    expect(parsed("   ")).toEqual(parsed("week"));
  });

  test("upper case, spaces and full-width letters do not matter", () => {
    expect(parsed("  LAST   Week ")).toEqual(parsed("last week"));
    expect(parsed("2026-w40")).toEqual(parsed("2026-W40"));
    expect(parsed("ｗｅｅｋ")).toEqual(parsed("week"));
    expect(parsed("2026-10-01 .. 2026-10-31")).toEqual(parsed("2026-10-01..2026-10-31"));
  });

  test("the examples are for today and can be typed as they are", () => {
    const examples = periodExamples({ now, timeZone: "UTC" });
    expect(examples).toEqual(["2026-W42", "2026-10", "2026-10-01..2026-10-31"]);
    expect(examples.map((example) => parsed(example).kind)).toEqual(["week", "month", "days"]);
  });
});

describe("what is no period", () => {
  const problem = (text: string) => {
    const result = parsePeriod(text, { now, timeZone: "UTC" });
    return result.ok ? result.period : result;
  };

  test.each([
    ["2026-02-30..2026-03-02", "no-such-date"],
    ["2026-03-01..2026-13-01", "no-such-date"],
    ["2026-13", "no-such-date"],
    ["2026-00", "no-such-date"],
    ["2026-W54", "no-such-date"],
    ["2025-W53", "no-such-date"],
    ["2026-W00", "no-such-date"],
    ["2026-10-31..2026-10-01", "reversed"],
    ["1969-12", "out-of-range"],
    ["0000-W01", "out-of-range"],
    ["9999-12", "out-of-range"],
    ["2026-10-01..9999-12-31", "out-of-range"],
    ["pizza", "unknown"],
    ["week week", "unknown"],
    ["constructor", "unknown"],
    ["__proto__", "unknown"],
    ["2026-10-01...2026-10-31", "unknown"],
  ])("%s is refused: %s", (text, reason) => {
    expect(problem(text)).toMatchObject({ ok: false, problem: reason, word: text });
  });

  test.each([
    ["wek", "week"],
    ["lastweek", "last week"],
    ["yesturday", "yesterday"],
    ["quater", "quarter"],
    ["30", "30d"],
    ["2026W42", "2026-W42"],
  ])("%s is answered with %s", (text, near) => {
    expect(problem(text)).toMatchObject({ ok: false, nearest: near });
  });

  test("N1 N3 the echo of anything is short, well formed and without control characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        const result = parsePeriod(text, { now, timeZone: "UTC" });
        if (result.ok) return;
        expect([...result.word].length).toBeLessThanOrEqual(41);
        expect(result.word.isWellFormed()).toBe(true);
        expect(result.word).not.toMatch(/\p{Cc}/u);
      }),
    );
    expect(problem("\u0000\ud800".repeat(20_000))).toMatchObject({ ok: false });
  });
});

describe("the clock changes", () => {
  const hours = ({ start, end }: Period) => (end.getTime() - start.getTime()) / 3_600_000;

  test("days and weeks are as long as the calendar says", () => {
    expect(hours(parsed("2026-03-29..2026-03-29", "Europe/Berlin"))).toBe(23);
    expect(hours(parsed("2025-10-26..2025-10-26", "Europe/Berlin"))).toBe(25);
    expect(hours(parsed("2026-W13", "Europe/Berlin"))).toBe(167);
  });

  test("a day that begins at one o'clock begins there", () => {
    expect(iso(parsed("2026-04-24..2026-04-24", "Africa/Cairo"))).toEqual([
      "2026-04-24T01:00:00+03:00",
      "2026-04-25T00:00:00+03:00",
    ]);
    const before = previousPeriod(parsed("2026-04-24..2026-04-24", "Africa/Cairo"), now);
    expect(before && iso(before)).toEqual([
      "2026-04-23T00:00:00+02:00",
      "2026-04-24T01:00:00+03:00",
    ]);
  });

  test("a week belongs to the workspace's zone, not to UTC", () => {
    const sundayNight = new Date("2026-10-11T23:30:00Z");
    expect(iso(parsed("week", "Asia/Shanghai", sundayNight))[0]).toBe("2026-10-12T00:00:00+08:00");
    expect(iso(parsed("week", "America/New_York", sundayNight))[0]).toBe(
      "2026-10-05T00:00:00-04:00",
    );
  });

  const zones = Intl.supportedValuesOf("timeZone");
  const instants = fc.date({
    min: new Date("2000-01-01T00:00:00Z"),
    max: new Date("2037-12-31T00:00:00Z"),
    noInvalidDate: true,
  });

  /** Day by the platform's own calendar, which shares no code with ours. */
  const localDay = (instant: number, timeZone: string) =>
    new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(instant);

  test("every period of every zone begins with the first instant of a day and contains its now", () => {
    fc.assert(
      fc.property(
        instants,
        fc.constantFrom(...zones),
        fc.constantFrom("today", "week", "month", "quarter", "year", "7d", "30d"),
        (at, timeZone, word) => {
          const { start, end, running } = parsed(word, timeZone, at);
          expect(localDay(start.getTime(), timeZone)).not.toBe(
            localDay(start.getTime() - 1, timeZone),
          );
          expect(running).toBe(true);
          expect(start.getTime()).toBeLessThanOrEqual(at.getTime());
          expect(end.getTime()).toBeGreaterThanOrEqual(at.getTime());
        },
      ),
      { numRuns: 100 },
    );
  });

  test("a trend has no gap and no overlap, and ends with the period itself", () => {
    fc.assert(
      fc.property(
        instants,
        fc.constantFrom(...zones),
        fc.constantFrom("today", "last week", "month", "quarter", "year", "7d", "1999-W40"),
        (at, timeZone, word) => {
          const period = parsed(word, timeZone, at);
          const trend = trendPeriods(period, 12, at);
          expect(trend).toHaveLength(12);
          expect(trend.at(-1)).toEqual(period);
          expect(trend.at(-2)).toEqual(previousPeriod(period, at));
          trend.slice(1).forEach((each, i) => {
            expect(each.start).toEqual(trend[i]?.end);
          });
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe("the period before", () => {
  test.each([
    ["today", "2026-10-13T00:00:00+00:00"],
    ["week", "2026-10-05T00:00:00+00:00"],
    ["month", "2026-09-01T00:00:00+00:00"],
    ["quarter", "2026-07-01T00:00:00+00:00"],
    ["year", "2025-01-01T00:00:00+00:00"],
    ["7d", "2026-10-01T00:00:00+00:00"],
    ["2026-03-01..2026-03-10", "2026-02-19T00:00:00+00:00"],
  ])("of %s begins %s and ends where it begins", (text, start) => {
    const period = parsed(text);
    const before = previousPeriod(period, now);
    expect(before && isoWithOffset(before.start, "UTC")).toBe(start);
    expect(before?.end).toEqual(period.start);
    expect(before?.running).toBe(false);
  });

  test("does not exist for all time, whose trend is its last months", () => {
    expect(previousPeriod(parsed("all"), now)).toBeNull();
    const trend = trendPeriods(parsed("all"), 12, now);
    expect(trend.map(({ kind }) => kind)).toEqual(new Array(12).fill("month"));
    expect(trend.at(-1)).toEqual(parsed("month"));
  });

  test("a period is not running any more in the very instant of its end", () => {
    const midnight = new Date("2026-10-12T00:00:00Z");
    expect(parsed("last week", "UTC", midnight).running).toBe(false);
    expect(parsed("week", "UTC", midnight).running).toBe(true);
    expect(parsed("7d", "UTC", midnight)).toMatchObject({ end: midnight, running: true });
  });
});

test("all words are in the list for help texts", () => {
  expect(periodWords).toEqual([
    ..."today,yesterday,week,last week,month,last month,quarter,last quarter,year".split(","),
    ..."last year,7d,30d,90d,all".split(","),
  ]);
});
