import { expect, test } from "vitest";
import { ces } from "../../src/metrics/ces.ts";
import { csat } from "../../src/metrics/csat.ts";
import { emotion } from "../../src/metrics/emotion.ts";
import { expectation } from "../../src/metrics/expectation.ts";
import { histogramOf } from "../../src/metrics/histogram.ts";
import { type Metric, metricNames } from "../../src/metrics/metric.ts";
import { metrics, scoreCode } from "../../src/metrics/registry.ts";
import { resolution } from "../../src/metrics/resolution.ts";

/** Group of every step of the scale, lowest first. */
function groupsOf(metric: Metric): string[] {
  const { min, max } = metric.scale;
  return Array.from({ length: max - min + 1 }, (_, i) => metric.groupOf(min + i));
}

test("CSAT 42/32/10/9/14 from 5 to 1 is 69.16 %, mean 3.74, range 59.9 to 77.1", () => {
  const answers = [14, 9, 10, 32, 42];
  expect(csat.score(answers)).toBeCloseTo(69.16, 2);
  expect(csat.mean(answers)).toBeCloseTo(3.74, 2);
  const [low, high] = csat.range(answers) ?? [];
  expect(low).toBeCloseTo(59.9, 1);
  expect(high).toBeCloseTo(77.1, 1);
});

test("CSAT: 1–2 are dissatisfied, 3 neutral, 4–5 satisfied", () => {
  expect(groupsOf(csat)).toEqual([
    "dissatisfied",
    "dissatisfied",
    "neutral",
    "satisfied",
    "satisfied",
  ]);
});

test("CES 2.0: 5–7 agree, 4 is neutral, 1–3 disagree; the headline is the share that agrees", () => {
  expect(groupsOf(ces)).toEqual([
    ...new Array<string>(3).fill("disagree"),
    "neutral",
    ...new Array<string>(3).fill("agree"),
  ]);
  expect(ces.score([1, 0, 0, 1, 0, 0, 2])).toBe(50);
  expect(ces.mean([1, 0, 0, 1, 0, 0, 2])).toBe(4.75);
});

test("resolution: the share of yes, in words outside, seen as yes, partly, no, without a mean", () => {
  const answers = histogramOf(resolution.scale, [2, 2, 1, 0]);
  expect(resolution.score(answers)).toBe(50);
  expect(resolution.mean(answers)).toBeNull();
  expect(resolution.meanRange(answers.map((count) => count * 100))).toBeNull();
  expect(resolution.displayed.map((step) => resolution.stepName(step))).toEqual([
    "yes",
    "partly",
    "no",
  ]);
  expect(groupsOf(resolution)).toEqual(["no", "partly", "yes"]);
});

test("expectation: better minus worse in points, 3 is as expected", () => {
  expect(groupsOf(expectation)).toEqual(["worse", "worse", "asExpected", "better", "better"]);
  expect(expectation.score([1, 0, 1, 1, 1])).toBe(25);
  expect(expectation.score([0, 0, 7, 0, 0])).toBe(0);
});

test("emotion: the share of 4 and 5", () => {
  expect(groupsOf(emotion)).toEqual(["negative", "negative", "neutral", "positive", "positive"]);
  expect(emotion.score([1, 1, 1, 1, 0])).toBe(25);
});

test("only NPS counts one answer a person", () => {
  expect(metricNames.filter((name) => metrics[name].onePerPerson)).toEqual(["nps"]);
});

test("NPS and expectation are points, the others percentages", () => {
  expect(metricNames.filter((name) => metrics[name].unit === "points")).toEqual([
    "nps",
    "expectation",
  ]);
});

test.each(metricNames)(
  "every step of %s belongs to exactly one group, and none beyond it",
  (name) => {
    const { scale, groups, levelOf } = metrics[name];
    for (let score = scale.min; score <= scale.max; score++) {
      const holding = Object.values(groups).filter(({ from, to }) => score >= from && score <= to);
      expect(holding).toHaveLength(1);
    }
    expect(() => levelOf(scale.min - 1)).toThrow(RangeError);
    expect(() => levelOf(scale.max + 1)).toThrow(RangeError);
  },
);

test.each(metricNames)("N11 a score outside of the scale of %s is never counted", (name) => {
  const { scale } = metrics[name];
  for (const wrong of [scale.min - 1, scale.max + 1, scale.min + 0.5, Number.NaN]) {
    expect(() => histogramOf(scale, [wrong])).toThrow(RangeError);
  }
});

test("N12 a score is stored as its number, whatever it is called; what is no score is refused", () => {
  expect(scoreCode("resolution", "partly")).toBe(1);
  expect(scoreCode("resolution", "yes")).toBe(2);
  expect(scoreCode("nps", 0)).toBe(0);
  expect(scoreCode("csat", "5")).toBe(5);
  for (const wrong of ["constructor", "", "5.0", " 5", 6, -1, Number.NaN]) {
    expect(() => scoreCode("csat", wrong)).toThrow(RangeError);
  }
});
