import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { decideAll } from "../../src/scheduling/ask/decide-all.ts";
import type { Candidate } from "../../src/scheduling/gates/gates.ts";
import { isOpen } from "../../src/scheduling/gates/hours.ts";
import { drawOf } from "../../src/scheduling/gates/sample.ts";
import { type DayShare, type Slot, slotFor } from "../../src/scheduling/gates/slots.ts";
import { NOON, officeHours, passing } from "../support/candidate.ts";

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MIDNIGHT = NOON - 12 * HOUR;

const hours = { hours: officeHours, timeZone: "UTC" };
const share: DayShare = { perDay: 8, timeZone: "UTC", mine: null, last: null };

describe("a daily cap", () => {
  test("is spread over the hours of the day, then over those of the next", () => {
    const times: number[] = [];
    let last: number | null = null;
    for (let i = 0; i < 10; i += 1) {
      const slot: Slot = slotFor({ ...share, last }, hours, MIDNIGHT) ?? expect.fail();
      times.push((slot.askAt - MIDNIGHT) / HOUR);
      last = slot.slotAt;
    }
    expect(times).toEqual([9, 10, 11, 12, 13, 14, 15, 16, 24 + 9, 24 + 10]);
  });

  test("does not make up for the hours that are over, and lets who comes first be asked at once", () => {
    const first = slotFor(share, hours, NOON + MINUTE) ?? expect.fail();
    expect(first.askAt).toBe(NOON + MINUTE);
    const second = slotFor({ ...share, last: first.slotAt }, hours, NOON + MINUTE);
    expect(second?.askAt).toBe(NOON + HOUR);
  });

  test("keeps the slot that somebody has until its day is over", () => {
    const { slotAt, askAt } = slotFor(share, hours, NOON + MINUTE) ?? expect.fail();
    const mine = { ...share, mine: slotAt, last: slotAt + 3 * HOUR };
    expect(slotFor(mine, hours, askAt + HOUR)).toEqual({ slotAt, askAt: askAt + HOUR });
    const next = slotFor(mine, hours, NOON + DAY);
    expect(next?.slotAt).toBeGreaterThan(NOON);
  });

  test("has no slot for who has no hours", () => {
    const never = { ...hours, hours: { ...officeHours, days: [] } };
    expect(slotFor(share, never, NOON)).toBeUndefined();
  });

  test("no day of the workspace has more, in whatever order and wherever people are asked", () => {
    const zones = ["UTC", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati"];
    const people = fc.array(fc.constantFrom(...zones), { minLength: 5, maxLength: 60 });
    const perDays = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(people, perDays, fc.constantFrom(...zones), (where, perDay, timeZone) => {
        const asked = simulate(where, { perDay, timeZone });
        const days = Map.groupBy(asked, ({ at }) =>
          Temporal.Instant.fromEpochMilliseconds(at)
            .toZonedDateTimeISO(timeZone)
            .toPlainDate()
            .toString(),
        );
        for (const [, each] of days) expect(each.length).toBeLessThanOrEqual(perDay);
        for (const { at, candidate } of asked)
          if (candidate.hours !== null) expect(isOpen(at, candidate.hours)).toBe(true);
        expect(asked.length).toBe(where.length);
      }),
      { numRuns: 60 },
    );
  });
});

/** Decides hour by hour until everybody is asked. */
function simulate(
  where: readonly string[],
  { perDay, timeZone }: { perDay: number; timeZone: string },
) {
  const waiting = where.map((zone, i) => ({
    due: MIDNIGHT + i * 7 * MINUTE,
    mine: null as number | null,
    zone,
  }));
  const asked: { at: number; candidate: Candidate }[] = [];
  const office = { ...officeHours };
  let last: number | null = null;
  for (let now = MIDNIGHT; waiting.length > 0 && now < MIDNIGHT + 200 * DAY; now += 20 * MINUTE) {
    const due = waiting.filter((each) => each.due <= now);
    const candidates = due.map(({ mine, zone }): Candidate => {
      const day = { perDay, timeZone, mine, last };
      return {
        ...{ ...passing, kind: "other", chat: null, deadline: null },
        schedule: { id: "s", on: true, fits: true, sample: null, share: day },
        hours: { hours: office, timeZone: zone },
      };
    });
    for (const [i, decision] of decideAll(candidates, now).entries()) {
      const each = due[i] ?? expect.fail();
      if (decision === undefined || decision.verdict === "suppress") expect.fail();
      const { slotAt } = decision;
      if (slotAt !== undefined) {
        each.mine = slotAt;
        last = Math.max(last ?? slotAt, slotAt);
      }
      if (decision.verdict === "defer") each.due = decision.until;
      else {
        waiting.splice(waiting.indexOf(each), 1);
        asked.push({ at: now, candidate: candidates[i] ?? expect.fail() });
      }
    }
  }
  return asked;
}

describe("a sample", () => {
  test("has the share that it says, the same people each time, and they stay when it grows", () => {
    const people = Array.from({ length: 4000 }, (_, i) => `human-${i}`);
    const drawn = (share: number) => people.filter((each) => drawOf("s1", each) < share);
    expect(drawn(0.2).length).toBeGreaterThan(680);
    expect(drawn(0.2).length).toBeLessThan(920);
    const more = new Set(drawn(0.4));
    expect(drawn(0.2).every((each) => more.has(each))).toBe(true);
    // Another schedule draws others.
    const other = people.filter((each) => drawOf("s2", each) < 0.2);
    expect(other.filter((each) => drawOf("s1", each) < 0.2).length).toBeLessThan(320);
  });
});
