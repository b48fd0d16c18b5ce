import fc from "fast-check";
import { expect, test } from "vitest";
import { clean, cut } from "../../../../adapters/common/text.ts";
import { literal, pieces } from "../../../../adapters/slack/render/mrkdwn.ts";
import { liveTokens } from "../../../support/slack/mrkdwn.ts";
import { hostileText } from "../../../support/slack/mrkdwn-hostile.ts";

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });
const letters = (text: string) => [...graphemes.segment(text)].map(({ segment }) => segment);

/** Texts in which every border is one that could be missed. */
const script = fc
  .array(
    fc.constantFrom(
      "a",
      " ",
      "é".normalize("NFD"),
      "👩‍👩‍👧",
      "🇩🇪",
      "7️⃣",
      "慢",
      "Ж",
      "क्षि",
      "가",
      "\u0301",
    ),
    { maxLength: 40 },
  )
  .map((some) => some.join(""));

test("F20 a text is cut behind as many whole letters as there is room for, in any script", () => {
  fc.assert(
    fc.property(script, fc.integer({ min: 1, max: 100 }), (text, max) => {
      const all = letters(text);
      const lengths = all.map((_, i) => all.slice(0, i + 1).join("").length);
      const whole = lengths.filter((length) => length < max).at(-1) ?? 0;
      const short = text.length <= max ? text : `${text.slice(0, whole).trimEnd()}…`;
      expect(cut(text, max)).toBe(short);
      expect(short.length).toBeLessThanOrEqual(max);
    }),
  );
});

test("F20 pieces of a text hold all of it, and none is too long", () => {
  fc.assert(
    fc.property(hostileText.map(clean), fc.integer({ min: 10, max: 3000 }), (text, max) => {
      const parts = pieces(text, max);
      for (const part of parts) expect(part.length).toBeLessThanOrEqual(max);
      const bare = (words: string) => words.replace(/[\s\p{Default_Ignorable_Code_Point}]/gu, "");
      expect(bare(parts.join(""))).toBe(bare(text));
    }),
  );
});

test("N5 the fallback text is dead, whatever the summary says", () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const none = { mentions: [], links: [], formatting: [] };
      expect(liveTokens(literal(text, 1000))).toEqual(none);
    }),
    { numRuns: 300 },
  );
});

test("cleaning twice changes nothing", () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      expect(clean(clean(text))).toBe(clean(text));
    }),
  );
});

test.each([
  "Запланировано на 10:30, завтра.",
  "You answered: 9 (NPS)",
  "snake_case and 3.50 € at 9:05",
])("a summary without signs of Slack's stays as it is: %s", (summary) => {
  expect(literal(summary, 1000)).toBe(summary);
});
