import { describe, expect, test } from "vitest";
import type { BarsPicture, CutPicture, DriversPicture } from "../../src/charts/picture.ts";
import { MOST_ROWS } from "../../src/charts/picture.ts";
import type { Scene } from "../../src/charts/scene.ts";
import { colours, dotStyles, lineStyles } from "../../src/charts/theme.ts";
import { drivers, reasons, teams } from "./examples.ts";
import { boxOf, marksIn, sceneOf, textsIn, wordsIn } from "./scenes.ts";

const cut = (more: Partial<CutPicture> = {}) =>
  sceneOf({ kind: "cut", input: { ...teams, ...more } });
const correlations = (more: Partial<DriversPicture> = {}) =>
  sceneOf({ kind: "drivers", input: { ...drivers, ...more } });
const bars = (more: Partial<BarsPicture> = {}) =>
  sceneOf({ kind: "bars", input: { ...reasons, ...more } });

function row(label: string, score: number | null, n = 40): CutPicture["rows"][number] {
  const range = score === null ? null : ([score - 5, score + 5] as const);
  return { label, score, range, n, early: n < 30 };
}

/** How high on the picture some words stand. */
function heightOf(scene: Scene, words: string): number {
  return textsIn(scene).find(({ text }) => text === words)?.y ?? Number.NaN;
}

describe("a cut", () => {
  test("has name, score, n, a point and a range for each row, each on one line", () => {
    const scene = cut();
    expect(wordsIn(scene)).toEqual(expect.arrayContaining(["Billing", "91.2%", "204", "n"]));
    expect(marksIn(scene, "dot").map(({ y }) => y)).toContain(heightOf(scene, "Billing"));
    expect(heightOf(scene, "91.2%")).toBe(heightOf(scene, "Billing"));
    expect(marksIn(scene, "path", { thickness: 4 })).toHaveLength(4);
  });

  test("rows stand in the order given, higher scores farther right", () => {
    const scene = cut({ rows: [row("one", 40), row("two", 60), row("three", 50)] });
    expect(heightOf(scene, "one")).toBeLessThan(heightOf(scene, "two"));
    expect(heightOf(scene, "two")).toBeLessThan(heightOf(scene, "three"));
    const [one = 0, two = 0, three = 0] = marksIn(scene, "dot").map(({ x }) => x);
    expect(one).toBeLessThan(three);
    expect(three - one).toBeCloseTo(two - three);
  });

  test("early rows are hollow and stand below a divider, wherever they come in the list", () => {
    const scene = cut({ rows: [row("few", 90, 12), row("many", 40)] });
    const divider = heightOf(scene, teams.labels.early);
    expect(heightOf(scene, "many")).toBeLessThan(divider);
    expect(heightOf(scene, "few")).toBeGreaterThan(divider);
    const hollow = marksIn(scene, "dot", dotStyles.hollow);
    expect(hollow.map(({ y }) => y)).toEqual([heightOf(scene, "few")]);
    expect(wordsIn(cut({ rows: [row("many", 40)] }))).not.toContain(teams.labels.early);
  });

  test("a hidden row is not drawn, not even by name; without any other the picture says so", () => {
    expect(wordsIn(cut({ rows: [row("shown", 50), row("hidden", null, 3)] }))).not.toContain(
      "hidden",
    );
    expect(wordsIn(cut({ rows: [row("hidden", null, 3)] }))).toContain(teams.labels.noData);
  });

  test("the whole and the target are upright lines at their values", () => {
    const scene = cut({
      rows: [row("same", 70)],
      whole: { value: 70, label: "all 70%" },
      target: { value: 80, label: "target 80%" },
    });
    const [dot] = marksIn(scene, "dot");
    const upright = (style: object) =>
      marksIn(scene, "path", style)
        .map(boxOf)
        .filter(({ height }) => height > 0);
    expect(upright(lineStyles.whole).map(({ left }) => left)).toEqual([dot?.x]);
    expect(upright(lineStyles.target)[0]?.left).toBeGreaterThan(dot?.x ?? 0);
    expect(wordsIn(scene)).toEqual(expect.arrayContaining(["all 70%", "target 80%"]));
  });

  test("twenty rows are drawn and no more, low enough for a phone", () => {
    const many = Array.from({ length: 25 }, (_, i) => row(`team ${i}`, 50));
    const scene = cut({ rows: many });
    expect(marksIn(scene, "dot")).toHaveLength(MOST_ROWS);
    expect(scene.height / scene.width).toBeLessThan(1.7);
  });

  test("long names get a second line while there are few rows", () => {
    const name = "Onboarding and implementation";
    const of = (count: number) =>
      wordsIn(cut({ rows: Array.from({ length: count }, () => row(name, 50)) }));
    expect(of(3).join(" ")).toContain("Onboarding and implementation");
    expect(of(20).join(" ")).toContain("Onboarding and imple…");
  });
});

describe("drivers", () => {
  test("stand between −1 and +1 with a zero line, and say what both sides mean", () => {
    const scene = correlations();
    expect(wordsIn(scene)).toEqual(
      expect.arrayContaining(["−1", "0", "+1", "−0.42", "← lower score", "→ higher score"]),
    );
    const zero = marksIn(scene, "path", { stroke: colours.zero })[0];
    const sides = marksIn(scene, "dot").map(({ x }) =>
      Math.sign(x - (zero ? boxOf(zero).left : 0)),
    );
    expect(sides).toEqual([-1, -1, -1, 1]);
  });

  test("a row without a correlation is not drawn", () => {
    const rows = [{ label: "unknown", correlation: null, range: null, n: 4 }];
    expect(wordsIn(correlations({ rows: [...drivers.rows, ...rows] }))).not.toContain("unknown");
    expect(wordsIn(correlations({ rows }))).toContain(drivers.labels.noData);
  });
});

describe("bars", () => {
  const boxes = (scene: Scene) => marksIn(scene, "box", { stroke: colours.bandEdge });

  test("are as long as their values; too few answers are hollow", () => {
    const scene = bars({
      unit: "count",
      bars: [
        { label: "a", value: 10 },
        { label: "b", value: 5, early: true },
      ],
    });
    const [long, short] = boxes(scene);
    expect(long?.width).toBeCloseTo(2 * (short?.width ?? 0));
    expect(long?.fill).not.toBe(colours.card);
    expect(short?.fill).toBe(colours.card);
  });

  test("below zero they go to the left of it", () => {
    const scene = bars({
      unit: "points",
      bars: [
        { label: "a", value: 10 },
        { label: "b", value: -10 },
      ],
    });
    const [up, down] = boxes(scene);
    expect((down?.left ?? 0) + (down?.width ?? 0)).toBeCloseTo(up?.left ?? 0);
  });

  test("have no column of n where nobody counts, and a zero has no bar", () => {
    const scene = bars({ unit: "count", bars: [{ label: "a", value: 0 }] });
    expect(wordsIn(scene)).not.toContain("n");
    expect(boxes(scene)).toEqual([]);
  });

  test("the target is in the picture however far it is", () => {
    const scene = bars({
      unit: "rate",
      bars: [{ label: "chat", value: 4.6, range: [1, 9] }],
      target: { value: 900, label: "target 900" },
    });
    const upright = marksIn(scene, "path", lineStyles.target)
      .map(boxOf)
      .find(({ height }) => height > 0);
    const [bar] = boxes(scene);
    expect(upright?.left).toBeGreaterThan((bar?.left ?? 0) + 50 * (bar?.width ?? 0));
  });
});
