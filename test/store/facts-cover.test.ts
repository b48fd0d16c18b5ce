import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Cover, coverPeriod } from "../../src/store/facts-cover.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The clocks of Santiago change at midnight, so that a day begins at one; those of Lord Howe by half an hour. */
const zones = ["UTC", "Europe/Berlin", "America/Santiago", "Australia/Lord_Howe"];

const instants = fc.integer({ min: Date.UTC(2025, 6, 1), max: Date.UTC(2026, 6, 1) });

/** Periods that begin and end with a day, or anywhere. */
const cases = fc.record({
  timeZone: fc.constantFrom(...zones),
  ends: fc.tuple(instants, instants),
  whole: fc.boolean(),
  countedUntil: fc.option(instants.map(dayName), { freq: 6 }),
  marked: fc.uniqueArray(instants.map(dayName), { maxLength: 4 }),
  aligned: fc.boolean(),
});

function dayName(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

const clocks = new Map(
  zones.map((timeZone) => {
    const style = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
    return [timeZone, new Intl.DateTimeFormat("en-CA", { timeZone, ...style })] as const;
  }),
);

/** The day that the clocks of a zone show. */
function dayIn(instant: number, timeZone: string): string {
  return clocks.get(timeZone)?.format(instant) ?? "";
}

/** The first instant of the day that an instant is in, by the hour and then by the minute. */
function beginOf(instant: number, timeZone: string): number {
  const day = dayIn(instant, timeZone);
  let first = instant;
  for (const step of [HOUR, 60_000, 1000, 1]) {
    while (dayIn(first - step, timeZone) === day) first -= step;
  }
  return first;
}

/** How often an instant is in what is read: once when it is in the period. */
function timesRead(cover: Cover, instant: number, timeZone: string, until: string | null): number {
  const day = dayIn(instant, timeZone);
  const counted = cover.counted.filter(({ span, from, until: end }) =>
    span === "d"
      ? day >= from && day < end
      : `${day.slice(0, 7)}-01` >= from && `${day.slice(0, 7)}-01` < end && day < (until ?? ""),
  );
  const live = cover.live.filter(
    ({ start, end }) => instant >= start.getTime() && instant < end.getTime(),
  );
  return counted.reduce((sum, { sign }) => sum + sign, 0) + live.length;
}

describe("the parts of a period", () => {
  test("every moment of it is read once, and no other", () => {
    fc.assert(
      fc.property(cases, ({ timeZone, ends, whole, countedUntil, marked, aligned }) => {
        const [from, to] = ends.toSorted((a, b) => a - b);
        if (from === undefined || to === undefined) return;
        const [start, end] = whole ? [beginOf(from, timeZone), beginOf(to, timeZone)] : [from, to];
        const period = { start: new Date(start), end: new Date(end) };
        const cover = coverPeriod(period, { timeZone, countedUntil, marked, aligned });
        const looks = [start, end, ...marked.map((day) => Date.parse(day))]
          .flatMap((at) => [at - DAY, at - 1, at, at + 1, at + DAY])
          .concat(Array.from({ length: 40 }, (_, i) => start + ((end - start) * i) / 39));
        for (const look of looks) {
          const instant = Math.floor(look);
          const inside = instant >= start && instant < end ? 1 : 0;
          expect(timesRead(cover, instant, timeZone, countedUntil)).toBe(inside);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("nothing is read from counts when nothing is counted, or the period begins within a day", () => {
    const period = {
      start: new Date("2026-01-05T08:00:00Z"),
      end: new Date("2026-03-01T00:00:00Z"),
    };
    const how = { timeZone: "UTC", marked: [], aligned: true };
    for (const countedUntil of [null, "2026-02-20"]) {
      const cover = coverPeriod(period, { ...how, countedUntil });
      expect(cover).toMatchObject({ counted: [], days: null, live: [period] });
    }
  });

  test("whole months are read as such, also the one that goes on", () => {
    const period = {
      start: new Date("2026-01-31T00:00:00Z"),
      end: new Date("2026-04-01T00:00:00Z"),
    };
    const how = { timeZone: "UTC", marked: ["2026-02-10"], aligned: true };
    const cover = coverPeriod(period, { ...how, countedUntil: "2026-03-18" });
    expect(cover.counted).toEqual([
      { span: "m", sign: 1, from: "2026-02-01", until: "2026-04-01" },
      { span: "d", sign: 1, from: "2026-01-31", until: "2026-02-01" },
      { span: "d", sign: -1, from: "2026-02-10", until: "2026-02-11" },
    ]);
    expect(cover.live.map(({ from, until }) => [from, until])).toEqual([
      ["2026-03-18", "2026-04-01"],
      ["2026-02-10", "2026-02-11"],
    ]);
  });
});
