import { escapeMarkdown } from "discord.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { shownText } from "../support/discord/markdown.ts";

test.each([
  ["**bold** __under__ *it* _it_ ~~no~~ ||secret||", "bold under it it no secret"],
  ["a **b *c* d** snake_case_name 2 * 3 * 4", "a b c d snake_case_name 2 * 3 * 4"],
  ["\\*\\*bold\\*\\* \\<@1> \\[a](b) \\`c\\` a\\b", "**bold** <@1> [a](b) `c` a\\b"],
  ["`**code**` ```js\n**more**\n``` **x**", "**code** **more** x"],
  [
    "# Big\n-# small\n> quoted\n> # both\n- point\n1. one",
    "Big\nsmall\nquoted\nboth\n• point\n1. one",
  ],
  ["\\# not\n\\> not\n\\- not\n\\-# not", "# not\n> not\n- not\n-# not"],
  ["<@12> <@&34> <#56> <:done:78> <t:90:R>", "@12 @34 @56 :done: t:90:R"],
  [
    "https://example.com/a_b_c and <https://example.com>",
    "https://example.com/a_b_c and https://example.com",
  ],
])("%j is read as %j", (markdown, text) => {
  expect(shownText(markdown)).toEqual({ text, hidden: [] });
});

test("a link whose words hide where it goes", () => {
  const { text, hidden } = shownText("[**free**](https://evil.example) [no](nowhere)");
  expect([text, hidden]).toEqual(["free [no](nowhere)", ["https://evil.example"]]);
});

test("N6 what discord.js escapes is read as it was", () => {
  const typed = fc.string({ unit: fc.constantFrom(..."ab _*~`|"), maxLength: 30 });
  fc.assert(
    fc.property(typed, (text) => {
      const escaped = escapeMarkdown(text, { codeBlockContent: true, inlineCodeContent: true });
      expect(shownText(escaped).text).toBe(text);
    }),
  );
});
