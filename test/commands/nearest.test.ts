import { expect, test } from "vitest";
import { nearest } from "../../src/commands/nearest.ts";

const words = ["today", "week", "last week", "month", "quarter"] as const;

test("a slip of the finger finds its word", () => {
  expect(nearest("wek", words)).toBe("week");
  expect(nearest("lastweek", words)).toBe("last week");
  expect(nearest("Mounth", words)).toBe("month");
  expect(nearest("quater", words)).toBe("quarter");
});

test("something else finds nothing", () => {
  expect(nearest("pizza", words)).toBeUndefined();
  expect(nearest("", words)).toBeUndefined();
  expect(nearest("week".repeat(10_000), words)).toBeUndefined();
});
