import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import {
  dateOfDigest,
  daysAhead,
  dueDigest,
  latestDigest,
  nextDigest,
  periodOfDigest,
} from "../../src/digest/when.ts";

const berlin = "Europe/Berlin";
const monday = { day: 1, time: "09:00" };
const at = (local: string, timeZone = berlin): Date =>
  new Date(Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).epochMilliseconds);
const local = (instant: Date, timeZone = berlin): string =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: "minute" });

describe("when a digest comes", () => {
  test("each Monday at nine, by the workspace's clock in winter and in summer", () => {
    const next = (after: string) => local(nextDigest(monday, berlin, at(after)) ?? new Date(0));
    expect(next("2026-03-23T09:00")).toBe("2026-03-30T09:00"); // over the change on the 29th
    expect(next("2026-10-19T09:00")).toBe("2026-10-26T09:00"); // and over that on the 25th
    expect(next("2026-10-26T08:59")).toBe("2026-10-26T09:00");
  });

  test("on another day and at another time when that is set, also one that the clock leaves out", () => {
    const sundays = { day: 7, time: "02:30" };
    const next = (after: string) => local(nextDigest(sundays, berlin, at(after)) ?? new Date(0));
    expect(next("2026-03-23T12:00")).toBe("2026-03-29T03:00");
    expect(next("2026-10-24T12:00")).toBe("2026-10-25T02:30");
    // The half past two that comes the second time is none.
    const first = at("2026-10-25T02:30");
    expect(local(nextDigest(sundays, berlin, first) ?? new Date(0))).toBe("2026-11-01T02:30");
  });

  test("of several that were missed the last one is due", () => {
    const first = at("2026-11-02T09:00");
    const due = (now: string) => dueDigest(monday, berlin, { first, now: at(now) });
    expect(due("2026-11-02T08:59")).toBeUndefined();
    expect(due("2026-11-02T09:00")).toEqual(first);
    expect(due("2026-11-25T12:00")).toEqual(at("2026-11-23T09:00"));
    // It was set to another day meanwhile.
    const tuesday = { day: 2, time: "09:00" };
    expect(dueDigest(tuesday, berlin, { first, now: at("2026-11-02T09:05") })).toBeUndefined();
  });

  test("in every zone, whenever one looks: it comes next within a week and an hour, once a week", () => {
    const zones = [
      "America/Santiago",
      "Africa/Cairo",
      "Asia/Kolkata",
      "Australia/Lord_Howe",
      berlin,
    ];
    const times = fc.record({
      day: fc.integer({ min: 1, max: 7 }),
      time: fc.constantFrom("00:00", "01:30", "02:15", "09:00", "23:59"),
    });
    const range = { min: new Date("2026-01-01T00:00:00Z"), max: new Date("2027-12-31T00:00:00Z") };
    const instants = fc.date({ ...range, noInvalidDate: true });
    fc.assert(
      fc.property(times, fc.constantFrom(...zones), instants, (when, zone, now) => {
        const next = nextDigest(when, zone, now);
        if (next === undefined) throw new Error("it comes every week");
        expect(next.getTime() - now.getTime()).toBeLessThanOrEqual((7 * 24 + 1) * 3_600_000);
        expect(next > now).toBe(true);
        const date = Temporal.PlainDate.from(local(next, zone).slice(0, 10));
        expect(date.dayOfWeek).toBe(when.day);
        // What is the next one now is the latest one then.
        expect(latestDigest(when, zone, next)).toEqual(next);
        expect(dueDigest(when, zone, { first: next, now: next })).toEqual(next);
      }),
      { numRuns: 100 },
    );
  });
});

describe("the week of a digest", () => {
  test("is last week on a Monday, and the seven days before on any other", () => {
    const monday = periodOfDigest(at("2026-11-09T09:00"), berlin);
    expect(monday).toMatchObject({ kind: "week", running: false });
    expect([local(monday.start), local(monday.end)]).toEqual([
      "2026-11-02T00:00",
      "2026-11-09T00:00",
    ]);
    const friday = periodOfDigest(at("2026-11-06T17:00"), berlin);
    expect(friday).toMatchObject({ kind: "days", step: { days: 7 } });
    expect([local(friday.start), local(friday.end)]).toEqual([
      "2026-10-30T00:00",
      "2026-11-06T00:00",
    ]);
    expect(dateOfDigest(friday)).toBe("2026-11-06");
  });

  test("has all its hours when the clocks change", () => {
    const hours = (date: string) => {
      const { start, end } = periodOfDigest(at(`${date}T09:00`), berlin);
      return (end.getTime() - start.getTime()) / 3_600_000;
    };
    expect(hours("2026-03-30")).toBe(167);
    expect(hours("2026-10-26")).toBe(169);
    expect(hours("2026-11-09")).toBe(168);
  });

  test("looks ahead to the same day of the next week", () => {
    expect(local(daysAhead(at("2026-11-09T09:00"), berlin))).toBe("2026-11-16T00:00");
  });
});
