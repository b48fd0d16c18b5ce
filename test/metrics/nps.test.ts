import { expect, test } from "vitest";
import { histogramOf } from "../../src/metrics/histogram.ts";
import { nps } from "../../src/metrics/nps.ts";
import { ofGroups } from "./support.ts";

test("291 promoters, 476 passives and 395 detractors are −8.95 with the range −13.31 to −4.55", () => {
  const answers = ofGroups(nps, 291, 476, 395);
  expect(nps.score(answers)).toBeCloseTo(-8.95, 2);
  const [low, high] = nps.range(answers) ?? [];
  expect(low).toBeCloseTo(-13.31, 2);
  expect(high).toBeCloseTo(-4.55, 2);
});

test("120 promoters, 120 passives and 60 detractors are 20", () => {
  expect(nps.score(ofGroups(nps, 120, 120, 60))).toBe(20);
});

test("five promoters of five are +100 with the range +17 to +100", () => {
  const answers = ofGroups(nps, 5, 0, 0);
  expect(nps.score(answers)).toBe(100);
  const [low, high] = nps.range(answers) ?? [];
  expect(Math.round(low ?? Number.NaN)).toBe(17);
  expect(high).toBe(100);
});

test("26/16/10 is +31 with the range +9 to +50", () => {
  const answers = ofGroups(nps, 26, 16, 10);
  expect(nps.score(answers)).toBeCloseTo(30.77, 2);
  expect((nps.range(answers) ?? []).map(Math.round)).toEqual([9, 50]);
});

test("26/16/10 against 22/13/12 is +9.5 with the range −21 to +40 and p 0.56", () => {
  const now = ofGroups(nps, 26, 16, 10);
  const before = ofGroups(nps, 22, 13, 12);
  expect((nps.score(now) ?? 0) - (nps.score(before) ?? 0)).toBeCloseTo(9.5, 1);
  const difference = nps.difference(now, before);
  expect(difference?.range.map(Math.round)).toEqual([-21, 40]);
  expect(difference?.p).toBeCloseTo(0.56, 2);
});

test("0–6 are detractors, 7–8 passives, 9–10 promoters", () => {
  const groups = Array.from({ length: 11 }, (_, score) => nps.groupOf(score));
  expect(groups).toEqual([
    ...new Array<string>(7).fill("detractors"),
    "passives",
    "passives",
    "promoters",
    "promoters",
  ]);
});

test("zero is a real answer and a real score, no answers are neither", () => {
  expect(nps.score(histogramOf(nps.scale, [0]))).toBe(-100);
  expect(nps.score(histogramOf(nps.scale, [0, 10]))).toBe(0);
  expect(nps.score(histogramOf(nps.scale, []))).toBeNull();
  expect(nps.range(histogramOf(nps.scale, []))).toBeNull();
  expect(nps.mean(histogramOf(nps.scale, []))).toBeNull();
});

test("passives stay in n: one 10 and two 7s are 33.3, one 10 alone is 100", () => {
  expect(nps.score(histogramOf(nps.scale, [10, 7, 7]))).toBeCloseTo(33.3, 1);
  expect(nps.score(histogramOf(nps.scale, [10]))).toBe(100);
});
