import fc from "fast-check";
import { expect, test } from "vitest";
import { clean, oneLine } from "../../../../adapters/common/text.ts";
import {
  bold,
  heading,
  literal,
  maskedLink,
  preformatted,
  quoted,
  small,
} from "../../../../adapters/discord/render/markdown.ts";
import { hostileWords } from "./hostile.ts";
import { readMarkdown } from "./markdown-reader.ts";

const words = hostileWords.map(clean);
const line = hostileWords.map(oneLine).filter((text) => text !== "");

test("N6 whatever a person can type comes out as that text, and nothing of it is alive", () => {
  fc.assert(
    fc.property(words, (text) => {
      expect(readMarkdown(literal(text))).toEqual({ text, live: [] });
    }),
    { numRuns: 2000 },
  );
});

test("N6 the same in a quote, small print, a heading, bold and the words of a link", () => {
  fc.assert(
    fc.property(
      words.filter((text) => text !== ""),
      line,
      (text, title) => {
        const quote = readMarkdown(quoted([{ text, marked: false }]));
        expect(quote.text).toBe(text);
        expect(new Set(quote.live)).toEqual(new Set(["quote"]));
        expect(new Set(readMarkdown(small(text)).live)).toEqual(new Set(["small"]));
        expect(readMarkdown(heading(title))).toEqual({ text: title, live: ["heading"] });
        expect(readMarkdown(bold(title))).toEqual({ text: title, live: ["bold"] });
      },
    ),
    { numRuns: 1000 },
  );
});

test("N6 in the words of a link nothing is alive and nothing ends it", () => {
  const url = "https://discord.com/channels/1/2";
  fc.assert(
    fc.property(line, (title) => {
      const source = maskedLink(title, url);
      expect(readMarkdown(source).live).toEqual([`link ${url}`]);
      expect(source).not.toMatch(/\\|\p{Extended_Pictographic}/u);
    }),
    { numRuns: 1000 },
  );
  expect(maskedLink("Открыть чат 🎉 [a](b)", url)).toBe(`[Открыть чат a(b)](<${url}>)`);
  expect(maskedLink("🎉", url)).toBe(`[→](<${url}>)`);
});

test("N6 letters of one width stay what they are, whatever stands in them", () => {
  fc.assert(
    fc.property(line, (text) => {
      const read = readMarkdown(preformatted(`|${text}|`));
      expect(read).toEqual({ text: `|${text}|`.replaceAll("`", "ˋ"), live: ["code"] });
    }),
  );
});

test.each([
  ["**a** *b* _c_ __d__ ~~e~~ ||f|| `g`", "bold italic italic underline gone spoiler code"],
  ["# a\n## b\n-# c\n> d\n- e\n* f\n1. g", "heading heading small quote list list list"],
  ["<@1> <@&1> <#1> @everyone <id:home> </nps:1>", "mention ".repeat(6).trim()],
  ["<:a:1> :tada: <t:1:R>", "emoji emoji timestamp"],
  ["[a](https://b.c) https://b.c <https://b.c>", "link address address"],
])("the reader of these tests sees what is alive: %s", (source, kinds) => {
  const { live } = readMarkdown(source);
  expect(live.map((found) => found.split(" ")[0]).join(" ")).toBe(kinds);
});

test.each([
  "You answered: 9 (NPS)",
  "What would make it a 9 or 10?",
  "NPS · this week, Oct 12 – 18, 2026 · so far",
  "It's 3.50 € at 10:30, -5 % & +7 points; 100 % @ Acme / Support",
  "Запланировано на 10:30, завтра.",
  "7.5",
  "a | b ~ c",
])("a text in which nothing could be alive stays as it is: %s", (text) => {
  expect(literal(text)).toBe(text);
});

test("the address of a link cannot leave its brackets", () => {
  const { href } = new URL("https://a.example/x)(y?q=<b>#\\");
  expect(readMarkdown(maskedLink("Open", href)).live).toEqual([
    "link https://a.example/x%29%28y?q=%3Cb%3E#%5C",
  ]);
});
