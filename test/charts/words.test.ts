import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  cleanText,
  cutToWidth,
  replaceMissing,
  thinOut,
  wrapToWidth,
} from "../../src/charts/words.ts";

/** Every character is as wide as the font is large. */
const measure = (text: string, size: number) => Array.from(text).length * size;

/** Text of any UTF-16 units: halves of characters, control characters, unassigned ones. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
  .map((units) => String.fromCharCode(...units));

describe("cleanText", () => {
  test("leaves plain words of our languages as they are", () => {
    for (const text of [
      "NPS +31 · week 40",
      "本周至今（56%）",
      "臺灣團隊",
      "Ответы за «Ромашку»",
    ]) {
      expect(cleanText(text)).toBe(text);
    }
  });

  test("keeps letters with accents and drops loose marks", () => {
    expect(cleanText("Cafe\u0301 Мой")).toBe("Café Мой");
    expect(cleanText("a\u0335\u0336\u0337\u0338b")).toBe("ab");
  });

  test("drops emoji with all their parts", () => {
    expect(cleanText("Acme 🎉 👩‍👩‍👧 🇫🇷 👍🏽 Inc")).toBe("Acme Inc");
    expect(cleanText("7️⃣")).toBe("7");
  });

  test("drops direction overrides, zero-width characters and halves of characters", () => {
    expect(cleanText("\u202Eevil\u202C \u2066x\u2069\u200B\uFEFF\uDC00\uD83C!")).toBe("evil x!");
  });

  test("keeps the space that no line breaks at, a narrow one becomes a usual one", () => {
    expect(cleanText("1\u00a0234\u202f%")).toBe("1\u00a0234\u00a0%");
  });

  test("turns control characters and line breaks into single spaces", () => {
    expect(cleanText(" a\u0000b\r\n\tc\u0085d ")).toBe("a b c d");
  });

  test("whatever comes in, XML can hold what goes out", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const clean = cleanText(text);
        expect(clean.isWellFormed()).toBe(true);
        expect(clean).not.toMatch(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u);
      }),
    );
  });

  test("looks at the beginning of a very long text only", () => {
    expect(cleanText("x".repeat(40_000)).length).toBeLessThan(1_000);
  });
});

describe("replaceMissing", () => {
  const has = (character: string) => /[ -~…é]/u.test(character);

  test("keeps what the font has and takes the accent off what it lacks", () => {
    expect(replaceMissing("é Škoda Łódź", has)).toBe("é Skoda Lodz");
  });

  test("puts one ellipsis for a run of characters without a stand-in", () => {
    expect(replaceMissing("Acme שלום לך Inc", has)).toBe("Acme … Inc");
  });
});

describe("cutToWidth", () => {
  test("leaves a text that just fits and cuts one that is a character longer", () => {
    expect(cutToWidth("abcde", 50, 10, measure)).toBe("abcde");
    expect(cutToWidth("abcdef", 50, 10, measure)).toBe("abcd…");
  });

  test("never cuts through a grapheme", () => {
    expect(cutToWidth("ab\u0301\u0302\u0303cdef", 50, 10, measure)).toBe("a…");
  });

  test("the result fits and begins as the text does", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.integer({ min: 10, max: 200 }),
        (text, width) => {
          const cut = cutToWidth(text, width, 10, measure);
          expect(measure(cut, 10)).toBeLessThanOrEqual(width);
          expect(text.startsWith(cut.replace(/…$/u, ""))).toBe(true);
        },
      ),
    );
  });
});

describe("wrapToWidth", () => {
  const room = { width: 100, size: 10, lines: 3 };

  test("breaks between words", () => {
    expect(wrapToWidth("one two three four", room, measure)).toEqual(["one two", "three four"]);
  });

  test("breaks Chinese without spaces, and no line begins with a comma", () => {
    const lines = wrapToWidth("已送达四百一十二人，两百三十一人回答", room, measure);
    expect(lines.join("")).toBe("已送达四百一十二人，两百三十一人回答");
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.filter((line) => /^[，。：]/u.test(line))).toEqual([]);
  });

  test("keeps a sign with its number and ends no line with a separator", () => {
    expect(wrapToWidth("from 100 +10 % · next", room, measure)).toEqual([
      "from 100",
      "+10 %",
      "next",
    ]);
  });

  test("keeps a number with its groups and its unit in one line", () => {
    const lines = wrapToWidth("есть 1\u00a0234\u00a0567\u00a0% всех", room, measure);
    expect(lines).toEqual(["есть", "1\u00a0234\u00a0567…", "всех"]);
  });

  test("breaks a long name after its hyphens, and keeps a minus with its number", () => {
    expect(wrapToWidth("long-name-of-it", room, measure)).toEqual(["long-name-", "of-it"]);
    expect(wrapToWidth("from here -20", room, measure)).toEqual(["from here", "-20"]);
  });

  test("cuts the last line when there is more", () => {
    const lines = wrapToWidth("aaaaaaaa bbbbbbbb cccccccc dddddddd", room, measure);
    expect(lines).toEqual(["aaaaaaaa", "bbbbbbbb", "cccccccc…"]);
  });

  test("an empty text has no lines", () => {
    expect(wrapToWidth("", room, measure)).toEqual([]);
  });
});

describe("thinOut", () => {
  const row = { width: 100, size: 10, gap: 5 };

  test("keeps labels that stand apart", () => {
    expect(thinOut(["a", "b", "c"], row, measure)).toEqual(["a", "b", "c"]);
  });

  test("empties some of those that do not, and always keeps the newest", () => {
    expect(thinOut(["ab", "cd", "ef", "gh", "ij", "kl"], row, measure)).toEqual([
      "",
      "cd",
      "",
      "gh",
      "",
      "kl",
    ]);
  });
});
