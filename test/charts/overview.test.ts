import { expect, test } from "vitest";
import type { OverviewPicture } from "../../src/charts/picture.ts";
import { colours, dotStyles, lineStyles } from "../../src/charts/theme.ts";
import { overview } from "./examples.ts";
import { boxOf, marksIn, sceneOf, textsIn, wordsIn } from "./scenes.ts";

type Row = OverviewPicture["rows"][number];
const [nps, csat] = overview.rows;
const scene = (rows: readonly (Row | undefined)[] = overview.rows) =>
  sceneOf({ kind: "overview", input: { ...overview, rows: rows.flatMap((row) => row ?? []) } });

test("each metric says its name, score, range, change and target", () => {
  for (const { name, score, range, change, target } of overview.rows) {
    const said = [name, score, range, change, target?.label ?? ""].filter((text) => text !== "");
    expect(wordsIn(scene())).toEqual(expect.arrayContaining(said));
  }
});

test("each has its trend with its band; a new series is not joined with the one before", () => {
  const lines = (row: Row | undefined) =>
    marksIn(scene([row]), "path", { stroke: colours.accent, thickness: 2.25 });
  expect(lines(nps).map(({ points }) => points.length)).toEqual([12]);
  expect(lines(csat).map(({ points }) => points.length)).toEqual([4, 4]);
  expect(marksIn(scene([nps]), "path", { fill: colours.band })).toHaveLength(1);
});

test("only the newest point is drawn, hollow while its period runs", () => {
  expect(marksIn(scene([nps]), "dot")).toHaveLength(1);
  expect(marksIn(scene([nps]), "dot", dotStyles.hollow)).toHaveLength(1);
});

test("the target is a dashed line through its trend, and a metric without a target has none", () => {
  const dashed = (row: Row | undefined) =>
    marksIn(scene([row]), "path", lineStyles.target).map(boxOf);
  expect(dashed(nps)).toHaveLength(2); // in the trend and before its words
  expect(dashed(overview.rows[2])).toEqual([]);
});

test("without a trend the words have the whole card", () => {
  const change = "No clear change, and some two hundred more answers are needed";
  const linesFor = (row: Row | undefined) =>
    textsIn(scene([row && { ...row, change }])).filter(({ text }) => change.includes(text));
  expect(linesFor(nps)).toHaveLength(2);
  expect(linesFor(nps && { ...nps, trend: [] })).toHaveLength(1);
});

test("without any metric it says so", () => {
  expect(wordsIn(scene([]))).toContain(overview.labels.noData);
});
