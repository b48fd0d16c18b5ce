import fc from "fast-check";
import { expect, test } from "vitest";
import { meanDecimals, roundHalfAway, scoreDecimals } from "../../src/metrics/round.ts";

test("a half goes away from zero on both sides", () => {
  expect(roundHalfAway(18.5, 0)).toBe(19);
  expect(roundHalfAway(-18.5, 0)).toBe(-19);
  expect(roundHalfAway(-0.5, 0)).toBe(-1);
  expect(roundHalfAway(33.35, 1)).toBe(33.4);
  expect(roundHalfAway(1.005, 2)).toBe(1.01);
  expect(roundHalfAway(1e-7, 2)).toBe(0);
});

test("a half stays one when it is a difference of two numbers", () => {
  expect(roundHalfAway(61 / 20 - 3, 1)).toBe(0.1); // a mean of 3.05 against 3 as expected
  expect(roundHalfAway(59 / 20 - 3, 1)).toBe(-0.1);
  expect(roundHalfAway(69.15 - 12.1, 1)).toBe(57.1);
  expect(roundHalfAway(0.0499999, 1)).toBe(0);
});

test("nothing is ever minus zero", () => {
  expect(Object.is(roundHalfAway(-0.2, 0), 0)).toBe(true);
});

test("nine answers with five promoters and two detractors are 33, not 34", () => {
  expect(roundHalfAway((100 * (5 - 2)) / 9, 0)).toBe(33);
});

test("rounding agrees with exact arithmetic on the counts, for every net score up to 250 answers", () => {
  for (let n = 1; n <= 250; n++) {
    for (let net = -n; net <= n; net++) {
      const exact = Math.sign(net) * Math.floor((200 * Math.abs(net) + n) / (2 * n));
      const rounded = roundHalfAway((100 * net) / n, 0);
      if (rounded !== exact) expect.unreachable(`${net} of ${n} became ${rounded}, not ${exact}`);
    }
  }
});

test("percentages with one decimal agree with exact arithmetic on the counts", () => {
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 5000 }), fc.nat(), (n, pick) => {
      const hits = pick % (n + 1);
      const exactTenths = Math.floor((2000 * hits + n) / (2 * n));
      expect(roundHalfAway((100 * hits) / n, 1)).toBe(exactTenths / 10);
    }),
  );
});

test("points are whole, percentages get a decimal from 200 answers, means a second one from 100", () => {
  expect(scoreDecimals("points", 5000)).toBe(0);
  expect(scoreDecimals("percent", 199)).toBe(0);
  expect(scoreDecimals("percent", 200)).toBe(1);
  expect(meanDecimals(99)).toBe(1);
  expect(meanDecimals(100)).toBe(2);
});
