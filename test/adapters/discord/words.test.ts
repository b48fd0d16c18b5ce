import fc from "fast-check";
import { expect, test } from "vitest";
import { type Lookup, plainWords } from "../../../adapters/discord/words.ts";
import { understandReply } from "../../../src/surveys/reply.ts";
import { hostileWords } from "./render/hostile.ts";

const names = new Map([
  ["user 12", "Dana"],
  ["role 13", "Support"],
  ["channel 14", "billing"],
]);
const lookup: Lookup = (kind, id) => names.get(`${kind} ${id}`);

test.each([
  ["<@12> <@!12> <@404> and <@&13> <@&404>", "@Dana @Dana @… and @Support @…"],
  ["<#14>, <#404>, <id:customize>", "#billing, #…, #customize"],
  ["</nps week:99> please", "/nps week please"],
  ["great <:party_parrot:99><a:seven:98>", "great :party_parrot::seven:"],
  ["since <t:1700000000:R> or <t:99999999999999999>", "since 2023-11-14 22:13 UTC or …"],
  ["**bold** *it* _it_ __under__ ***both*** ||hidden||", "bold it it under both hidden"],
  ["**_7_** and *a **b** c*", "7 and a b c"],
  ["snake_case_name 2 * 3 * 4 a || b", "snake_case_name 2 * 3 * 4 a || b"],
  ["~~7~~ 8", "~~7~~ 8"],
  ["# 7\n## slow\n-# very", "7\nslow\nvery"],
  ["- slow\n  * late\n1. first\n-1", "• slow\n  • late\n1. first\n-1"],
  ["> you said 10\n9", "> you said 10\n9"],
  ["`7` and ``a`b`` and ```js\nx_y_z\n```", "7 and a`b and x_y_z\n"],
  ["`open", "`open"],
  ["\\*not bold\\* 7\\. \\7 \\", "*not bold* 7. \\7 \\"],
  [
    "[the **page**](https://a.example/x) [](<https://b.example>)",
    "the page (https://a.example/x) https://b.example",
  ],
  ["[https://a.example](https://a.example)", "https://a.example"],
  ["<https://a.example/x_y_z> <nothing> [x] (y)", "https://a.example/x_y_z <nothing> [x] (y)"],
  ["https://a.example/x_y_z?a=*b*", "https://a.example/x_y_z?a=b"],
  ["7️⃣ ７ 七 🔟", "7️⃣ ７ 七 🔟"],
])("%s is read as %s", (typed, words) => {
  expect(plainWords(typed, lookup)).toBe(words);
});

test.each([
  ["**7** – slow", 7, "slow"],
  ["||7||", 7, undefined],
  ["# 9", 9, undefined],
  ["- 8", 8, undefined],
  ["`10`", 10, undefined],
  ["<:seven:1234567890>", 7, undefined],
  ["<@12345678901> 7", 7, undefined],
  ["7\\. slow", 7, "slow"],
  ["7️⃣", 7, undefined],
  ["*７*", 7, undefined],
  ["7 <:star:999>", 7, undefined],
])("a score typed as %s is understood", (typed, score, comment) => {
  const read = understandReply({ text: plainWords(typed), metric: "nps", language: "en" });
  expect(read).toMatchObject({ kind: "score", score });
  if (comment !== undefined) expect(read).toMatchObject({ comment });
});

test.each(["<@7>", "<:x:7>", "<t:7:R>", "~~7~~", "*7*8", "7**8**", "-1", "**-1**", "`7` or `8`"])(
  "no score is made of what is none: %s",
  (typed) => {
    const read = understandReply({ text: plainWords(typed), metric: "nps", language: "en" });
    expect(read.kind).not.toBe("score");
  },
);

const numbersIn = (text: string) => text.match(/\d+/g) ?? [];

test("no number is lost, made or joined to another, whatever marks stand around it", () => {
  const piece = fc.constantFrom(
    ..."7890 ab\n*_|`~\\#>-.",
    ..."(),".split(""),
    ...["**", "||", "```", "~~", "- ", "# ", "👍", "七", "7️⃣"],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const typed = pieces.join("");
      expect(numbersIn(plainWords(typed))).toEqual(numbersIn(typed));
    }),
    { numRuns: 3000 },
  );
});

test("N1 whatever is typed is read, and reading takes no more of it than there is", () => {
  fc.assert(
    fc.property(hostileWords, (typed) => {
      const words = plainWords(typed);
      expect(words.length).toBeLessThanOrEqual(typed.length * 2 + 40);
    }),
  );
});
