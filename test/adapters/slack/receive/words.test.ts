import fc from "fast-check";
import { expect, test } from "vitest";
import { plainWords, pressedToken } from "../../../../adapters/slack/receive/words.ts";
import { renderMessage } from "../../../../adapters/slack/render.ts";
import { understandReply } from "../../../../src/surveys/reply.ts";
import { anyUnits } from "../../../support/slack/mrkdwn-hostile.ts";

const names = new Map([
  ["U123", "Dana"],
  ["C9", "billing"],
]);
const lookup = (id: string) => names.get(id);

test.each([
  ["7 &lt;3 Tom &amp; Jerry &gt; all", "7 <3 Tom & Jerry > all"],
  ["&amp;lt;b&amp;gt;", "&lt;b&gt;"],
  ["<@U123> and <@U404> and <@U5|Omar>", "@Dana and @… and @Omar"],
  ["<#C1|help>, <#C9|>, <#C404>", "#help, #billing, #…"],
  ["<!here> <!channel|channel> <!subteam^S1|@support>", "@here @channel @support"],
  ["due <!date^1700000000^{date}|14 November>", "due 14 November"],
  ["<https://a.example/x?a=1&amp;b=2>", "https://a.example/x?a=1&b=2"],
  ["<http://a.example|a.example>", "a.example"],
  ["<https://a.example/x|the page>", "the page (https://a.example/x)"],
  ["<mailto:me@a.example|me@a.example>", "me@a.example"],
  ["&lt;!channel&gt; was typed by hand", "<!channel> was typed by hand"],
  [":tada: :100: :our_own_emoji: 10:30:00", "🎉 💯 :our_own_emoji: 10:30:00"],
  [":+1::skin-tone-4:", "👍"],
])("%s is read as %s", (typed, words) => {
  expect(plainWords(typed, lookup)).toBe(words);
});

test.each([
  ["7 – slow", 7, "slow"],
  [":seven:", 7, undefined],
  [":one::zero:", 10, undefined],
  [":keycap_ten: thanks!", 10, undefined],
  [":zero:", 0, undefined],
])("a score typed as %s is understood", (typed, score, comment) => {
  const text = plainWords(typed, lookup);
  const read = understandReply({ text, metric: "nps", language: "en" });
  expect(read).toMatchObject({ kind: "score", score });
  if (comment !== undefined) expect(read).toMatchObject({ comment });
});

test("stars are understood, and an emoji that means no score is none", () => {
  const stars = plainWords(":star::star::star::star:");
  expect(understandReply({ text: stars, metric: "csat", language: "en" })).toMatchObject({
    kind: "score",
    score: 4,
  });
  const text = plainWords(":100:");
  const hundred = understandReply({ text, metric: "nps", language: "en" });
  expect(hundred.kind).not.toBe("score");
});

test("any text is read without a failure, and what has no signs of Slack's stays as it is", () => {
  fc.assert(
    fc.property(anyUnits, (text) => {
      const plain = text.replace(/[<>&:]/g, "");
      expect(plainWords(plain)).toBe(plain);
      expect(typeof plainWords(text, lookup)).toBe("string");
    }),
  );
});

test("what was pressed tells its token and whether a form is the answer", () => {
  const pressed = (action: object) => pressedToken({ type: "block_actions", actions: [action] });
  expect(pressed({ type: "button", action_id: "tap:0.9", value: "t9" })).toEqual({
    token: "t9",
    opens: false,
  });
  expect(
    pressed({ type: "overflow", action_id: "form:1.0", selected_option: { value: "write" } }),
  ).toEqual({ token: "write", opens: true });
  expect(pressed({ type: "button", action_id: "link" })).toBeUndefined();
  expect(pressed({ type: "static_select", action_id: "a", selected_option: null })).toBeUndefined();
  expect(pressedToken({ actions: [] })).toBeUndefined();
  expect(pressedToken("nonsense")).toBeUndefined();
});

test("a token comes back from every control as it was put in", () => {
  const options = ["a", "b", "c"].map((label) => ({ label, token: `${label}.0_-9` }));
  const kinds = ["actions", "choices"] as const;
  const parts = [
    ...kinds.map((kind) => ({ kind, options })),
    { kind: "menu" as const, label: "Not now?", options },
  ];
  const json = JSON.stringify(renderMessage({ summary: "a", parts, locale: "en" }).blocks);
  const values = json.match(/(?<="value":")[^"]+/g) ?? [];
  expect(values).toEqual([...options, ...options, ...options].map(({ token }) => token));
});
