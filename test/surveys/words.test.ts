import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanText, countGraphemes, MAX_TEXT_GRAPHEMES } from "../../src/surveys/words.ts";

const raw = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 300 })
  .map((units) => String.fromCharCode(...units));
const text = fc.oneof(raw, fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }));

describe("a cleaned text", () => {
  it("N1 has no NUL, no lone surrogate, no noncharacter and no byte order mark", () => {
    const dirty = "\uFEFF  a\0b\uD800c\uFFFEd\u001B[31me\r\nf\u0085 ";
    expect(cleanText(dirty)).toBe("ab\uFFFDcd[31me\nf");
    fc.assert(
      fc.property(text, (given) => {
        const clean = cleanText(given);
        expect(clean.isWellFormed()).toBe(true);
        expect(clean).not.toMatch(/(?![\t\n])[\p{Cc}\p{Noncharacter_Code_Point}\uFEFF]/u);
        expect(clean).toBe(clean.trim());
      }),
    );
  });

  it("N1 is the same when it is cleaned again", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 50 }), (given, most) => {
        const clean = cleanText(given, most);
        expect(cleanText(clean, most)).toBe(clean);
      }),
    );
  });

  it.each(["x", "é", "👩‍👩‍👧", "🇫🇷", "o̶̴", "שׁ"])(
    "N2 N3 is cut at the limit between whole characters: %s",
    (character) => {
      for (const [given, kept] of [
        [MAX_TEXT_GRAPHEMES - 1, MAX_TEXT_GRAPHEMES - 1],
        [MAX_TEXT_GRAPHEMES, MAX_TEXT_GRAPHEMES],
        [MAX_TEXT_GRAPHEMES + 1, MAX_TEXT_GRAPHEMES],
      ] as const) {
        expect(cleanText(character.repeat(given))).toBe(character.repeat(kept));
      }
    },
  );

  it("N3 keeps the beginning of 5 MB, and at most 40,000 units of combining marks", () => {
    expect(cleanText("word ".repeat(1_000_000))).toHaveLength(MAX_TEXT_GRAPHEMES - 1);
    const storm = `e${"\u0301\u0316".repeat(50)}`.repeat(1_000);
    const kept = cleanText(storm);
    expect(kept.length).toBeLessThanOrEqual(40_000);
    expect(kept.length % 101).toBe(0);
  });

  it("N2 is counted as a reader counts", () => {
    expect(countGraphemes("👩‍👩‍👧é🇫🇷o̶")).toBe(4);
    expect(countGraphemes("")).toBe(0);
  });
});
