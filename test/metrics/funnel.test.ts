import { describe, expect, test } from "vitest";
import { outsideFunnel } from "../../src/metrics/funnel.ts";
import { metrics } from "../../src/metrics/registry.ts";
import { shiftOf } from "../../src/metrics/sigma.ts";
import { mulberry32 } from "../support/random.ts";
import { ofGroups } from "./support.ts";

describe("a funnel", () => {
  const usual = { hits: 180, n: 200 };

  test("is around the share of all the others, at each one's own number", () => {
    expect(outsideFunnel([usual, usual, { hits: 70, n: 100 }])).toEqual([
      undefined,
      undefined,
      "low",
    ]);
    // The same share of fewer chats is no wonder.
    expect(outsideFunnel([usual, usual, { hits: 25, n: 32 }])[2]).toBeUndefined();
    expect(
      outsideFunnel([
        { hits: 10, n: 200 },
        { hits: 30, n: 100 },
      ]),
    ).toEqual(["low", "high"]);
  });

  test("a unit that is most of everything is held against the others, not against itself", () => {
    const [big] = outsideFunnel([
      { hits: 500, n: 1000 },
      { hits: 95, n: 100 },
    ]);
    expect(big).toBe("low");
  });

  test("says nothing below 30, of a unit or of all the others", () => {
    expect(outsideFunnel([usual, { hits: 0, n: 29 }])[1]).toBeUndefined();
    expect(outsideFunnel([usual, { hits: 0, n: 30 }])[1]).toBe("low");
    expect(
      outsideFunnel([
        { hits: 0, n: 100 },
        { hits: 29, n: 29 },
      ])[0],
    ).toBeUndefined();
    expect(outsideFunnel([usual])).toEqual([undefined]);
    expect(outsideFunnel([])).toEqual([]);
  });

  test("one miss is no wonder where nobody else missed any", () => {
    expect(
      outsideFunnel([
        { hits: 59, n: 60 },
        { hits: 60, n: 60 },
      ])[0],
    ).toBeUndefined();
    expect(
      outsideFunnel([
        { hits: 45, n: 60 },
        { hits: 60, n: 60 },
      ])[0],
    ).toBe("low");
  });

  test("points at hardly anybody when all are alike", () => {
    const random = mulberry32(3);
    let out = 0;
    for (let i = 0; i < 200; i += 1) {
      const units = Array.from({ length: 10 }, () => {
        const n = 30 + Math.floor(random() * 200);
        const hits = Array.from({ length: n }, () => random()).filter((x) => x < 0.7).length;
        return { hits, n };
      });
      out += outsideFunnel(units).filter((side) => side !== undefined).length;
    }
    // 0.27 % of 2000 are 5; the others' share is not known for sure either.
    expect(out).toBeLessThan(20);
  });
});

describe("a change that is told by itself", () => {
  const { nps, csat } = metrics;

  test("is beyond three standard errors, of 30 answers and more", () => {
    const before = ofGroups(nps, 120, 60, 60);
    expect(shiftOf(nps, ofGroups(nps, 20, 20, 60), before)).toMatchObject({ direction: "down" });
    expect(shiftOf(nps, ofGroups(nps, 90, 5, 5), before)).toMatchObject({ direction: "up" });
    // Clear at 1.96, but not here.
    const somewhat = ofGroups(nps, 40, 25, 35);
    expect(nps.difference(somewhat, before)?.range[1]).toBeLessThan(0);
    expect(shiftOf(nps, somewhat, before)).toBeUndefined();
    expect(shiftOf(nps, ofGroups(nps, 0, 0, 29), before)).toBeUndefined();
    expect(shiftOf(nps, before, ofGroups(nps, 0, 0, 29))).toBeUndefined();
    const good = ofGroups(csat, 200, 10, 30);
    expect(shiftOf(csat, ofGroups(csat, 40, 20, 40), good)?.direction).toBe("down");
  });

  /** The share of years in which at least one week of 52 is told though nothing ever changed. */
  function falseAlarms(name: "nps" | "csat", told: "three sigma" | "1.96", years: number): number {
    const metric = metrics[name];
    const random = mulberry32(9);
    const week = () => {
      const high = { groups: [0, 0, 0] as [number, number, number] };
      for (let i = 0; i < 60; i += 1) {
        const drawn = random();
        high.groups[drawn < 0.6 ? 0 : drawn < 0.85 ? 1 : 2] += 1;
      }
      return ofGroups(metric, ...high.groups);
    };
    let alarmed = 0;
    for (let year = 0; year < years; year += 1) {
      const weeks = Array.from({ length: 56 }, week);
      const isTold = weeks.some((now, i) => {
        if (i < 4) return false;
        const four = weeks.slice(i - 4, i);
        const before = now.map((_, step) => four.reduce((sum, each) => sum + (each[step] ?? 0), 0));
        if (told === "three sigma") return shiftOf(metric, now, before) !== undefined;
        const range = metric.difference(now, before)?.range ?? [0, 0];
        return range[0] > 0 || range[1] < 0;
      });
      if (isTold) alarmed += 1;
    }
    return alarmed / years;
  }

  test("is a false alarm in about one of eight years, where 1.96 would be in nearly all", () => {
    for (const name of ["nps", "csat"] as const) {
      // 13 %, and three standard errors of 150 years.
      expect(falseAlarms(name, "three sigma", 150)).toBeLessThan(0.21);
      expect(falseAlarms(name, "1.96", 30)).toBeGreaterThan(0.7);
    }
  });
});
