import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FirstReplyPicture } from "../../src/charts/picture.ts";
import { colours, lineStyles } from "../../src/charts/theme.ts";
import { timeAcross } from "../../src/charts/time-axis.ts";
import { replies } from "./examples.ts";
import { boxOf, marksIn, sceneOf, textsIn, wordsIn } from "./scenes.ts";

const scene = (more: Partial<FirstReplyPicture> = {}) =>
  sceneOf({ kind: "first-reply", input: { ...replies, ...more } });

const [first, second] = replies.curves;
const onlyFirst = first === undefined ? [] : [first];

describe("the steps", () => {
  test("go only to the right and down, from all who wait to those who still do", () => {
    const [curve, ...others] = marksIn(scene({ curves: onlyFirst }), "path", {
      stroke: colours.accent,
      thickness: 2.25,
    }).filter((mark) => boxOf(mark).height > 0);
    expect(others).toEqual([]);
    const points = curve?.points ?? [];
    expect(points.length).toBe(2 * (first?.steps.length ?? 0) + 2);
    points.slice(1).forEach(([x, y], i) => {
      const [before = 0, above = 0] = points[i] ?? [];
      expect(x === before || y === above).toBe(true);
      expect(x).toBeGreaterThanOrEqual(before);
      expect(y).toBeGreaterThanOrEqual(above);
    });
  });

  test("two clocks are told apart by their dashes and their words", () => {
    const curves = marksIn(scene(), "path", { thickness: 2.25 }).filter(
      (mark) => boxOf(mark).height > 0,
    );
    expect(curves.map(({ dash }) => dash === undefined).toSorted()).toEqual([false, true]);
    expect(wordsIn(scene())).toEqual(expect.arrayContaining([first?.label, second?.label]));
  });

  test("a clock that counted nothing is left out; without any the picture says so", () => {
    const never = { label: "Business hours", steps: [], until: 0 };
    expect(wordsIn(scene({ curves: [...onlyFirst, never] }))).not.toContain(second?.label);
    expect(wordsIn(scene({ curves: [never] }))).toContain(replies.labels.noData);
  });
});

describe("what stands beside them", () => {
  test("median and p90 are points with words at their times, and left out where unknown", () => {
    const known = scene({ curves: onlyFirst });
    expect(wordsIn(known)).toEqual(
      expect.arrayContaining(["median 22 min", "90% within 1 h 48 min"]),
    );
    expect(marksIn(known, "dot")).toHaveLength(2); // on the curve and in the legend
    const bare =
      first === undefined ? [] : [{ label: "x", steps: first.steps, until: first.until }];
    expect(marksIn(scene({ curves: bare }), "dot")).toEqual([]);
  });

  test("the promised time is an upright line between shorter and longer times", () => {
    const at = scene({ curves: onlyFirst, promised: { seconds: 1320, label: "promised 22 min" } });
    const upright = marksIn(at, "path", lineStyles.target)
      .map(boxOf)
      .find(({ height }) => height > 0);
    const median = marksIn(at, "dot").at(-1);
    expect(upright?.left).toBeCloseTo(median?.x ?? 0);
  });

  test("the axis names minutes, hours and days", () => {
    const days = { label: "x", steps: [{ seconds: 600, waiting: 0.4 }], until: 40 * 86_400 };
    const words = wordsIn(scene({ curves: [days] }));
    expect(words).toEqual(expect.arrayContaining(["0", "15 min", "1 hr", "1 day", "30 days"]));
    const labels = textsIn(scene({ curves: [days], language: "ru" })).map(({ text }) => text);
    expect(labels).toEqual(expect.arrayContaining(["1 ч", "1 дн."]));
  });
});

test("a longer time is never farther left, and none leaves the axis", () => {
  const box = { left: 60, top: 0, width: 350, height: 100 };
  const seconds = fc.nat(100_000_000);
  fc.assert(
    fc.property(seconds, seconds, seconds, (longest, one, other) => {
      const x = timeAcross(longest, box);
      expect(x(Math.min(one, other))).toBeLessThanOrEqual(x(Math.max(one, other)));
      expect(x(0)).toBe(60);
      expect(x(one)).toBeLessThanOrEqual(410);
    }),
  );
});
