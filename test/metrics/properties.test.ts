import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compare } from "../../src/metrics/change.ts";
import { answersIn, histogramFromCounts, histogramOf } from "../../src/metrics/histogram.ts";
import { answersTo, everyMetric, merged } from "./support.ts";

describe.each(everyMetric.map((metric) => ({ name: metric.name, metric })))(
  "$name",
  ({ metric }) => {
    const histogram = (scores: readonly number[]) => histogramOf(metric.scale, scores);

    test("the order of answers does not matter", () => {
      fc.assert(
        fc.property(answersTo(metric), (scores) => {
          expect(histogram(scores)).toEqual(histogram(scores.toReversed()));
          expect(histogram(scores)).toEqual(histogram(scores.toSorted((a, b) => a - b)));
        }),
      );
    });

    test("merging histograms is merging answers", () => {
      fc.assert(
        fc.property(answersTo(metric), answersTo(metric), (a, b) => {
          const both = merged(histogram(a), histogram(b));
          expect(both).toEqual(histogram([...a, ...b]));
          const pairs = [...a, ...b].map((score) => [score, 1] as const);
          expect(both).toEqual(histogramFromCounts(metric.scale, pairs));
          expect(answersIn(both)).toBe(a.length + b.length);
        }),
      );
    });

    test("the groups add up to n", () => {
      fc.assert(
        fc.property(answersTo(metric), (scores) => {
          const { high, middle, low } = metric.count(histogram(scores));
          expect(high + middle + low).toBe(scores.length);
        }),
      );
    });

    test("the range contains the score from two answers on and stays inside the domain", () => {
      fc.assert(
        fc.property(answersTo(metric, { minLength: 2 }), (scores) => {
          const score = metric.score(histogram(scores)) ?? Number.NaN;
          const [low, high] = metric.range(histogram(scores)) ?? [Number.NaN, Number.NaN];
          expect(low).toBeLessThanOrEqual(score);
          expect(high).toBeGreaterThanOrEqual(score);
          expect(low).toBeGreaterThanOrEqual(metric.domain[0]);
          expect(high).toBeLessThanOrEqual(metric.domain[1]);
        }),
        { numRuns: 1000 },
      );
    });

    test("more answers with the same shares never widen the range", () => {
      fc.assert(
        fc.property(
          answersTo(metric, { minLength: 5 }),
          fc.integer({ min: 2, max: 9 }),
          (scores, k) => {
            const some = histogram(scores);
            const width = (range: readonly [number, number] | null) =>
              range === null ? Number.NaN : range[1] - range[0];
            const many = some.map((count) => count * k);
            expect(width(metric.range(many))).toBeLessThan(width(metric.range(some)) + 1e-9);
          },
        ),
      );
    });

    test("swapping the periods flips the sign and keeps p", () => {
      fc.assert(
        fc.property(
          answersTo(metric, { minLength: 1 }),
          answersTo(metric, { minLength: 1 }),
          (a, b) => {
            const there = compare(metric, histogram(a), histogram(b));
            const back = compare(metric, histogram(b), histogram(a));
            if (there === null || back === null) throw new Error("both periods have answers");
            expect(back.difference).toBeCloseTo(-there.difference, 9);
            expect(back.range[0]).toBeCloseTo(-there.range[1], 9);
            expect(back.range[1]).toBeCloseTo(-there.range[0], 9);
            expect(back.p).toBe(there.p);
            const flipped = { up: "down", down: "up" } as const;
            const { verdict } = there;
            expect(back.verdict).toBe(
              verdict === "up" || verdict === "down" ? flipped[verdict] : verdict,
            );
          },
        ),
      );
    });

    test("a period never differs from itself", () => {
      fc.assert(
        fc.property(answersTo(metric, { minLength: 30 }), (scores) => {
          const change = compare(metric, histogram(scores), histogram(scores));
          expect(change?.difference).toBe(0);
          expect(change?.verdict).toBe("no-clear-change");
        }),
      );
    });

    test("a better answer never lowers the score", () => {
      fc.assert(
        fc.property(answersTo(metric, { minLength: 1 }), fc.nat(), (scores, pick) => {
          const index = pick % scores.length;
          const better = scores.with(index, Math.min(metric.scale.max, (scores[index] ?? 0) + 1));
          const before = metric.score(histogram(scores)) ?? Number.NaN;
          expect(metric.score(histogram(better))).toBeGreaterThanOrEqual(before);
        }),
      );
    });
  },
);
