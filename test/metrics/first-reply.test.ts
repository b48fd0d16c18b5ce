import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createFirstReplyTally, type WaitingChat } from "../../src/metrics/first-reply.ts";
import { type Wait, waitQuantile } from "../../src/metrics/waiting.ts";
import { medianRange, waitingCurve } from "../../src/metrics/waiting-curve.ts";
import { workingTimeBetween } from "../../src/scheduling/gates/calendar.ts";
import { workingClock } from "../../src/scheduling/gates/working-clock.ts";

const MINUTE = 60_000;
const hours = { days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00", holidays: ["12-25"] };

const someWaits = fc.array(
  fc.record({ lasted: fc.integer({ min: 0, max: 30 }), ended: fc.boolean() }),
  { minLength: 1, maxLength: 60 },
);

/** The share that waits longer than `at`, written down once more by its definition. */
function stillWaiting(waits: readonly Wait[], at: number): number {
  const times = [...new Set(waits.filter(({ ended }) => ended).map(({ lasted }) => lasted))];
  return times
    .filter((time) => time <= at)
    .reduce((share, time) => {
      const atRisk = waits.filter(({ lasted }) => lasted >= time).length;
      const ends = waits.filter(({ lasted, ended }) => ended && lasted === time).length;
      return share * (1 - ends / atRisk);
    }, 1);
}

/** As many entries as there are waits become one entry each time. */
function counted(waits: readonly Wait[]): Wait[] {
  const all = new Map<string, Wait>();
  for (const { lasted, ended } of waits) {
    const key = `${lasted} ${ended}`;
    all.set(key, { lasted, ended, times: (all.get(key)?.times ?? 0) + 1 });
  }
  return [...all.values()];
}

describe("the curve of those who still wait", () => {
  test("is the product of Kaplan and Meier at every time", () => {
    fc.assert(
      fc.property(someWaits, (waits) => {
        for (const { lasted, waiting } of waitingCurve(waits)) {
          expect(waiting).toBeCloseTo(stillWaiting(waits, lasted), 10);
        }
      }),
    );
  });

  test("counting equal waits once says the same as listing each", () => {
    fc.assert(
      fc.property(someWaits, (waits) => {
        const few = counted(waits);
        expect(waitingCurve(few).length).toBe(waitingCurve(waits).length);
        expect(medianRange(few)).toEqual(medianRange(waits));
        for (const q of [0.5, 0.9]) {
          const [one, other] = [waitQuantile(waits, q), waitQuantile(few, q)];
          expect(other?.kind).toBe(one?.kind);
          expect(other?.value).toBeCloseTo(one?.value ?? 0, 9);
        }
      }),
    );
  });

  // M. Miller 1997: weeks of remission with maintenance, a usual example of survival analysis.
  const ends = [9, 13, 18, 23, 31, 34, 48].map((lasted) => ({ lasted, ended: true }));
  const open = [13, 28, 45, 161].map((lasted) => ({ lasted, ended: false }));

  test("the median's range is where the curve may be one half", () => {
    expect(medianRange([...ends, ...open])).toEqual({ low: 18, high: 48 });
  });

  test("its upper end is not known while too many wait", () => {
    const waits = [...ends.slice(0, 3), ...open, { lasted: 200, ended: false }];
    expect(medianRange(waits)?.high).toBeNull();
    expect(medianRange(open)).toBeNull();
  });

  test("no time between its ends is left out, and it holds the median", () => {
    fc.assert(
      fc.property(someWaits, (waits) => {
        const range = medianRange(waits);
        const median = waitQuantile(waits, 0.5);
        fc.pre(range !== null && median?.kind === "exactly" && waits.length >= 5);
        expect(range?.low ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(median?.value ?? 0);
        expect(range?.high ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(
          Math.floor(median?.value ?? 0),
        );
      }),
    );
  });
});

describe("working hours that are laid out once", () => {
  test("are the same as those of the calendar, changes of the clock and holidays among them", () => {
    const start = Date.parse("2026-10-20T00:00:00Z");
    const end = Date.parse("2027-01-05T00:00:00Z");
    const at = fc.integer({ min: start, max: end });
    const worked = workingClock({ start, end }, hours, "Europe/Berlin");
    fc.assert(
      fc.property(at, at, (from, to) => {
        expect(worked(from, to)).toBe(
          workingTimeBetween(new Date(from), new Date(to), hours, "Europe/Berlin"),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe("first replies", () => {
  const came = Date.parse("2026-11-18T10:00:00Z");
  const now = came + 600 * MINUTE;
  const chat = (reply: number | null, close: number | null = null): WaitingChat => ({
    cameAt: came,
    repliedAt: reply === null ? null : came + reply * MINUTE,
    closedAt: close === null ? null : came + close * MINUTE,
  });
  const tallied = (chats: readonly WaitingChat[], clock: "calendar" | "working" = "calendar") => {
    const tally = createFirstReplyTally({
      now,
      promised: { ms: 240 * MINUTE, clock },
      worked: workingClock({ start: came, end: now }, hours, "UTC"),
    });
    for (const each of chats) tally.add(each);
    return tally.summary();
  };

  test("chats without a reply are still waiting, closed ones until they were closed", () => {
    const summary = tallied([chat(10), chat(20), chat(30), chat(null), chat(null, 15)]);
    expect(summary).toMatchObject({ n: 5, answered: 3, waiting: 1, closedWithout: 1 });
    // Dropping the unanswered would make it 20 minutes.
    expect(summary.clocks.calendar.median?.value).toBeGreaterThan(20 * 60);
    expect(summary.clocks.calendar.longest).toBe(600 * 60);
  });

  test("with more than half open it is only known that it takes at least so long", () => {
    const { median } = tallied([chat(10), chat(null), chat(null), chat(null)]).clocks.calendar;
    expect(median).toEqual({ kind: "at-least", value: 600 * 60 });
  });

  test("what nobody answered counts once its time has passed, also when it was closed", () => {
    const { promise } = tallied([chat(239), chat(240), chat(241), chat(null), chat(null, 5)]);
    expect(promise).toMatchObject({ within: 2, n: 5, rate: 40 });
    const young = { cameAt: now - MINUTE, repliedAt: null, closedAt: null };
    expect(tallied([chat(1), young]).promise).toMatchObject({ within: 1, n: 1 });
    expect(tallied([young]).promise.rate).toBeNull();
  });

  test("the promise is counted by its own clock", () => {
    const overnight = {
      cameAt: came + 300 * MINUTE,
      repliedAt: came + 599 * MINUTE,
      closedAt: null,
    };
    expect(tallied([overnight]).promise.within).toBe(0);
    expect(tallied([overnight], "working").promise.within).toBe(1);
  });
});
