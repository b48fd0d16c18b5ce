import fc from "fast-check";
import { expect, test } from "vitest";
import { arrange, bothEnds } from "../../src/metrics/arrange.ts";
import { peakEnd, summarisePeakEnd } from "../../src/metrics/peak-end.ts";
import { compareShares, shareOf } from "../../src/metrics/response.ts";

const five = { min: 1, max: 5 };

test.each([
  [[4, 1, 5], 3, 1], // as far on both sides: the lower
  [[3, 5, 4], 4.5, 3],
  [[5, 4, 4, 2], 3.5, 2],
  [[3, 3, 3], 3, 3],
])("the peak–end of %j is %f", (ratings, value, lowest) => {
  expect(peakEnd(ratings, five)).toMatchObject({ peakEnd: value, lowest, last: ratings.at(-1) });
});

test("nobody is remembered without ratings, and it never leaves the scale", () => {
  expect(peakEnd([], five)).toBeNull();
  const ratings = fc.array(fc.integer(five), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(ratings, (given) => {
      const remembered = peakEnd(given, five);
      const far = Math.max(...given.map((rating) => Math.abs(rating - 3)));
      const peak = given.includes(3 - far) ? 3 - far : 3 + far;
      expect(remembered?.peakEnd).toBe((peak + (given.at(-1) ?? 0)) / 2);
      expect(remembered?.mean).toBeGreaterThanOrEqual(remembered?.lowest ?? 9);
    }),
  );
});

test("means are over people, shown from five on, with a range from twenty on", () => {
  const few = summarisePeakEnd([{ ratings: [4, 1, 5], n: 4 }], five);
  expect(few).toMatchObject({ n: 4, shown: false, range: null });
  const all = summarisePeakEnd(
    [
      { ratings: [4, 1, 5], n: 15 },
      { ratings: [5, 5, 5], n: 5 },
    ],
    five,
  );
  expect(all.means).toEqual({ peakEnd: 3.5, lowest: 2, last: 5, mean: (15 * (10 / 3) + 25) / 20 });
  expect(all.range?.[0]).toBeLessThan(3.5);
  expect(summarisePeakEnd([], five)).toMatchObject({ n: 0, means: null });
});

test("parts with fewer than thirty are not ranked, and none can be had by subtraction", () => {
  const part = (label: string, n: number, value: number) => ({ label, n, value });
  const parts = [
    part("c", 40, 1),
    part("a", 50, 2),
    part("d", 9, 9),
    part("b", 6, 5),
    part("e", 0, 0),
  ];
  const shown = arrange(parts, 105, (x, y) => y.value - x.value);
  expect(shown.ranked.map(({ label }) => label)).toEqual(["a", "c"]);
  expect(shown.early.map(({ label }) => label)).toEqual(["b", "d"]);
  expect(shown.hidden).toEqual([]);
  const hiding = arrange([part("a", 50, 2), part("b", 6, 5), part("c", 3, 1)], 59, () => 0);
  expect(hiding.hidden.map(({ label }) => label)).toEqual(["b", "c"]);
});

test("of a list that is too long both ends are shown, and how many lie between", () => {
  const units = ["a", "b", "c", "d", "e", "f"];
  expect(bothEnds(units, 6)).toEqual({ first: units, between: 0, last: [] });
  expect(bothEnds(units, 5)).toEqual({ first: ["a", "b", "c"], between: 1, last: ["e", "f"] });
});

test("shares are compared by Newcombe, and only from thirty on", () => {
  expect(shareOf(0, 0)).toMatchObject({ rate: null, range: null });
  expect(compareShares(shareOf(1, 2), shareOf(0, 0))).toBeNull();
  expect(compareShares(shareOf(20, 29), shareOf(5, 100))?.verdict).toBe("too-few");
  // Newcombe 1998, example a of his table II: 56/70 against 48/80.
  const change = compareShares(shareOf(56, 70), shareOf(48, 80));
  expect(change?.range[0]).toBeCloseTo(5.24, 2);
  expect(change?.range[1]).toBeCloseTo(33.39, 2);
  expect(change?.verdict).toBe("up");
});
