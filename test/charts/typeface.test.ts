import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { sharedTypeface, type Typeface } from "../../src/charts/typeface.ts";
import { cleanText } from "../../src/charts/words.ts";
import { languages } from "../../src/locales/index.ts";

let typeface: Typeface;
beforeAll(async () => {
  typeface = await sharedTypeface();
});

/** The characters that the font has no glyph for. */
function missingFrom(text: string): string[] {
  return Array.from(new Set(text)).filter((each) => !typeface.has(each));
}

describe("the font", () => {
  for (const language of languages) {
    test(`has every character of our texts in ${language}`, async () => {
      const file = new URL(`../../src/locales/${language}.json`, import.meta.url);
      const texts = Object.values<unknown>(JSON.parse(await readFile(file, "utf8"))).map(String);
      expect(texts.length).toBeGreaterThan(0);
      expect(missingFrom(texts.map(cleanText).join(""))).toEqual([]);
    });
  }

  test("lacks what it is known to lack, so the check above can fail", () => {
    expect(missingFrom("שAЖ₽")).toEqual(["ש", "₽"]);
  });

  test("has the common characters of Traditional and Simplified Chinese", () => {
    const decode = (charset: string, firsts: [number, number], seconds: [number, number]) => {
      const found: string[] = [];
      for (let first = firsts[0]; first <= firsts[1]; first += 1) {
        for (let second = seconds[0]; second <= seconds[1]; second += 1) {
          found.push(new TextDecoder(charset).decode(Uint8Array.of(first, second)));
        }
      }
      return found.filter((each) => /^\p{Script=Han}$/u.test(each)).join("");
    };
    const traditional = decode("big5", [0xa4, 0xc6], [0xa1, 0xfe]);
    const simplified = decode("gb18030", [0xb0, 0xf7], [0xa1, 0xfe]);
    expect(traditional.length).toBeGreaterThan(3_000);
    expect(simplified.length).toBeGreaterThan(6_000);
    expect(missingFrom(traditional + simplified)).toEqual([]);
  });

  test("measures and outlines agree: the width grows with the size and the text", () => {
    const { glyphs, width } = typeface.outline("你好 a");
    expect(glyphs).toHaveLength(3);
    expect(typeface.widthOf("你好 a", 20)).toBeCloseTo((width * 20) / typeface.unitsPerEm);
    expect(typeface.widthOf("你好", 20)).toBe(40);
  });

  test("is read once", () => {
    expect(sharedTypeface()).toBe(sharedTypeface());
  });
});
