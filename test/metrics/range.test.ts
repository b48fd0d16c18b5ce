import { describe, expect, test } from "vitest";
import { studentT95, twoSidedP } from "../../src/metrics/distributions.ts";
import { adjustedWald, newcombe, tInterval, wilson } from "../../src/metrics/range.ts";

const rounded = (range: readonly number[] | null | undefined) => range?.map(Math.round);

describe("a small base of which every member was asked", () => {
  test("60 accounts of which 40 answered 20/12/8 have the range 15 to 43", () => {
    expect(rounded(adjustedWald({ high: 20, middle: 12, low: 8 }, 60))).toEqual([15, 43]);
  });

  test("when everybody answered the range is the score itself", () => {
    expect(adjustedWald({ high: 20, middle: 12, low: 8 }, 40)).toEqual([30, 30]);
    expect(adjustedWald({ high: 1, middle: 0, low: 0 }, 1)).toEqual([100, 100]);
  });

  test("a huge base is as good as an unknown one", () => {
    const counts = { high: 20, middle: 12, low: 8 };
    const [low, high] = adjustedWald(counts) ?? [];
    const [lowOfMany, highOfMany] = adjustedWald(counts, 1e9) ?? [];
    expect(lowOfMany).toBeCloseTo(low ?? Number.NaN, 4);
    expect(highOfMany).toBeCloseTo(high ?? Number.NaN, 4);
  });
});

test("±10 points need about 250 answers with the usual spread and 385 at worst", () => {
  const half = (high: number, middle: number, low: number) => {
    const range = adjustedWald({ high, middle, low });
    return range === null ? Number.NaN : (range[1] - range[0]) / 2;
  };
  expect(half(113, 87, 50)).toBeCloseTo(9.5, 0);
  expect(half(192.5, 0, 192.5)).toBeCloseTo(10, 0);
  expect(half(50, 0, 50)).toBeGreaterThan(19);
});

test("Wilson ends are exact at nothing and everything", () => {
  expect(wilson({ hits: 0, n: 7 })?.[0]).toBe(0);
  expect(wilson({ hits: 7, n: 7 })?.[1]).toBe(100);
  expect(wilson({ hits: 0, n: 0 })).toBeNull();
});

// R. Newcombe, Statistics in Medicine 17 (1998) 873–890, table II, method 10, cases (a) and (h).
test("Newcombe's published differences come out", () => {
  const difference = newcombe({ hits: 56, n: 70 }, { hits: 48, n: 80 });
  expect(difference?.range[0]).toBeCloseTo(5.24, 2);
  expect(difference?.range[1]).toBeCloseTo(33.39, 2);
  expect(difference?.p).toBeNull();
  const all = newcombe({ hits: 10, n: 10 }, { hits: 0, n: 10 });
  expect(all?.range[0]).toBeCloseTo(60.75, 2);
  expect(all?.range[1]).toBe(100);
});

test("a mean has a range only from 20 answers on", () => {
  expect(tInterval(3, 1, 19)).toBeNull();
  const [low, high] = tInterval(3, 1, 20) ?? [];
  expect(low).toBeCloseTo(3 - 2.093024 / Math.sqrt(20), 6);
  expect(high).toBeCloseTo(3 + 2.093024 / Math.sqrt(20), 6);
});

test("Student's t agrees with printed tables", () => {
  expect(studentT95(19)).toBeCloseTo(2.093024, 5);
  expect(studentT95(29)).toBeCloseTo(2.04523, 5);
  expect(studentT95(60)).toBeCloseTo(2.000298, 5);
  expect(studentT95(120)).toBeCloseTo(1.97993, 5);
  expect(studentT95(1e9)).toBeCloseTo(1.959964, 6);
});

test("the two-sided p of a normal z agrees with printed tables", () => {
  expect(twoSidedP(0)).toBe(1);
  expect(twoSidedP(1)).toBeCloseTo(0.3173105078629141, 14);
  expect(twoSidedP(-1.959963984540054)).toBeCloseTo(0.05, 14);
  expect(twoSidedP(3)).toBeCloseTo(0.002699796063260207, 14);
  expect(twoSidedP(8.2)).toBeLessThan(1e-14);
  expect(twoSidedP(40)).toBe(0);
});

test("the adjusted Wald range contains the unadjusted score from two answers on, not at one", () => {
  for (let n = 2; n <= 60; n++) {
    for (let high = 0; high <= n; high++) {
      for (let low = 0; low <= n - high; low++) {
        const score = (100 * (high - low)) / n;
        const range = adjustedWald({ high, middle: n - high - low, low });
        if (range === null || range[0] > score || range[1] < score) {
          expect.unreachable(`${high}/${n - high - low}/${low}: ${score} is outside of ${range}`);
        }
      }
    }
  }
  // One promoter scores 100; the pseudo-answers keep the upper end just below.
  expect(adjustedWald({ high: 1, middle: 0, low: 0 })?.[1]).toBeLessThan(100);
});
