import { expect, test } from "vitest";
import { countText, scoreText, shortCountText } from "../../src/charts/numbers.ts";

test("points carry their sign with a real minus, zero has none, halves go away from zero", () => {
  const points = (score: number) => scoreText(score, "points", 50, "en");
  expect(points(30.77)).toBe("+31");
  expect(points(-18.5)).toBe("−19");
  expect(points(-0.4)).toBe("0");
});

test("percentages get a decimal from 200 answers on", () => {
  expect(scoreText(86.25, "percent", 199, "en")).toBe("86%");
  expect(scoreText(86.25, "percent", 200, "en")).toBe("86.3%");
  expect(scoreText(86, "percent", 200, "ru")).toBe("86,0\u00a0%");
});

test("large counts are printed in full in the row of n and shortened over the bars", () => {
  expect(countText(12_345, "en")).toBe("12,345");
  expect(shortCountText(9_999, "en")).toBe("9,999");
  expect(shortCountText(12_345, "en")).toBe("12K");
  expect(shortCountText(12_345, "zh-Hans")).toBe("1.2万");
  expect(shortCountText(12_345, "zh-Hant")).toBe("1.2萬");
});
