import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  shorterFirst,
  summariseWaits,
  type Wait,
  waitQuantile,
} from "../../src/metrics/waiting.ts";

const done = (...lasted: number[]): Wait[] => lasted.map((each) => ({ lasted: each, ended: true }));
const open = (...lasted: number[]): Wait[] =>
  lasted.map((each) => ({ lasted: each, ended: false }));

/** What SQL's percentile_cont does, written down independently. */
function percentileCont(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = q * (sorted.length - 1);
  const low = sorted[Math.floor(place)] ?? 0;
  const high = sorted[Math.ceil(place)] ?? 0;
  return low + (place - Math.floor(place)) * (high - low);
}

describe("waits", () => {
  test("nothing waited for has no median", () => {
    expect(summariseWaits([])).toEqual({ n: 0, ended: 0, median: null, p90: null });
  });

  test("when everything has ended they are plain percentiles", () => {
    expect(waitQuantile(done(1, 2, 3, 4), 0.5)).toEqual({ kind: "exactly", value: 2.5 });
    expect(waitQuantile(done(7), 0.9)).toEqual({ kind: "exactly", value: 7 });
    expect(waitQuantile(done(0, 10), 0.9)?.value).toBeCloseTo(9, 12);
  });

  // E. A. Gehan 1965: weeks of remission; median 23 with the drug, 8 without.
  const drug = [
    ...done(6, 6, 6, 7, 10, 13, 16, 22, 23),
    ...open(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35),
  ];
  const none = done(1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23);

  test("the textbook's remissions have the textbook's medians", () => {
    expect(summariseWaits(drug)).toMatchObject({
      n: 21,
      ended: 9,
      median: { kind: "exactly", value: 23 },
      p90: { kind: "at-least", value: 32 },
    });
    expect(summariseWaits(none)).toMatchObject({
      median: { kind: "exactly", value: 8 },
      p90: { kind: "exactly", value: 17 },
    });
  });

  test("leaving out what is still open would make the wait look shorter", () => {
    const replied = done(5, 10, 15);
    const median = waitQuantile([...replied, ...open(12, 40)], 0.5);
    expect(waitQuantile(replied, 0.5)).toEqual({ kind: "exactly", value: 10 });
    expect(median).toEqual({ kind: "exactly", value: 15 });
  });

  test("with more than half open the median is at least what they have lasted so far", () => {
    const waits = [...done(1), ...open(2, 3, 4, 5)];
    expect(waitQuantile(waits, 0.5)).toEqual({ kind: "at-least", value: 3 });
    expect(waitQuantile(open(4), 0.5)).toEqual({ kind: "at-least", value: 4 });
  });

  test("an end and a wait that goes on at the same time: the end came first", () => {
    expect(waitQuantile([...open(2), ...done(2)], 0.5)).toEqual({ kind: "at-least", value: 2 });
    expect(waitQuantile([...open(2), ...done(2, 2)], 0.5)).toEqual({ kind: "exactly", value: 2 });
  });

  const lasted = fc.integer({ min: 0, max: 50 });
  const waits = fc.array(fc.record({ lasted, ended: fc.boolean() }), {
    minLength: 1,
    maxLength: 30,
  });
  const q = fc.double({ min: 0, max: 1, noNaN: true });

  test("all ended: percentile_cont, for any share", () => {
    fc.assert(
      fc.property(fc.array(lasted, { minLength: 1, maxLength: 30 }), q, (values, share) => {
        const found = waitQuantile(done(...values), share);
        expect(found?.kind).toBe("exactly");
        expect(found?.value).toBeCloseTo(percentileCont(values, share), 8);
      }),
    );
  });

  test("a lower bound holds however the open ones end, and no estimate is below it", () => {
    const more = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(waits, more, q, (given, longer, share) => {
        const found = waitQuantile(given, share);
        const soFar = percentileCont(
          given.map((wait) => wait.lasted),
          share,
        );
        expect(found?.value).toBeGreaterThanOrEqual(soFar - 1e-9);
        if (found?.kind !== "at-least") return;
        const later = given.map(({ lasted: so, ended }, i) => so + (ended ? 0 : (longer[i] ?? 0)));
        expect(percentileCont(later, share)).toBeGreaterThanOrEqual(found.value - 1e-9);
      }),
    );
  });

  test("a larger share never ends earlier, and the order of waits does not matter", () => {
    fc.assert(
      fc.property(waits, q, q, (given, a, b) => {
        const low = waitQuantile(given, Math.min(a, b));
        const high = waitQuantile(given, Math.max(a, b));
        if (high?.kind === "exactly") expect(low?.kind).toBe("exactly");
        if (low?.kind === high?.kind) {
          expect(high?.value).toBeGreaterThanOrEqual((low?.value ?? 0) - 1e-9);
        }
        expect(waitQuantile(given.toReversed(), a)).toEqual(waitQuantile(given, a));
      }),
    );
  });
});

test("whoever has mostly not replied is not the fastest", () => {
  const exactly = (value: number) => ({ kind: "exactly", value }) as const;
  const atLeast = (value: number) => ({ kind: "at-least", value }) as const;
  const sorted = [null, atLeast(5), exactly(60), atLeast(2), exactly(10)].toSorted(shorterFirst);
  expect(sorted).toEqual([exactly(10), exactly(60), atLeast(2), atLeast(5), null]);
});
