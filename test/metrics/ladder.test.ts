import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hideComplement } from "../../src/metrics/ladder.ts";

const sum = (ns: readonly number[]) => ns.reduce((all, n) => all + n, 0);
const where = (ns: readonly number[], flags: readonly boolean[], wanted: boolean) =>
  ns.filter((n, i) => n > 0 && flags[i] === wanted);

describe("cells beside a total", () => {
  test("are all shown when none is small", () => {
    expect(hideComplement([5, 30, 100])).toEqual([false, false, false]);
    expect(hideComplement([])).toEqual([]);
    expect(hideComplement([40])).toEqual([false]);
  });

  test("take the smallest other one with them when one alone is small", () => {
    expect(hideComplement([100, 3, 40, 60])).toEqual([false, true, true, false]);
    expect(hideComplement([31, 3])).toEqual([true, true]);
  });

  test("stay alone when enough of them are small", () => {
    expect(hideComplement([4, 3, 100])).toEqual([true, true, false]);
    expect(hideComplement([2, 2, 40, 90])).toEqual([true, true, true, false]);
  });

  test("have nothing to hide when they are empty, and hide nothing for others", () => {
    expect(hideComplement([0, 0, 50])).toEqual([false, false, false]);
    expect(hideComplement([0, 3, 50, 60])).toEqual([false, true, true, false]);
  });

  test("are not told by what is in none of them, nor is that by them", () => {
    expect(hideComplement([3, 50, 60], 133)).toEqual([true, false, false]);
    expect(hideComplement([50, 60], 113)).toEqual([true, false]);
    expect(hideComplement([50], 53)).toEqual([true]);
  });

  test("that overlap hide no more than what the others leave of the total", () => {
    // Two tags on the same four answers.
    expect(hideComplement([36, 4, 4], 40)).toEqual([true, true, true]);
    expect(hideComplement([30, 25, 4, 4], 40)).toEqual([false, false, true, true]);
  });

  const cells = fc.array(fc.oneof(fc.nat(6), fc.nat(200)), { maxLength: 12 });

  test("leave whoever subtracts with two cells and five answers at least, or with nothing", () => {
    fc.assert(
      fc.property(cells, fc.oneof(fc.constant(0), fc.nat(8)), (ns, elsewhere) => {
        const flags = hideComplement(ns, sum(ns) + elsewhere);
        const hidden = where(ns, flags, true);
        const shown = where(ns, flags, false);
        expect(shown.every((n) => n >= 5)).toBe(true);
        if (shown.length === 0) return; // nothing to subtract
        const left = sum(hidden) + elsewhere;
        expect(left === 0 || left >= 5).toBe(true);
        if (hidden.length > 0) {
          expect(hidden.length + (elsewhere > 0 ? 1 : 0)).toBeGreaterThanOrEqual(2);
        }
      }),
    );
  });

  test("hide no cell more than that takes", () => {
    fc.assert(
      fc.property(cells, (ns) => {
        const flags = hideComplement(ns);
        const small = ns.filter((n) => n > 0 && n < 5);
        const extra = where(ns, flags, true).filter((n) => n >= 5);
        const enough = small.length === 0 || (small.length > 1 && sum(small) >= 5);
        expect(extra.length).toBeLessThanOrEqual(enough ? 0 : 1);
      }),
    );
  });
});
