import { describe, expect, test } from "vitest";
import { colours, groupColours } from "../../src/charts/theme.ts";

/** Relative luminance of a colour such as `#0b5cab`: WCAG 2.2, from 0 for black to 1 for white. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio of two colours: WCAG 2.2, from 1 to 21. */
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

describe("colours", () => {
  test("words are readable on the card", () => {
    for (const colour of [colours.text, colours.quiet, colours.accent]) {
      expect(contrast(colour, colours.card)).toBeGreaterThanOrEqual(4.5);
    }
  });

  test("bars and the line stand out from the card and from the band", () => {
    for (const { edge } of Object.values(groupColours)) {
      expect(contrast(edge, colours.card)).toBeGreaterThanOrEqual(3);
    }
    expect(contrast(colours.accent, colours.band)).toBeGreaterThanOrEqual(3);
  });

  test("the groups differ in lightness, so that they are told apart without colour", () => {
    const { low, middle, high } = groupColours;
    for (const [one, other] of [
      [low, middle],
      [low, high],
      [middle, high],
    ] as const) {
      expect(contrast(one.fill, other.fill)).toBeGreaterThanOrEqual(1.8);
    }
  });
});
