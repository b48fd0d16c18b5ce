import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { decide } from "../../src/scheduling/gates/gates.ts";
import {
  firstTimeZone,
  hoursAt,
  hoursBetween,
  isOpen,
  narrowedTo,
} from "../../src/scheduling/gates/hours.ts";
import { candidates, closedChat, NOON, officeHours, passing } from "../support/candidate.ts";

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const zones = ["UTC", "America/New_York", "Africa/Cairo", "Asia/Kathmandu", "Pacific/Apia"];

describe("the hours in which people are asked", () => {
  test("nobody is asked outside of them, by the wall clock where they are", () => {
    const times = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2028, 11, 31) });
    const about = { ...passing, kind: "other", chat: null, deadline: null } as const;
    fc.assert(
      fc.property(times, fc.constantFrom(...zones), (at, timeZone) => {
        const decision = decide({ ...about, hours: { hours: officeHours, timeZone } }, at);
        const when = decision.verdict === "defer" ? decision.until : at;
        const there = Temporal.Instant.fromEpochMilliseconds(when).toZonedDateTimeISO(timeZone);
        expect(there.dayOfWeek).toBeLessThanOrEqual(5);
        expect(there.hour).toBeGreaterThanOrEqual(9);
        expect(there.hour).toBeLessThan(17);
        // It waits for the next of them, not for a later one.
        expect(when - at).toBeLessThanOrEqual(3 * DAY - 8 * HOUR + HOUR);
      }),
      { numRuns: 200 },
    );
  });

  test("who may be asked at any hour is, whatever the hours are", () => {
    fc.assert(
      fc.property(candidates(), (c) => {
        const decision = decide({ ...c, hours: null, schedule: null }, NOON);
        expect(decision).not.toMatchObject({ gate: "hours" });
      }),
    );
  });

  test("a holiday is none of them, in the time zone of the person", () => {
    const hours = { ...officeHours, holidays: ["2026-11-03", "11-04"] };
    const next = hoursAt(Date.UTC(2026, 10, 2, 17), { hours, timeZone: "UTC" });
    expect(next?.start).toBe(Date.UTC(2026, 10, 5, 9));
    expect(isOpen(Date.UTC(2026, 10, 3, 1), { hours, timeZone: "Asia/Tokyo" })).toBe(false);
    expect(isOpen(Date.UTC(2026, 10, 2, 15), { hours, timeZone: "America/New_York" })).toBe(true);
  });

  test("where nobody is ever asked there are none, and what is due waits", () => {
    const holidays = Array.from({ length: 31 }, (_, i) => i + 1).flatMap((day) =>
      Array.from({ length: 12 }, (_, month) =>
        [month + 1, day].map((n) => String(n).padStart(2, "0")).join("-"),
      ),
    );
    const never = { hours: { ...officeHours, holidays }, timeZone: "UTC" };
    expect(hoursAt(NOON, never)).toBeUndefined();
    expect(hoursBetween(NOON, NOON + DAY, never)).toEqual([]);
    expect(decide({ ...passing, kind: "other", hours: never }, NOON)).toMatchObject({
      verdict: "defer",
      until: NOON + DAY,
    });
  });

  test("the answer does not depend on what was asked for before", () => {
    const times = fc.array(fc.integer({ min: NOON - 90 * DAY, max: NOON + 600 * DAY }), {
      minLength: 2,
      maxLength: 12,
    });
    fc.assert(
      fc.property(times, (asked) => {
        const shared = { hours: { ...officeHours }, timeZone: "Europe/Paris" };
        for (const at of asked) {
          const alone = hoursAt(at, { ...shared, hours: { ...officeHours } });
          expect(hoursAt(at, shared)).toEqual(alone);
        }
      }),
      { numRuns: 25 },
    );
  });

  test("hours of a schedule are within those of the workspace, and may have nothing in common", () => {
    const ten = narrowedTo(officeHours, { from: "10:00", to: "11:00" });
    const next = hoursAt(NOON, { hours: ten, timeZone: "America/New_York" });
    expect(next).toEqual({ start: Date.UTC(2026, 10, 2, 15), end: Date.UTC(2026, 10, 2, 16) });
    expect(narrowedTo(officeHours, { from: "08:00", to: "18:00" })).toEqual(officeHours);
    const night = narrowedTo(officeHours, { from: "20:00", to: "21:00" });
    expect(hoursAt(NOON, { hours: night, timeZone: "UTC" })).toBeUndefined();
  });

  test("whoever is still there after a chat is asked at once, but not by a schedule with its own hours", () => {
    const evening = Date.UTC(2026, 10, 2, 19);
    const chat = { ...closedChat, closedAt: evening, lastMessageAt: evening };
    const hours = { hours: officeHours, timeZone: "UTC" };
    expect(decide({ ...passing, chat, hours }, evening).verdict).toBe("ask");
    expect(decide({ ...passing, chat, hours: { ...hours, own: true } }, evening)).toMatchObject({
      ...{ verdict: "defer", gate: "hours", until: Date.UTC(2026, 10, 3, 9) },
    });
  });

  test("a name that is no time zone is passed over", () => {
    expect(firstTimeZone([null, "Mars/Olympus", "Asia/Tokyo"], "UTC")).toBe("Asia/Tokyo");
    expect(firstTimeZone([null, ""], "Europe/Paris")).toBe("Europe/Paris");
  });
});
