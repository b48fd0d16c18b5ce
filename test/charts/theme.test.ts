import { describe, expect, test } from "vitest";
import { colours, groupColours, looks } from "../../src/charts/theme.ts";
import { contrast, distance } from "./colours.ts";

const groups = Object.values(groupColours);

/** Colours that mean different things in one picture. */
const told: readonly (readonly [string, string])[] = [
  [groupColours.low.fill, groupColours.middle.fill],
  [groupColours.low.fill, groupColours.high.fill],
  [groupColours.middle.fill, groupColours.high.fill],
  [colours.accent, colours.second],
  [colours.accent, colours.text],
  [colours.second, colours.text],
  [colours.bandEdge, colours.text],
];

describe("colours", () => {
  test("words are readable on the card, and large enough for a phone", () => {
    for (const { colour, size } of Object.values(looks)) {
      expect(contrast(colour, colours.card)).toBeGreaterThanOrEqual(4.5);
      expect(size).toBeGreaterThanOrEqual(12);
    }
  });

  test("everything that shows data stands out from the card", () => {
    const { accent, second, bandEdge, zero, quiet, text } = colours;
    for (const mark of [
      accent,
      second,
      bandEdge,
      zero,
      quiet,
      text,
      ...groups.map(({ edge }) => edge),
    ]) {
      expect(contrast(mark, colours.card)).toBeGreaterThanOrEqual(3);
    }
  });

  test("lines stand out from the band that they are on, and the end of a range from its bar", () => {
    for (const mark of [colours.accent, colours.text, colours.quiet]) {
      expect(contrast(mark, colours.band)).toBeGreaterThanOrEqual(3);
    }
    expect(contrast(colours.text, colours.bandEdge)).toBeGreaterThanOrEqual(3);
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

  for (const kind of ["protanopia", "deuteranopia", "tritanopia"] as const) {
    test(`what means different things looks different with ${kind}`, () => {
      for (const [one, other] of told) {
        expect(distance(one, other, kind), `${one} and ${other}`).toBeGreaterThanOrEqual(20);
      }
    });
  }

  test("red and green, which we do not use, would not pass: the measure can fail", () => {
    expect(distance("#d62728", "#2ca02c")).toBeGreaterThan(100);
    expect(distance("#a4632c", "#6f7a25", "deuteranopia")).toBeLessThan(20);
  });
});
