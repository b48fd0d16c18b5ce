/** Texts that people could write to make Slack do something, or to break it; for property tests. */
import fc from "fast-check";

const hostile: readonly string[] = [
  "<!channel>",
  "<@U0123456>",
  "<#C0123456|help>",
  "<https://evil.example|your bank>",
  "https://evil.example/path?x=1&y=2",
  "www.evil.example",
  "mail@evil.example",
  "*bold* _italic_ ~gone~ `code` ```block```",
  "> said\n&gt; said\n• a\n1. b",
  ":tada: :+1::skin-tone-2: :笑顔:",
  "@channel @here #general",
  "&lt;!channel&gt; &amp;",
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
export const anyUnits: fc.Arbitrary<string> = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
  .map((units) => String.fromCharCode(...units));

/** Up to some hundred units of anything, mostly of what is dangerous. */
export const hostileWords: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...hostile) },
  { weight: 3, arbitrary: anyUnits },
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
