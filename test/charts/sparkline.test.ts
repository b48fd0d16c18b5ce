import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sparkline } from "../../src/charts/sparkline.ts";

const points = [-100, 100] as const;
const percent = [0, 100] as const;

describe("sparkline", () => {
  test("a rising score rises from zero", () => {
    expect(sparkline([0, 10, 20, 30, 40, 59, 60], "points", points)).toEqual({
      line: "▁▂▃▅▆██",
      periods: 7,
    });
  });

  test("scores below zero hang from it", () => {
    expect(sparkline([-60, -30, -5], "points", points)?.line).toBe("▁▅█");
  });

  test("a period without a score is a gap; gaps before the first score are left out", () => {
    expect(sparkline([null, null, 80, null, 90, null], "percent", percent)).toEqual({
      line: "▃·▆·",
      periods: 4,
    });
  });

  test("noise stays flat: a few points are no mountain", () => {
    expect(sparkline([86, 88, 87, 86], "percent", percent)?.line).toBe("▅▅▅▅");
  });

  test("one score is no trend", () => {
    expect(sparkline([null, 50], "points", points)).toBeUndefined();
    expect(sparkline([], "points", points)).toBeUndefined();
  });

  test("a higher score is never drawn lower, and every period is one character", () => {
    const score = fc.option(fc.integer({ min: -100, max: 100 }));
    fc.assert(
      fc.property(fc.array(score, { maxLength: 12 }), (scores) => {
        const drawn = sparkline(scores, "points", points);
        const known = scores.filter((each) => each !== null);
        expect(drawn === undefined).toBe(known.length < 2);
        if (drawn === undefined) return;
        const shown = scores.slice(scores.findIndex((each) => each !== null));
        expect(Array.from(drawn.line)).toHaveLength(shown.length);
        expect(drawn.periods).toBe(shown.length);
        const heights = Array.from(drawn.line, (each) => each.codePointAt(0) ?? 0);
        shown.forEach((one, i) => {
          shown.forEach((other, j) => {
            if (one === null || other === null || one > other) return;
            expect(heights[i]).toBeLessThanOrEqual(heights[j] ?? 0);
          });
        });
      }),
    );
  });
});
