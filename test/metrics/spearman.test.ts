import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { benjaminiHochberg, driversOf } from "../../src/metrics/drivers.ts";
import { poissonFrom, seedOf } from "../../src/metrics/poisson-weights.ts";
import { spearman, spearmanRange } from "../../src/metrics/spearman.ts";
import { mulberry32 } from "../support/random.ts";

describe("Spearman's rank correlation", () => {
  test("is what textbooks print", () => {
    // Hours of television a week and a test's points: 1 − 6·194/990.
    const points = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110];
    const hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];
    expect(spearman(points, hours)).toBeCloseTo(-29 / 165, 12);
    expect(spearman([1, 2, 3], [10, 20, 1000])).toBe(1);
    expect(spearman([1, 2, 3], [3, 2, 1])).toBe(-1);
  });

  test("averages the ranks of ties", () => {
    // Ranks 1, 2.5, 2.5, 4 and 1, 3, 2, 4: 4.5 / √(4.5 · 5).
    expect(spearman([1, 2, 2, 3], [1, 3, 2, 4])).toBeCloseTo(4.5 / Math.sqrt(22.5), 12);
    // Ranks 1.5, 1.5, 3.5, 3.5 and 2, 2, 2, 4: 3 / √(4 · 3).
    expect(spearman([0, 0, 1, 1], [0, 0, 0, 1])).toBeCloseTo(2 / Math.sqrt(12), 12);
  });

  test("is none where nothing differs", () => {
    expect(spearman([1, 1, 1], [1, 2, 3])).toBeNull();
    expect(spearman([], [])).toBeNull();
    expect(spearmanRange([1, 1, 1], [1, 2, 3], 1)).toBeNull();
  });

  test("only knows the order, and turns round with it", () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.nat(10)), {
      minLength: 2,
      maxLength: 60,
    });
    fc.assert(
      fc.property(pairs, (given) => {
        const xs = given.map(([x]) => x);
        const ys = given.map(([, y]) => y);
        const found = spearman(xs, ys);
        const cubed = spearman(
          xs.map((x) => x ** 3),
          ys,
        );
        expect(cubed).toEqual(found);
        expect(spearman(ys, xs) ?? 0).toBeCloseTo(found ?? 0, 12);
        const turned = spearman(
          xs.map((x) => -x),
          ys,
        );
        expect(turned ?? 0).toBeCloseTo(-(found ?? 0), 12);
      }),
    );
  });

  test("has the same range each time, and holds the true one in about 95 of 100", () => {
    const random = mulberry32(7);
    let inside = 0;
    for (let sample = 0; sample < 60; sample += 1) {
      const n = 40;
      const xs = Array.from({ length: n }, () => random());
      // Independent of one another: the true correlation is 0.
      const ys = Array.from({ length: n }, () => Math.floor(random() * 11));
      const range = spearmanRange(xs, ys, seedOf(ys));
      if (sample === 0) expect(spearmanRange(xs, ys, seedOf(ys))).toEqual(range);
      if (range !== null && range[0] <= 0 && range[1] >= 0) inside += 1;
    }
    expect(inside).toBeGreaterThan(50);
    expect(inside).toBeLessThan(60);
  });

  test("is as wide as theory says where there is much", () => {
    const random = mulberry32(11);
    const xs = Array.from({ length: 3000 }, () => random() * 1e6);
    const ys = Array.from({ length: 3000 }, () => Math.floor(random() * 11));
    const [low, high] = spearmanRange(xs, ys, 1) ?? [0, 0];
    expect(high - low).toBeGreaterThan((0.9 * 2 * 1.96) / Math.sqrt(3000));
    expect(high - low).toBeLessThan((1.1 * 2 * 1.96) / Math.sqrt(3000));
  });
});

test("numbers drawn have the mean and the spread of Poisson's", () => {
  for (const mean of [1, 7, 40]) {
    const draw = poissonFrom(3);
    const drawn = Array.from({ length: 4000 }, () => draw(mean));
    const average = drawn.reduce((sum, each) => sum + each, 0) / drawn.length;
    const variance = drawn.reduce((sum, each) => sum + (each - average) ** 2, 0) / drawn.length;
    expect(Math.abs(average - mean)).toBeLessThan(4 * Math.sqrt(mean / drawn.length));
    expect(variance / mean).toBeGreaterThan(0.9);
    expect(variance / mean).toBeLessThan(1.1);
  }
});

describe("what goes together with a score", () => {
  const random = mulberry32(5);
  const scores = Array.from({ length: 400 }, () => Math.floor(random() * 11));

  test("is marked only when it stays after the correction for how many were looked at", () => {
    const slow = {
      name: "slow",
      either: false,
      values: scores.map((score) => 100 - 3 * score + 40 * random()),
    };
    const noise = Array.from({ length: 20 }, (_, i) => ({
      name: `noise ${i}`,
      either: true,
      values: scores.map(() => (random() < 0.3 ? 1 : 0)),
    }));
    const { drivers } = driversOf(scores, [...noise, slow]);
    expect(drivers).toHaveLength(21);
    expect(drivers[0]).toMatchObject({ name: "slow", n: 400, beyondChance: true });
    expect(drivers[0]?.correlation).toBeLessThan(-0.5);
    expect(drivers.slice(1).filter(({ beyondChance }) => beyondChance)).toEqual([]);
  });

  test("needs 30 answers, and 30 on each side of what is there or not", () => {
    const first = (n: number) => scores.map((_, i) => (i < n ? 1 : 0));
    const known = (n: number) => scores.map((score, i) => (i < n ? score + i : null));
    const { drivers, unknown } = driversOf(scores, [
      { name: "tag of 29", either: true, values: first(29) },
      { name: "tag of 30", either: true, values: first(30) },
      { name: "tag of all but 29", either: true, values: first(371) },
      { name: "known of 29", either: false, values: known(29) },
      { name: "known of 30", either: false, values: known(30) },
      { name: "the same of all", either: false, values: scores.map(() => 4) },
    ]);
    expect(drivers.map(({ name, n }) => [name, n]).toSorted()).toEqual([
      ["known of 30", 30],
      ["tag of 30", 400],
    ]);
    expect(unknown).toEqual(["tag of 29", "tag of all but 29", "known of 29", "the same of all"]);
  });

  test("the correction is Benjamini and Hochberg's", () => {
    // Their own example: four of fifteen stay.
    const ps = [
      ...[0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324],
      ...[0.4262, 0.5719, 0.6528, 0.759, 1.0],
    ];
    expect(benjaminiHochberg(ps.toReversed())).toBe(0.0095);
    expect(benjaminiHochberg([0.2, 0.6])).toBe(-1);
    expect(benjaminiHochberg([])).toBe(-1);
  });
});
