import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scaleFor } from "../../src/charts/scale.ts";

const units = fc.constantFrom("points" as const, "percent" as const);
const domainOf = { points: [-100, 100], percent: [0, 100] } as const;

describe("scaleFor", () => {
  test("every value is on the axis, the axis is inside the domain and has at most four steps", () => {
    fc.assert(
      fc.property(units, fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (unit, shares) => {
        const [lowest, highest] = domainOf[unit];
        const values = shares.map((share) => lowest + share * (highest - lowest));
        const { min, max, step } = scaleFor(values, unit, domainOf[unit]);
        for (const value of values) expect(value >= min && value <= max).toBe(true);
        expect(min).toBeGreaterThanOrEqual(lowest);
        expect(max).toBeLessThanOrEqual(highest);
        expect((max - min) / step).toBeLessThanOrEqual(4);
        expect(max - min).toBeGreaterThanOrEqual((highest - lowest) / 4);
        expect(Number.isInteger(min / step) && Number.isInteger(max / step)).toBe(true);
        if (unit === "points") expect(min <= 0 && max >= 0).toBe(true);
      }),
    );
  });

  test("scores above zero stand on zero", () => {
    expect(scaleFor([9, 31, 50], "points", [-100, 100])).toEqual({ min: 0, max: 60, step: 20 });
  });

  test("scores below zero hang from zero", () => {
    expect(scaleFor([-9, -5], "points", [-100, 100])).toEqual({ min: -60, max: 0, step: 20 });
  });

  test("a quiet percentage is not blown up", () => {
    expect(scaleFor([86, 88], "percent", [0, 100])).toEqual({ min: 70, max: 100, step: 10 });
  });

  test("nothing at all still makes an axis", () => {
    expect(scaleFor([], "percent", [0, 100])).toEqual({ min: 0, max: 30, step: 10 });
  });
});
