import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answersIn } from "../../src/metrics/histogram.ts";
import { nps } from "../../src/metrics/nps.ts";
import { adjustedWald } from "../../src/metrics/range.ts";
import { targetState, targetVerdict } from "../../src/metrics/target.ts";
import { ofGroups } from "./support.ts";

const stateOf = (groups: readonly [number, number, number], target: number) => {
  const histogram = ofGroups(nps, ...groups);
  return targetState(nps, histogram, target);
};

describe("a target", () => {
  test("is reached when the whole range is there, missed when none of it is", () => {
    expect(targetVerdict([40, 60], 40)).toBe("reached");
    expect(targetVerdict([39.9, 60], 40)).toBe("unknown");
    expect(targetVerdict([10, 40], 40)).toBe("unknown");
    expect(targetVerdict([10, 39.9], 40)).toBe("not-reached");
    expect(targetVerdict(null, 40)).toBe("unknown");
  });

  test("can be below zero, and is zero when it is zero", () => {
    expect(stateOf([10, 10, 80], -20).verdict).toBe("not-reached");
    expect(stateOf([30, 60, 10], 0)).toEqual({ target: 0, verdict: "reached", more: 0 });
  });

  test("cannot be told below 30 answers, however good they are", () => {
    expect(stateOf([20, 0, 0], 10)).toEqual({ target: 10, verdict: "unknown", more: 10 });
    expect(stateOf([0, 0, 0], 10)).toEqual({ target: 10, verdict: "unknown", more: null });
  });

  test("can never be told when the score is the target", () => {
    expect(stateOf([40, 40, 20], 20)).toEqual({ target: 20, verdict: "unknown", more: null });
  });

  test("of a known base needs no more answers than there are customers", () => {
    const histogram = ofGroups(nps, 20, 12, 8); // of 60 customers: 15 to 43
    const population = 60;
    const more = (target: number, known: number | null) => {
      const rangeOf = (counted: readonly number[]) =>
        adjustedWald(nps.count(counted), known ?? undefined);
      return targetState(nps, histogram, target, { rangeOf, ...(known && { most: known }) }).more;
    };
    expect(more(40, null)).toBe(173);
    expect(more(40, population)).toBe(7);
    expect(more(30, population)).toBe(20);
    // All but a few have to have answered, and thirty at least.
    const few = targetState(nps, ofGroups(nps, 10, 2, 0), 40, { most: 25 });
    expect(few).toEqual({ target: 40, verdict: "unknown", more: null });
  });

  test("can be told with as many more answers as it says, and not with one fewer", () => {
    const groups = fc.tuple(fc.nat(60), fc.nat(60), fc.nat(60));
    fc.assert(
      fc.property(groups, fc.integer({ min: -100, max: 100 }), (given, target) => {
        const histogram = ofGroups(nps, ...given);
        const n = answersIn(histogram);
        const { verdict, more } = stateOf(given, target);
        fc.pre(verdict === "unknown" && more !== null && n + more > 30);
        const told = (size: number) =>
          targetVerdict(nps.range(histogram.map((count) => (count * size) / n)), target);
        expect(told(n + (more ?? 0))).not.toBe("unknown");
        expect(told(n + (more ?? 0) - 1)).toBe("unknown");
      }),
    );
  });
});
