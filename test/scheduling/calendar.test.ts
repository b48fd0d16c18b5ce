import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import {
  addWorkingTime,
  nextWorkingTime,
  startOfWorkAfter,
  type WorkingHours,
  workingTimeBetween,
} from "../../src/scheduling/gates/calendar.ts";

const MINUTE = 60_000;
const office: WorkingHours = { days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" };
const berlin = "Europe/Berlin";

/** An instant by the wall clock of a zone. */
const at = (local: string, timeZone = berlin): Date =>
  new Date(Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).epochMilliseconds);

describe("working time", () => {
  test.each([
    ["within a day", "2026-11-04T10:00", { minutes: 90 }, "2026-11-04T11:30"],
    ["a working day over the weekend", "2026-11-06T15:00", { days: 1 }, "2026-11-09T15:00"],
    ["from before the hours", "2026-11-04T06:00", { days: 1 }, "2026-11-04T17:00"],
    ["from after the hours", "2026-11-04T20:00", { minutes: 30 }, "2026-11-05T09:30"],
    ["from a Saturday", "2026-11-07T12:00", { days: 1 }, "2026-11-09T17:00"],
    ["from Friday's end", "2026-11-06T17:00", { minutes: 1 }, "2026-11-09T09:01"],
    [
      "to the end of the day, not the next morning",
      "2026-11-04T09:00",
      { days: 1 },
      "2026-11-04T17:00",
    ],
    ["three quarters of a day", "2026-11-06T15:00", { days: 0.75 }, "2026-11-09T13:00"],
    ["over the change to winter time", "2026-10-23T15:00", { days: 1 }, "2026-10-26T15:00"],
    ["over the change to summer time", "2026-03-27T15:00", { days: 1 }, "2026-03-30T15:00"],
  ] as const)("%s", (_name, from, amount, to) => {
    expect(addWorkingTime(at(from), amount, office, berlin)).toEqual(at(to));
  });

  test("an hour that the clock leaves out is none, and one that comes twice is two", () => {
    const nights: WorkingHours = { days: [7], from: "01:00", to: "05:00" };
    const day = (date: string) =>
      workingTimeBetween(at(`${date}T00:00`), at(`${date}T12:00`), nights, berlin);
    expect(day("2026-03-29")).toBe(180 * MINUTE);
    expect(day("2026-10-25")).toBe(300 * MINUTE);
    expect(day("2026-11-01")).toBe(240 * MINUTE);
  });

  test("hours that the clock leaves out as a whole are no working hours that day", () => {
    const gap: WorkingHours = { days: [7], from: "02:15", to: "02:45" };
    const spring = at("2026-03-29T00:00");
    expect(workingTimeBetween(spring, at("2026-03-30T00:00"), gap, berlin)).toBe(0);
    // The clock goes from 02:00 to 03:00 that night.
    expect(nextWorkingTime(spring, gap, berlin)).toEqual(at("2026-04-05T02:15"));
  });

  test("a morning some days later is the next one at which somebody works", () => {
    const friday = at("2026-11-06T16:00");
    expect(startOfWorkAfter(friday, 1, office, berlin)).toEqual(at("2026-11-09T09:00"));
    expect(startOfWorkAfter(friday, 3, office, berlin)).toEqual(at("2026-11-09T09:00"));
    expect(startOfWorkAfter(friday, 4, office, berlin)).toEqual(at("2026-11-10T09:00"));
  });

  test("a holiday is no working day: that of one year in that year, that of every year in each", () => {
    const holidays = ["2026-11-09", "12-25"];
    const open = { ...office, holidays };
    // Saturday to Tuesday: Monday is a holiday this year, and a working day in any other.
    expect(nextWorkingTime(at("2026-11-07T12:00"), open, berlin)).toEqual(at("2026-11-10T09:00"));
    expect(nextWorkingTime(at("2027-11-09T12:00"), open, berlin)).toEqual(at("2027-11-09T12:00"));
    expect(addWorkingTime(at("2026-11-06T15:00"), { days: 1 }, open, berlin)).toEqual(
      at("2026-11-10T15:00"),
    );
    expect(startOfWorkAfter(at("2026-11-06T16:00"), 1, open, berlin)).toEqual(
      at("2026-11-10T09:00"),
    );
    // Christmas Day is a Friday in 2026, a Saturday in 2027 and a Monday in 2028.
    expect(nextWorkingTime(at("2026-12-25T10:00"), open, berlin)).toEqual(at("2026-12-28T09:00"));
    expect(nextWorkingTime(at("2028-12-25T10:00"), open, berlin)).toEqual(at("2028-12-26T09:00"));
  });

  test("a holiday is a day by the clock of the place, and the 29th of February comes when it comes", () => {
    const open: WorkingHours = { days: [1, 2, 3, 4, 5, 6, 7], from: "00:00", to: "23:59" };
    const tokyo = { ...open, holidays: ["2026-11-09"] };
    // Still Sunday in Berlin, already Monday in Tokyo.
    const evening = at("2026-11-08T20:00");
    expect(nextWorkingTime(evening, tokyo, berlin)).toEqual(evening);
    expect(nextWorkingTime(evening, tokyo, "Asia/Tokyo")).toEqual(
      at("2026-11-10T00:00", "Asia/Tokyo"),
    );
    const leap = { ...open, holidays: ["02-29"] };
    expect(nextWorkingTime(at("2028-02-29T12:00"), leap, berlin)).toEqual(at("2028-03-01T00:00"));
    expect(nextWorkingTime(at("2027-02-28T12:00"), leap, berlin)).toEqual(at("2027-02-28T12:00"));
  });

  test("a long closure is waited out, and a year of nothing but holidays is a mistake", () => {
    const closed = (days: number, form: (day: Temporal.PlainDate) => string) =>
      Array.from({ length: days }, (_, i) =>
        form(Temporal.PlainDate.from("2028-01-01").add({ days: i })),
      );
    const summer = { ...office, holidays: closed(200, (day) => day.toString()) };
    expect(nextWorkingTime(at("2028-01-01T10:00"), summer, berlin)).toEqual(at("2028-07-19T09:00"));
    const never = { ...office, holidays: closed(366, (day) => day.toString().slice(5)) };
    expect(() => nextWorkingTime(at("2026-01-01T10:00"), never, berlin)).toThrow(RangeError);
  });

  test("whoever works on no day at all is a mistake, and no endless search", () => {
    const never: WorkingHours = { ...office, days: [] };
    expect(() => nextWorkingTime(at("2026-11-06T16:00"), never, berlin)).toThrow(RangeError);
    expect(() => addWorkingTime(at("2026-11-06T16:00"), { days: 1 }, never, berlin)).toThrow();
  });
});

const zones = fc.constantFrom(
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "UTC",
);
const instants = fc.date({
  min: new Date("2026-01-01T00:00:00Z"),
  max: new Date("2027-12-31T00:00:00Z"),
  noInvalidDate: true,
});
const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
const someDates = instants.map((day) => day.toISOString().slice(0, 10));
const someHolidays = fc.array(
  fc.oneof(
    someDates,
    someDates.map((date) => date.slice(5)),
  ),
  { maxLength: 40 },
);
const someHours = fc
  .record({
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    from: fc.integer({ min: 0, max: 1380 }),
    length: fc.integer({ min: 15, max: 1439 }),
    holidays: fc.option(someHolidays, { nil: undefined }),
  })
  .map(({ days, from, length, holidays }) => ({
    days,
    from: clock(from),
    to: clock(Math.min(1439, from + length)),
    ...(holidays !== undefined && { holidays }),
  }));

describe("working time, whatever the hours, the zone and the time of the year", () => {
  test("what was added is what lies between, and ends at a time when somebody works", () => {
    fc.assert(
      fc.property(
        instants,
        fc.integer({ min: 1, max: 3000 }),
        someHours,
        zones,
        (from, n, hours, zone) => {
          const end = addWorkingTime(from, { minutes: n }, hours, zone);
          expect(workingTimeBetween(from, end, hours, zone)).toBe(n * MINUTE);
          // The first such instant: a moment before, some of it was still to pass.
          const before = new Date(end.getTime() - 1);
          expect(workingTimeBetween(from, before, hours, zone)).toBe(n * MINUTE - 1);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("it adds up, never runs backwards, and is never more than the time that passed", () => {
    fc.assert(
      fc.property(
        fc.tuple(instants, instants, instants),
        someHours,
        zones,
        (three, hours, zone) => {
          const [a, b, c] = three.toSorted((x, y) => x.getTime() - y.getTime());
          if (a === undefined || b === undefined || c === undefined)
            throw new Error("three of them");
          const near = new Date(Math.min(c.getTime(), a.getTime() + 40 * 24 * 60 * MINUTE));
          const middle = new Date(Math.min(b.getTime(), near.getTime()));
          const between = (x: Date, y: Date) => workingTimeBetween(x, y, hours, zone);
          expect(between(a, middle) + between(middle, near)).toBe(between(a, near));
          expect(between(a, near)).toBeLessThanOrEqual(near.getTime() - a.getTime());
          expect(between(near, a)).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("no working time is on a holiday, and holidays never bring anything nearer", () => {
    fc.assert(
      fc.property(instants, someHours, someHolidays, zones, (from, hours, more, zone) => {
        const { holidays = [] } = hours;
        const next = nextWorkingTime(from, { ...hours, holidays: [...holidays, ...more] }, zone);
        const day = Temporal.Instant.fromEpochMilliseconds(next.getTime())
          .toZonedDateTimeISO(zone)
          .toPlainDate()
          .toString();
        for (const holiday of [...holidays, ...more]) expect(day.endsWith(holiday)).toBe(false);
        expect(next.getTime()).toBeGreaterThanOrEqual(nextWorkingTime(from, hours, zone).getTime());
      }),
      { numRuns: 60 },
    );
  });

  test("the next working time is one, and stays where it is", () => {
    fc.assert(
      fc.property(instants, someHours, zones, (from, hours, zone) => {
        const next = nextWorkingTime(from, hours, zone);
        expect(next.getTime()).toBeGreaterThanOrEqual(from.getTime());
        expect(nextWorkingTime(next, hours, zone)).toEqual(next);
        expect(workingTimeBetween(from, next, hours, zone)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});
