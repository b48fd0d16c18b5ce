import { describe, expect, test } from "vitest";
import type { SummaryPicture } from "../../src/charts/picture.ts";
import { colours, dotStyles, groupColours, lineStyles } from "../../src/charts/theme.ts";
import { point, week } from "./examples.ts";
import { boxOf, marksIn, sceneOf, textsIn, wordsIn } from "./scenes.ts";

const scene = (more: Partial<SummaryPicture> = {}) =>
  sceneOf({ kind: "summary", input: { ...week, ...more } });
const lines = (of: ReturnType<typeof scene>) =>
  marksIn(of, "path", { stroke: colours.accent, thickness: 2.25 });
const bands = (of: ReturnType<typeof scene>) => marksIn(of, "path", { fill: colours.band });
const dots = (of: ReturnType<typeof scene>) => marksIn(of, "dot");

/** The twelve weeks with something else in some of them. */
function weeksWith(changes: Readonly<Record<number, Parameters<typeof point>>>) {
  return week.trend.map((each, i) => {
    const changed = changes[i];
    return changed === undefined ? each : point(...changed);
  });
}

describe("the distribution", () => {
  test("has a bar for each score that was given, as high as its count, in the colour of its group", () => {
    const bars = Object.values(groupColours).flatMap(({ fill }) =>
      marksIn(scene(), "box", { fill }),
    );
    expect(bars).toHaveLength(10); // nobody gave a 1
    const tallest = Math.max(...bars.map(({ height }) => height));
    const tens = marksIn(scene(), "box", { fill: groupColours.high.fill }).at(-1);
    expect(tens?.height).toBe(tallest);
    expect(bars[0]?.height).toBeGreaterThan(0);
  });

  test("prints the count over each bar, also a zero, and shortens what has no room", () => {
    const counts = (count: number) =>
      wordsIn(
        scene({
          distribution: [
            { label: "9", count, group: "high" },
            { label: "10", count: 1, group: "high" },
          ],
        }),
      );
    expect(counts(0)).toContain("0");
    expect(counts(4_999)).toContain("4,999");
    expect(counts(1_234_567)).toContain("1.2M");
  });
});

describe("the trend", () => {
  test("is one line and one band through all periods that have a score", () => {
    expect(lines(scene()).map(({ points }) => points.length)).toEqual([12]);
    expect(bands(scene())).toHaveLength(1);
    expect(dots(scene())).toHaveLength(12);
  });

  test("a period without a score interrupts line and band", () => {
    const gap = scene({ trend: weeksWith({ 4: [null, { n: 3 }] }) });
    expect(lines(gap).map(({ points }) => points.length)).toEqual([4, 7]);
    expect(bands(gap)).toHaveLength(2);
  });

  test("a lone score between gaps is seen with its range", () => {
    const lone = scene({ trend: week.trend.map((_, i) => point(i === 4 ? 30 : null)) });
    expect(dots(lone)).toHaveLength(1);
    expect(bands(lone).map((band) => boxOf(band).width > 5)).toEqual([true]);
  });

  test("the band is as high as the range", () => {
    const heights = [10, 20, 40].map((half) => {
      const trend = [point(0, { range: [-half, half] }), point(90), point(-90)];
      const [band] = bands(scene({ trend: trend.map((each) => ({ ...each, breakBefore: "" })) }));
      return band === undefined ? 0 : boxOf(band).height;
    });
    expect(heights[1]).toBeCloseTo(2 * (heights[0] ?? 0));
    expect(heights[2]).toBeCloseTo(4 * (heights[0] ?? 0));
  });

  test("points of different series are never joined, also with a gap between them", () => {
    const broken = scene({
      trend: weeksWith({
        3: [21, { breakBefore: "new wording" }],
        8: [null, { breakBefore: "new scale" }],
      }),
    });
    expect(lines(broken).map(({ points }) => points.length)).toEqual([3, 5, 3]);
    expect(bands(broken)).toHaveLength(3);
    expect(wordsIn(broken)).toEqual(expect.arrayContaining(["new wording", "new scale"]));
  });

  test("a break is an upright line between the two periods, and none before the first", () => {
    const upright = (more: Parameters<typeof point>[1], at: number) =>
      marksIn(scene({ trend: weeksWith({ [at]: [20, more] }) }), "path", { stroke: colours.quiet });
    const [mark, ...others] = upright({ breakBefore: "new wording" }, 6);
    expect(others).toEqual([]);
    const [before, after] = dots(scene())
      .slice(5, 7)
      .map(({ x }) => x);
    const box = mark && boxOf(mark);
    expect(box?.width).toBe(0);
    expect(box?.left).toBeCloseTo(((before ?? 0) + (after ?? 0)) / 2);
    expect(upright({ breakBefore: "new wording" }, 0)).toEqual([]);
  });

  test("the point of a running period is hollow, the others are filled", () => {
    const running = scene({ trend: weeksWith({ 11: [31, { running: true }] }) });
    expect(marksIn(running, "dot", dotStyles.hollow)).toHaveLength(1);
    expect(marksIn(running, "dot", dotStyles.filled)).toHaveLength(11);
  });

  test("target and compared period are lines of their own at their values, with their words", () => {
    const held = scene({
      target: { value: 60, label: "target +60" },
      versus: { value: -30, label: "same week last year −30" },
    });
    expect(wordsIn(held)).toEqual(
      expect.arrayContaining(["target +60", "same week last year −30"]),
    );
    const lowest = (style: object) =>
      Math.max(...marksIn(held, "path", style).map((mark) => boxOf(mark).top));
    const ys = dots(held).map(({ y }) => y);
    expect(lowest(lineStyles.target)).toBeLessThan(Math.min(...ys));
    expect(lowest(lineStyles.versus)).toBeGreaterThan(Math.max(...ys));
    expect(marksIn(scene(), "path", lineStyles.target)).toEqual([]);
  });

  test("points have a zero line, percentages have none", () => {
    const zero = (more: Partial<SummaryPicture>) =>
      marksIn(scene(more), "path", { stroke: colours.zero }).length;
    const trend = week.trend.map(() => point(50));
    expect(zero({ trend })).toBe(zero({ unit: "percent", domain: [0, 100], trend }) + 1);
  });

  test("the newest score is printed", () => {
    expect(wordsIn(scene()).filter((text) => text === "+31")).toHaveLength(1);
  });
});

describe("an empty summary", () => {
  const nobody = week.distribution.map((bar) => ({ ...bar, count: 0 }));
  const never = week.trend.map(() => point(null, { n: 0 }));

  test("says that there is no data in place of each chart", () => {
    const empty = scene({ distribution: nobody, trend: never });
    expect(wordsIn(empty).filter((text) => text === week.labels.noData)).toHaveLength(2);
    expect(empty.height).toBeLessThan(scene().height);
    expect(wordsIn(scene({ distribution: [], trend: [] }))).toContain(week.labels.noData);
  });

  test("one empty chart leaves the other as it is", () => {
    expect(lines(scene({ distribution: nobody }))).toHaveLength(1);
    expect(marksIn(scene({ trend: never }), "box", { fill: groupColours.high.fill })).toHaveLength(
      2,
    );
  });
});

describe("words", () => {
  test("N2 a name is drawn literally: its markup is ink, not structure", () => {
    expect(wordsIn(scene({ title: "<b>A & B</b>" }))).toContain("<b>A & B</b>");
  });

  test("N1 what no font draws is left out, what is too long is cut", () => {
    const [title = ""] = wordsIn(scene({ title: `Acme 🎉 ${"x".repeat(40_000)}` }));
    expect(title).toMatch(/^Acme x+…$/);
    const [only] = textsIn(scene({ title: "\u202Eevil\u202C" }));
    expect(only?.text).toBe("evil");
  });
});
