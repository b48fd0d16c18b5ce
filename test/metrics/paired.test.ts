import { describe, expect, test } from "vitest";
import { csat } from "../../src/metrics/csat.ts";
import { nps } from "../../src/metrics/nps.ts";
import { pairedChange } from "../../src/metrics/paired.ts";

describe("people who answered both times", () => {
  test("are compared with themselves, by a paired t on differences of groups", () => {
    // 20 stay, 8 go from passive to promoter (+1), 4 from detractor to promoter (+2), 2 the other way.
    const change = pairedChange(nps, [
      { before: 9, now: 10, n: 20 },
      { before: 7, now: 9, n: 8 },
      { before: 6, now: 9, n: 4 },
      { before: 10, now: 0, n: 2 },
    ]);
    // Mean 12/34; sum of squares 8 + 16 + 8 − 34·mean²; t of 33 degrees of freedom 2.0345.
    const mean = 12 / 34;
    const half = 2.0345 * Math.sqrt((32 - 34 * mean ** 2) / 33 / 34);
    expect(change).toMatchObject({ n: 34, verdict: "up" });
    expect(change?.difference).toBeCloseTo(100 * mean, 10);
    expect(change?.range[0]).toBeCloseTo(100 * (mean - half), 2);
    expect(change?.range[1]).toBeCloseTo(100 * (mean + half), 2);
  });

  test("a change within a group is none", () => {
    const change = pairedChange(nps, [
      { before: 0, now: 6, n: 30 },
      { before: 7, now: 9, n: 10 },
    ]);
    expect(change).toMatchObject({ n: 40, difference: 25, verdict: "up" });
  });

  test("who all differ by the same have no range: one of no width would be too sure", () => {
    expect(pairedChange(nps, [{ before: 0, now: 6, n: 30 }])).toBeNull();
    expect(pairedChange(nps, [{ before: 0, now: 10, n: 30 }])).toBeNull();
  });

  test("of a percentage count 1 or 0", () => {
    const change = pairedChange(csat, [
      { before: 3, now: 1, n: 30 },
      { before: 5, now: 3, n: 10 },
    ]);
    expect(change).toMatchObject({ n: 40, difference: -25, verdict: "down" });
  });

  test("are not compared below 30 of them", () => {
    expect(pairedChange(nps, [{ before: 0, now: 10, n: 29 }])).toBeNull();
    expect(pairedChange(nps, [])).toBeNull();
  });
});
