import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { cronProblem, lastRun, nextRun } from "../../src/scheduling/plan/next-run.ts";
import { distinctChanges, ringsAt } from "./clock-changes.ts";

const patterns = distinctChanges();
const changes = patterns.flat();
const times = ["00:00", "01:30", "02:00", "02:30", "03:00"].map((time) =>
  Temporal.PlainTime.from(time),
);

/** As many runs as are wanted, one after the other, from just before the first of them. */
function runs(cron: string, zone: string, wanted: readonly Temporal.Instant[]): string[] {
  const found: string[] = [];
  let at = new Date((wanted[0]?.epochMilliseconds ?? 0) - 1);
  for (const _ of wanted) {
    const next = nextRun(cron, zone, at);
    if (next === undefined) break;
    found.push(next.toISOString());
    at = next;
  }
  return found;
}

const iso = (instants: readonly Temporal.Instant[]) =>
  instants.map(({ epochMilliseconds }) => new Date(epochMilliseconds).toISOString());

/** Runs of a schedule at these dates' time, against what an alarm would do. */
function compare(
  cron: (time: Temporal.PlainTime) => string,
  zone: string,
  dates: readonly Temporal.PlainDate[],
): void {
  for (const time of times) {
    const wanted = dates.map((date) => ringsAt(date, time, zone));
    expect(runs(cron(time), zone, wanted), `${zone} ${cron(time)}`).toEqual(iso(wanted));
  }
}

const at = ({ hour, minute }: Temporal.PlainTime) => `${minute} ${hour}`;

describe("S6 S7 every way in which clocks change, 2025 to 2028: none missed, none twice", () => {
  test("there are changes at midnight, of half an hour, of two hours, and of less than a year", () => {
    const sizes = new Set(changes.map(({ from, to }) => from.until(to).total("minutes")));
    expect([...sizes]).toEqual(expect.arrayContaining([60, -60, 30, -30, 120, -120]));
    expect(changes.some(({ from }) => from.hour === 0)).toBe(true);
    expect(patterns.length).toBeGreaterThanOrEqual(15);
  });

  test("daily at five times", () => {
    for (const { from, zone } of changes) {
      const day = from.toPlainDate();
      const dates = [-2, -1, 0, 1, 2].map((days) => day.add({ days }));
      compare((time) => `${at(time)} * * *`, zone, dates);
    }
  });

  test("each hour, and each half hour", () => {
    for (const { at: change, zone } of changes) {
      for (const [cron, minutes] of [
        ["0 * * * *", 60],
        ["*/30 * * * *", 30],
      ] as const) {
        // No zone's clock is off the quarter of an hour.
        const wanted = Array.from({ length: 7 * 4 }, (_, i) =>
          change.add({ minutes: 15 * (i - 3 * 4) }),
        ).filter((instant) => instant.toZonedDateTimeISO(zone).minute % minutes === 0);
        expect(runs(cron, zone, wanted), `${zone} ${change}`).toEqual(iso(wanted));
      }
    }
  });

  test("weekly on the day, and on that day of the month", () => {
    for (const { from, zone } of changes) {
      const day = from.toPlainDate();
      compare(
        (time) => `${at(time)} * * ${day.dayOfWeek % 7}`,
        zone,
        [-7, 0, 7].map((days) => day.add({ days })),
      );
      if (day.day > 28) continue;
      compare(
        (time) => `${at(time)} ${day.day} * *`,
        zone,
        [-1, 0, 1].map((months) => day.add({ months })),
      );
    }
  });
});

test("S6 any zone, any time of any day, from any moment (the seed is printed when it fails)", () => {
  const zones = Intl.supportedValuesOf("timeZone");
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 0, max: 59 }),
      fc.date({ min: new Date("2025-01-02"), max: new Date("2028-12-30"), noInvalidDate: true }),
      (zone, hour, minute, after) => {
        const now = Temporal.Instant.fromEpochMilliseconds(after.getTime());
        const today = now.toZonedDateTimeISO(zone).toPlainDate();
        const wanted = [-1, 0, 1, 2]
          .map((days) =>
            ringsAt(today.add({ days }), Temporal.PlainTime.from({ hour, minute }), zone),
          )
          .find((ring) => Temporal.Instant.compare(ring, now) > 0);
        const found = nextRun(`${minute} ${hour} * * *`, zone, after);
        expect(found?.getTime()).toBe(wanted?.epochMilliseconds);
      },
    ),
    { numRuns: 300 },
  );
});

describe("S14 what is no time or no zone", () => {
  test("is named, and never thrown at", () => {
    const now = new Date("2026-11-02T12:00:00Z");
    expect(cronProblem("0 9 * * 1", "Europe/Berlin")).toBeUndefined();
    expect(cronProblem("0 9 * * 1", "Mars/Olympus")?.message).toContain("Mars/Olympus");
    for (const [cron, why] of [
      ["0 9 30 2 *", "never comes"],
      ["0 0 9 * * 1", "minute, hour"],
      ["2026-11-03T09:00:00", "minute, hour"],
      ["61 9 * * 1", "minute, hour"],
      ["", "minute, hour"],
    ] as const) {
      expect(cronProblem(cron, "UTC")?.message, cron).toContain(why);
      expect(nextRun(cron, "UTC", now), cron).toBeUndefined();
    }
    expect(nextRun("0 9 * * 1", "Mars/Olympus", now)).toBeUndefined();
    expect(lastRun("0 9 * * 1", "Mars/Olympus", { first: now, now })).toBeUndefined();
  });
});

test("the last of many that were missed is found, however long ago the first was", () => {
  const now = new Date("2026-11-02T12:34:00Z");
  const last = (cron: string, first: string) =>
    lastRun(cron, "UTC", { first: new Date(first), now })?.toISOString();
  expect(last("* * * * *", "2020-01-01T00:00Z")).toBe("2026-11-02T12:34:00.000Z");
  expect(last("0 3 * * *", "2026-11-01T03:00Z")).toBe("2026-11-02T03:00:00.000Z");
  expect(last("0 0 29 2 *", "2020-02-29T00:00Z")).toBe("2024-02-29T00:00:00.000Z");
  expect(last("* 3 1 * *", "2026-10-01T03:00Z")).toBe("2026-11-01T03:59:00.000Z");
  expect(last("0 9 * * *", "2026-11-02T13:00Z")).toBeUndefined();
});
