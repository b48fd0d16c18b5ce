/** Texts that people could write to make Discord do something, or to break it; for property tests. */
import fc from "fast-check";

const hostile: readonly string[] = [
  "@everyone @here",
  "<@1234567890> <@!1234567890> <@&1234567890>",
  "<#1234567890> <id:customize> </nps week:1234567890>",
  "<:party:1234567890> <a:party:1234567890> :tada: :+1::skin-tone-2: :100:",
  "<t:1700000000:R>",
  '[your bank](https://evil.example) [x](<https://evil.example> "y")',
  "[[a](b)](https://evil.example) ![x](y)",
  "https://evil.example/path?x=1&y=2 <https://evil.example> steam://run",
  "discord.gg/abc www.evil.example mail@evil.example <mail@evil.example>",
  "**bold** *italic* _italic_ __under__ ~~gone~~ ||spoiler|| `code`",
  "```js\ncode\n``` ``a`b``",
  "***x*** **_x_** *",
  "# heading\n## heading\n-# small\n> quote\n>>> quote\n- item\n* item\n1. item\n  - item",
  "> # - 1. > -# # x",
  "\\*a\\* \\\\*a* \\",
  "¯\\_(ツ)_/¯",
  "/nps :week: 10:30 9:5 1:100:2",
  "\u202Eetirw\u202C \u2066x",
  "\u0000\u0007\u001b[31m",
  "\ud83d",
  "\udc4d\ud83d",
  "👩‍👩‍👧‍👦🇩🇪7️⃣",
  "é".normalize("NFD"),
  `z${"\u0301".repeat(300)}`,
  "客户说得很慢。",
  "מאוד איטי",
  "\u200b\u3164",
  "\n\n\n",
];

/** Any UTF-16 units, halves of surrogate pairs among them. */
const anyUnits = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
  .map((units) => String.fromCharCode(...units));

/** Signs that mean something to Discord, in any order. */
const signs = fc.string({
  unit: fc.constantFrom(..."\\`*_~|<>[]():@#-+.!/ \n17a", "https://", "@everyone", "<@12>", "- "),
  maxLength: 40,
});

/** Up to some hundred units of anything, mostly of what is dangerous. */
export const hostileWords: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: signs },
  { weight: 3, arbitrary: fc.constantFrom(...hostile) },
  { weight: 2, arbitrary: anyUnits },
  { weight: 2, arbitrary: fc.array(fc.constantFrom(...hostile)).map((some) => some.join(" ")) },
);

/** The same with 0–40 000 units. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 9, arbitrary: hostileWords },
  {
    weight: 1,
    arbitrary: fc
      .tuple(hostileWords, fc.integer({ min: 0, max: 40_000 }))
      .map(([text, length]) => text.padEnd(1, "x").repeat(length).slice(0, length)),
  },
);
