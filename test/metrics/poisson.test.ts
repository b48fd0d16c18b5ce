import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareRates, contactRate } from "../../src/metrics/contact-rate.ts";
import { binomialP, clopperPearson, gammaQuantile, garwood } from "../../src/metrics/poisson.ts";

/** The probability of at most `k` events, term by term. */
function atMost(k: number, mean: number): number {
  let term = Math.exp(-mean);
  let sum = term;
  for (let i = 1; i <= k; i += 1) {
    term *= mean / i;
    sum += term;
  }
  return sum;
}

/** The probability of at most `k` of `n`, term by term. */
function atMostOf(k: number, n: number, p: number): number {
  let sum = 0;
  for (let i = 0; i <= k; i += 1) {
    let term = 1;
    for (let j = 1; j <= i; j += 1) term *= ((n - i + j) / j) * p;
    sum += term * (1 - p) ** (n - i);
  }
  return sum;
}

describe("the exact range of a count", () => {
  // Garwood 1936, as in the tables of many textbooks.
  test.each([
    [0, 0, 3.6889],
    [1, 0.0253, 5.5716],
    [2, 0.2422, 7.2247],
    [5, 1.6235, 11.6683],
    [10, 4.7954, 18.3904],
    [20, 12.2165, 30.8884],
    [100, 81.364, 121.6268],
  ])("%i events", (events, low, high) => {
    expect(garwood(events)[0]).toBeCloseTo(low, 3);
    expect(garwood(events)[1]).toBeCloseTo(high, 3);
  });

  test("each end leaves 2.5 % out, whatever the count", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 150 }), (events) => {
        const [low, high] = garwood(events);
        expect(1 - atMost(events - 1, low)).toBeCloseTo(0.025, 8);
        expect(atMost(events, high)).toBeCloseTo(0.025, 8);
      }),
      { numRuns: 60 },
    );
  });

  test("a million events have the range of a normal distribution", () => {
    const [low, high] = garwood(1_000_000);
    expect(low).toBeCloseTo(1_000_000 - 1959.02, 0);
    expect(high).toBeCloseTo(1_000_000 + 1961.9, 0);
    expect(gammaQuantile(0.5, 1)).toBeCloseTo(Math.LN2, 12);
  });
});

describe("the exact range of a share", () => {
  test("is the textbook's", () => {
    const [low, high] = clopperPearson(4, 10);
    expect(low).toBeCloseTo(0.12155, 5);
    expect(high).toBeCloseTo(0.73762, 5);
    expect(clopperPearson(0, 10)).toEqual([0, expect.closeTo(0.3085, 4)]);
    expect(clopperPearson(10, 10)).toEqual([expect.closeTo(0.6915, 4), 1]);
  });

  test("leaves a share out exactly when its p is below five percent", () => {
    const n = fc.integer({ min: 1, max: 80 });
    fc.assert(
      fc.property(n, fc.double({ min: 0, max: 1, noNaN: true }), n, (size, part, share) => {
        const hits = Math.round(part * size);
        const p = share / 81;
        const exact = 2 * Math.min(atMostOf(hits, size, p), 1 - atMostOf(hits - 1, size, p));
        expect(binomialP(hits, size, p)).toBeCloseTo(Math.min(1, exact), 9);
        const [low, high] = clopperPearson(hits, size);
        fc.pre(Math.abs(low - p) > 1e-9 && Math.abs(high - p) > 1e-9);
        expect(binomialP(hits, size, p) < 0.05).toBe(p < low || p > high);
      }),
      { numRuns: 100 },
    );
  });
});

describe("contacts per ten thousand orders", () => {
  test("the worked values", () => {
    const { rate, range } = contactRate({ contacts: 37, orders: 5200 });
    expect([rate, ...(range ?? [])].map((each) => Math.round(each ?? 0))).toEqual([71, 50, 98]);
    const none = contactRate({ contacts: 0, orders: 900 });
    expect([none.rate, ...(none.range ?? [])].map((each) => Math.round(each ?? 0))).toEqual([
      0, 0, 41,
    ]);
  });

  test("no orders have no rate, and there may be more contacts than orders", () => {
    expect(contactRate({ contacts: 3, orders: 0 })).toMatchObject({ rate: null, range: null });
    expect(contactRate({ contacts: 20, orders: 10 }).rate).toBe(20_000);
    expect(compareRates({ contacts: 3, orders: 0 }, { contacts: 3, orders: 10 })).toBeNull();
    expect(compareRates({ contacts: 0, orders: 9 }, { contacts: 0, orders: 9 })).toBeNull();
  });

  test("a change is told by the conditional binomial test", () => {
    const change = compareRates({ contacts: 37, orders: 5200 }, { contacts: 60, orders: 5000 });
    expect(change?.difference).toBeCloseTo(100 * (37 / 5200 / (60 / 5000) - 1), 9);
    expect(change?.p).toBeCloseTo(2 * atMostOf(37, 97, 5200 / 10_200), 9);
    expect(change?.verdict).toBe("down");
    const few = compareRates({ contacts: 9, orders: 20 }, { contacts: 1, orders: 5000 });
    expect(few?.verdict).toBe("too-few");
    const fromNothing = compareRates({ contacts: 3, orders: 5200 }, { contacts: 0, orders: 5000 });
    expect(fromNothing).toMatchObject({ difference: null, verdict: "no-clear-change" });
    expect(fromNothing?.range[1]).toBe(Number.POSITIVE_INFINITY);
  });
});
