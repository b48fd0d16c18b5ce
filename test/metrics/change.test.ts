import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answersNeeded } from "../../src/metrics/answers-needed.ts";
import { compare } from "../../src/metrics/change.ts";
import { csat } from "../../src/metrics/csat.ts";
import { isComparable, isEarly, isShown } from "../../src/metrics/ladder.ts";
import { nps } from "../../src/metrics/nps.ts";
import { ofGroups } from "./support.ts";

describe("the display ladder", () => {
  test("hides below 5, is early below 30, compares from 30", () => {
    const steps = [0, 4, 5, 29, 30, 100].map((n) => [isShown(n), isEarly(n), isComparable(n)]);
    expect(steps).toEqual([
      [false, false, false],
      [false, false, false],
      [true, true, false],
      [true, true, false],
      [true, false, true],
      [true, false, true],
    ]);
  });
});

describe("a verdict", () => {
  test("is no clear change for 26/16/10 against 22/13/12", () => {
    const change = compare(nps, ofGroups(nps, 26, 16, 10), ofGroups(nps, 22, 13, 12));
    expect(change?.verdict).toBe("no-clear-change");
    expect(change?.difference).toBeCloseTo(9.49, 2);
  });

  test("is up or down when the range of the difference leaves zero out", () => {
    const good = ofGroups(nps, 60, 20, 20);
    const bad = ofGroups(nps, 30, 20, 50);
    expect(compare(nps, good, bad)?.verdict).toBe("up");
    expect(compare(nps, bad, good)?.verdict).toBe("down");
    expect(compare(csat, ofGroups(csat, 90, 5, 5), ofGroups(csat, 60, 20, 20))).toMatchObject({
      verdict: "up",
      difference: 30,
      p: null,
    });
  });

  test("is too few when either period has fewer than 30 answers, however far they are apart", () => {
    expect(compare(nps, ofGroups(nps, 29, 0, 0), ofGroups(nps, 0, 0, 500))?.verdict).toBe(
      "too-few",
    );
    expect(compare(nps, ofGroups(nps, 500, 0, 0), ofGroups(nps, 0, 0, 29))?.verdict).toBe(
      "too-few",
    );
    expect(compare(nps, ofGroups(nps, 30, 0, 0), ofGroups(nps, 0, 0, 30))?.verdict).toBe("up");
  });

  test("is not given when there is nothing to compare", () => {
    expect(compare(nps, ofGroups(nps, 9, 0, 0), ofGroups(nps, 0, 0, 0))).toBeNull();
    expect(compare(nps, ofGroups(nps, 0, 0, 0), ofGroups(nps, 9, 0, 0))).toBeNull();
  });

  // A rule of "the ranges overlap, so nothing changed" would miss this one.
  test("can be clear although the two ranges overlap", () => {
    const before = ofGroups(nps, 50, 30, 20);
    const now = ofGroups(nps, 37, 30, 33);
    expect(nps.range(now)?.[1]).toBeGreaterThan(nps.range(before)?.[0] ?? 0);
    expect(compare(nps, now, before)?.verdict).toBe("down");
  });
});

describe("the answers that a verdict needs", () => {
  test("are the smallest number that makes the difference clear", () => {
    fc.assert(
      fc.property(
        fc.tuple(fc.nat(60), fc.nat(60), fc.nat(60)),
        fc.tuple(fc.nat(60), fc.nat(60), fc.nat(60)),
        (a, b) => {
          const now = ofGroups(nps, ...a);
          const before = ofGroups(nps, ...b);
          const n = a[0] + a[1] + a[2];
          const each = answersNeeded(nps, now, before)?.each ?? null;
          fc.pre(each !== null && each > 30);
          const nBefore = b[0] + b[1] + b[2];
          const clearAt = (size: number) => {
            const [low, high] = nps.difference(
              now.map((count) => count * (size / n)),
              before.map((count) => count * (size / nBefore)),
            )?.range ?? [0, 0];
            return low > 0 || high < 0;
          };
          expect(clearAt(each ?? 0)).toBe(true);
          expect(clearAt((each ?? 0) - 1)).toBe(false);
        },
      ),
    );
  });

  test("are none when the verdict is there already", () => {
    const needed = answersNeeded(nps, ofGroups(nps, 60, 20, 20), ofGroups(nps, 30, 20, 50));
    expect(needed?.more).toBe(0);
  });

  test("cannot be named for the present period alone when the one before has too few", () => {
    const needed = answersNeeded(nps, ofGroups(nps, 60, 20, 20), ofGroups(nps, 1, 1, 5));
    expect(needed?.more).toBeNull();
    expect(needed?.each).toBeGreaterThanOrEqual(30);
  });

  test("are not named when the two are equally good, or when one is empty", () => {
    const same = answersNeeded(nps, ofGroups(nps, 50, 20, 30), ofGroups(nps, 25, 10, 15));
    expect(same).toEqual({ more: null, each: null });
    expect(answersNeeded(nps, ofGroups(nps, 0, 0, 0), ofGroups(nps, 1, 1, 1))).toBeNull();
  });
});
