import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CutRow } from "../../src/metrics/cut.ts";
import { cutTable, foldTable } from "../../src/metrics/cut-table.ts";
import { answersIn } from "../../src/metrics/histogram.ts";
import type { Histogram } from "../../src/metrics/metric.ts";
import { nps } from "../../src/metrics/nps.ts";
import { parsePeriod } from "../../src/metrics/period-text.ts";
import type { Facts } from "../../src/metrics/summary.ts";
import { ofGroups } from "./support.ts";

const parsed = parsePeriod("week", { now: new Date("2026-02-11T10:00:00Z"), timeZone: "UTC" });
if (!parsed.ok) throw new Error(parsed.problem);
const { period } = parsed;
const asking = { asked: 0, reached: 0, answered: 0, closedReached: 0, closedAnswered: 0, open: 0 };

const factsOf = (histogram: Histogram, epoch = 0): Facts => ({
  ...{ period, histogram, asking, epoch, otherWording: 0 },
});
const rowOf = (label: string, ...histograms: Histogram[]): CutRow => ({
  value: label,
  label,
  facts: histograms.map((histogram) => factsOf(histogram)),
  answers: histograms.map(answersIn),
});
const wholeOf = (rows: readonly CutRow[]): Facts =>
  factsOf(
    rows.reduce<Histogram>(
      (all, { facts }) => all.map((n, i) => n + (facts.at(-1)?.histogram[i] ?? 0)),
      ofGroups(nps, 0, 0, 0),
    ),
  );
const byLabel = (a: string, b: string) => (a < b ? -1 : 1);
const tableOf = (rows: readonly CutRow[], before: Facts | null = null, now = wholeOf(rows)) =>
  cutTable(nps, { by: "team", rows }, { now, before }, byLabel);
const labels = (lines: readonly { readonly label: string }[]) => lines.map(({ label }) => label);

describe("the rows of a cut", () => {
  test("are ranked from 30 answers on, the others in the order of the alphabet below them", () => {
    const table = tableOf([
      rowOf("Cool", ofGroups(nps, 5, 0, 24)),
      rowOf("Poor", ofGroups(nps, 10, 10, 20)),
      rowOf("Best", ofGroups(nps, 30, 0, 0)),
      rowOf("Able", ofGroups(nps, 29, 0, 0)),
      rowOf("None", ofGroups(nps, 0, 0, 0)),
    ]);
    expect(labels(table.ranked)).toEqual(["Best", "Poor"]);
    expect(labels(table.early)).toEqual(["Able", "Cool"]);
    expect(table.hidden).toEqual([]);
  });

  test("below five answers are hidden, with one more that would tell them", () => {
    const table = tableOf([
      rowOf("Few", ofGroups(nps, 1, 1, 1)),
      rowOf("Some", ofGroups(nps, 3, 2, 4)),
      rowOf("Many", ofGroups(nps, 30, 20, 10)),
    ]);
    expect(labels(table.ranked)).toEqual(["Many"]);
    expect(table.early).toEqual([]);
    expect(table.hidden).toEqual([
      { value: "Few", label: "Few" },
      { value: "Some", label: "Some" },
    ]);
  });

  test("are held against all other answers, and only from 30 on both sides", () => {
    const [good, poor] = tableOf([
      rowOf("Good", ofGroups(nps, 80, 10, 10)),
      rowOf("Poor", ofGroups(nps, 30, 30, 40)),
    ]).ranked;
    expect(good?.others).toMatchObject({ difference: 80, verdict: "up" });
    expect(poor?.others).toMatchObject({ difference: -80, verdict: "down" });
    const small = tableOf([
      rowOf("Large", ofGroups(nps, 80, 10, 10)),
      rowOf("Small", ofGroups(nps, 2, 3, 20)),
    ]);
    expect([small.ranked[0]?.others?.verdict, small.early[0]?.others?.verdict]).toEqual([
      "too-few",
      "too-few",
    ]);
    expect(tableOf([rowOf("Only", ofGroups(nps, 80, 10, 10))]).ranked[0]?.others).toBeNull();
  });

  test("shared by several count whole on the ladder and by their shares in ranges", () => {
    const half = ofGroups(nps, 12, 3, 1).map((n) => n / 2);
    const row = { ...rowOf("Ada", half), answers: [16] };
    const [line] = tableOf([row], null, factsOf(ofGroups(nps, 60, 20, 20))).early;
    expect(line).toMatchObject({ n: 16, weight: 8, early: true });
    expect(line?.range).toEqual(nps.range(half));
  });

  test("are compared with the period before only where that could be shown then", () => {
    const rows = [
      rowOf("A", ofGroups(nps, 3, 0, 0), ofGroups(nps, 40, 10, 10)),
      rowOf("B", ofGroups(nps, 20, 20, 20), ofGroups(nps, 40, 10, 10)),
      rowOf("C", ofGroups(nps, 5, 30, 40), ofGroups(nps, 40, 10, 10)),
    ];
    const before = factsOf(ofGroups(nps, 28, 50, 60));
    const { ranked } = tableOf(rows, before);
    const change = (label: string) => ranked.find((line) => line.label === label)?.change;
    expect(change("A")).toBeNull();
    expect(change("B")).toBeNull(); // with A it would tell A
    expect(change("C")?.verdict).toBe("up");
    const other = rows.map((row) => ({
      ...row,
      facts: row.facts.map((facts, i) => ({ ...facts, epoch: i })),
    }));
    expect(tableOf(other, before).ranked.map(({ change }) => change)).toEqual([null, null, null]);
  });

  test("that are too many are folded, those that clearly differ last", () => {
    const rows = Array.from({ length: 30 }, (_, i) =>
      rowOf(`Team ${i}`, ofGroups(nps, 50 + i, 20, 20)),
    );
    const odd = rowOf("Odd", ofGroups(nps, 0, 0, 30));
    const folded = foldTable(tableOf([...rows, odd]), 12);
    expect(folded.ranked).toHaveLength(12);
    expect(labels(folded.ranked).at(-1)).toBe("Odd");
    expect(folded.folded.rows).toBe(19);
    const shown = folded.ranked.reduce((sum, { n }) => sum + n, 0);
    expect(shown + folded.folded.answers).toBe(answersIn(wholeOf([...rows, odd]).histogram));
  });

  const histogram = fc.array(fc.nat(9), { minLength: 11, maxLength: 11 });

  test("never let a hidden one be had by subtraction", () => {
    fc.assert(
      fc.property(fc.array(histogram, { maxLength: 8 }), (given) => {
        const rows = given.map((each, i) => rowOf(String(i), each));
        const { ranked, early, hidden } = tableOf(rows);
        const shown = [...ranked, ...early];
        if (shown.length === 0) return;
        const all = rows.reduce((sum, { answers }) => sum + (answers[0] ?? 0), 0);
        const left = all - shown.reduce((sum, { n }) => sum + n, 0);
        expect(left === 0 || (left >= 5 && hidden.length >= 2)).toBe(true);
        for (const { n, others } of shown) if (others) expect(all - n).toBeGreaterThanOrEqual(5);
      }),
    );
  });
});
