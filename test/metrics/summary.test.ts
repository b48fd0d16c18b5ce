import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { histogramOf } from "../../src/metrics/histogram.ts";
import { metricNames } from "../../src/metrics/metric.ts";
import { previousPeriod } from "../../src/metrics/period-steps.ts";
import { parsePeriod } from "../../src/metrics/period-text.ts";
import { metrics } from "../../src/metrics/registry.ts";
import { type Facts, summarise } from "../../src/metrics/summary.ts";
import { summarySchema } from "../../src/metrics/summary-contract.ts";
import { answersTo, ofGroups } from "./support.ts";

const now = new Date("2026-02-11T10:00:00Z");
const nobody = { asked: 0, reached: 0, answered: 0, closedReached: 0, closedAnswered: 0, open: 0 };
const nothingElse = { asking: nobody, epoch: 0, otherWording: 0 };

/** Facts of a period and of the one before it. */
function facts(text: string, histogram: readonly number[], before: readonly number[]) {
  const parsed = parsePeriod(text, { now, timeZone: "Europe/Berlin" });
  if (!parsed.ok) throw new Error(parsed.problem);
  const { period } = parsed;
  const previous = previousPeriod(period, now);
  return {
    now: { period, histogram, ...nothingElse } satisfies Facts,
    before: previous && ({ period: previous, histogram: before, ...nothingElse } satisfies Facts),
  };
}

describe("a summary", () => {
  test("says everything about a period and the one before it, unrounded", () => {
    const { nps } = metrics;
    const given = facts(
      "2026-01-01..2026-01-31",
      ofGroups(nps, 26, 16, 10),
      ofGroups(nps, 22, 13, 12),
    );
    const asking = {
      asked: 170,
      reached: 160,
      answered: 50,
      closedReached: 150,
      closedAnswered: 48,
      open: 3,
    };
    const summary = summarise(nps, { ...given.now, asking }, given.before);
    expect(summary).toMatchObject({
      metric: "nps",
      period: {
        start: "2026-01-01T00:00:00+01:00",
        end: "2026-02-01T00:00:00+01:00",
        timeZone: "Europe/Berlin",
        running: false,
      },
      n: 52,
      score: (100 * 16) / 52,
      distribution: { "0": 10, "6": 0, "7": 16, "10": 26 },
      groups: { promoters: 26, passives: 16, detractors: 10 },
      asked: 170,
      reached: 160,
      answered: 50,
      responseRate: 32,
      shown: true,
      early: false,
      previous: {
        metric: "nps",
        n: 47,
        period: { start: "2025-12-01T00:00:00+01:00", end: "2026-01-01T00:00:00+01:00" },
        responseRate: null,
      },
      change: { verdict: "no-clear-change" },
    });
    expect(Object.keys(summary.distribution)).toEqual([..."0123456789", "10"]);
    expect(summary.previous).not.toHaveProperty("change");
    expect(summary.previous).not.toHaveProperty("previous");
  });

  test("of no answers has no score, which is not 0, but a place for every step", () => {
    const { resolution } = metrics;
    const given = facts("week", [0, 0, 0], [1, 2, 3]);
    const summary = summarise(resolution, given.now, given.before);
    expect(summary).toMatchObject({
      n: 0,
      score: null,
      range: null,
      mean: null,
      distribution: { no: 0, partly: 0, yes: 0 },
      groups: { yes: 0, partly: 0, no: 0 },
      responseRate: null,
      shown: false,
      early: false,
      period: { running: true },
      previous: { n: 6, score: 50, mean: null },
      change: null,
    });
  });

  test("has no change when nothing was there before", () => {
    const given = facts("week", [1, 2, 3], [0, 0, 0]);
    expect(summarise(metrics.resolution, given.now, given.before).change).toBeNull();
  });

  test("of all time has nothing before it", () => {
    const given = facts("all", [1, 2, 3], []);
    expect(given.before).toBeNull();
    expect(summarise(metrics.resolution, given.now, null)).toMatchObject({
      previous: null,
      change: null,
    });
  });

  test("never compares two wordings, and says why", () => {
    const { nps } = metrics;
    const given = facts("2026-01", ofGroups(nps, 60, 20, 20), ofGroups(nps, 30, 20, 50));
    const now = { ...given.now, epoch: 1, otherWording: 12 };
    const paired = { n: 40, difference: 5, range: [1, 9], verdict: "up" } as const;
    expect(summarise(nps, now, given.before, { paired })).toMatchObject({
      ...{ epoch: 1, otherWording: 12, change: null, notCompared: "wording", needed: null },
      ...{ paired: null, previous: { epoch: 0, n: 100 } },
    });
    const same = given.before && { ...given.before, epoch: 1 };
    expect(summarise(nps, now, same, { paired })).toMatchObject({
      ...{ notCompared: null, change: { verdict: "up" }, paired },
    });
  });

  test("of a small base of which everybody was asked has the smaller range, also to its target", () => {
    const { nps } = metrics;
    const given = facts("2026-01", ofGroups(nps, 20, 12, 8), []);
    const summary = summarise(nps, given.now, null, { population: 60, target: 14 });
    expect(summary.score).toBe(30);
    expect(summary.range?.map(Math.round)).toEqual([15, 43]);
    expect(summary).toMatchObject({ population: 60, target: { value: 14, verdict: "reached" } });
    expect(summarise(nps, given.now, null, { target: 14 }).target?.verdict).toBe("unknown");
  });

  test("tells how many answers a verdict needs only where there is none", () => {
    const { nps } = metrics;
    const close = facts("2026-01", ofGroups(nps, 26, 16, 10), ofGroups(nps, 22, 13, 12));
    expect(summarise(nps, close.now, close.before).needed?.each).toBeGreaterThan(100);
    const clear = facts("2026-01", ofGroups(nps, 60, 20, 20), ofGroups(nps, 30, 20, 50));
    expect(summarise(nps, clear.now, clear.before).needed).toBeNull();
  });

  test.each(metricNames)("of %s always keeps the promised shape and adds up", (name) => {
    const metric = metrics[name];
    const periods = fc.constantFrom("week", "7d", "all", "2026-W05", "2026-01-01..2026-01-03");
    const few = answersTo(metric, { maxLength: 60 });
    fc.assert(
      fc.property(periods, few, few, (text, a, b) => {
        const given = facts(text, histogramOf(metric.scale, a), histogramOf(metric.scale, b));
        const summary = summarise(metric, given.now, given.before);
        expect(summarySchema.parse(summary)).toEqual(summary);
        expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
        const total = (counts: Record<string, number>) =>
          Object.values(counts).reduce((sum, count) => sum + count, 0);
        expect(total(summary.distribution)).toBe(summary.n);
        expect(total(summary.groups)).toBe(summary.n);
        expect(summary.score === null).toBe(summary.n === 0);
      }),
    );
  });
});
