import { expect, test } from "vitest";
import { liveTokens, shownWords } from "../support/slack/mrkdwn.ts";
import { liveIn, shownIn } from "../support/slack/mrkdwn-blocks.ts";

test.each([
  ["<!channel>", "@channel"],
  ["<!here|here>", "here"],
  ["<@U123>", "@U123"],
  ["<#C123|help>", "#help"],
  ["<!subteam^S1|@support>", "@support"],
  ["@channel", "@channel"],
])("%s mentions somebody", (text, shown) => {
  expect(liveTokens(`Hello ${text}.`).mentions).toHaveLength(1);
  expect(shownWords(text)).toBe(shown);
});

test.each([
  ["<https://evil.example|your bank>", "your bank"],
  ["<https://evil.example>", "https://evil.example"],
  ["https://localhost/x", "https://localhost/x"],
  ["evil.example", "evil.example"],
  ["mail@evil.example", "mail@evil.example"],
])("%s is a link", (text, shown) => {
  expect(liveTokens(`See ${text} now`).links.length).toBeGreaterThan(0);
  expect(shownWords(text)).toBe(shown);
});

test.each([
  ["*bold*", "bold"],
  ["_italic_", "italic"],
  ["~gone~", "gone"],
  ["`code`", "code"],
  ["```a\nb```", "a\nb"],
  ["> said", "said"],
  ["&gt; said", "said"],
  [":tada:", ":tada:"],
  [":100:", ":100:"],
  [":笑顔:", ":笑顔:"],
])("%s changes how a text looks", (text, shown) => {
  expect(liveTokens(text).formatting).toEqual([text]);
  expect(shownWords(text)).toBe(shown);
});

test.each([
  "2 * 3 * 4",
  "snake_case_name",
  "at 10:30:00",
  "v1.2 costs 3.50",
  "Tom &amp; Jerry &lt;3",
  "a < b > c?",
])("nothing is alive in %s", (text) => {
  const none = { mentions: [], links: [], formatting: [] };
  expect(liveTokens(text.replace("a < b > c", "a &lt; b &gt; c"))).toEqual(none);
});

test("a whole message tells what is alive in its text and in each of its blocks", () => {
  const blocks = [
    { type: "section", text: { type: "mrkdwn", text: "Hi <@U1>" } },
    { type: "section", text: { type: "plain_text", text: ":tada: *no*" } },
    { type: "header", text: { type: "plain_text", text: ":tada:", emoji: false } },
    {
      type: "rich_text",
      elements: [
        {
          type: "rich_text_section",
          elements: [
            { type: "text", text: "<!channel> *no*" },
            { type: "user", user_id: "U2" },
            { type: "link", url: "https://a.example", text: "open" },
          ],
        },
      ],
    },
  ];
  const live = liveIn({ text: "<!here>", blocks });
  expect(live.mentions).toEqual(["<@U1>", '{"type":"user","user_id":"U2"}', "<!here>"]);
  expect(live.links).toEqual(["https://a.example"]);
  expect(live.formatting).toEqual([":tada:"]);
  expect(shownIn(blocks)).toEqual(["Hi @U1", ":tada: *no*", ":tada:", "<!channel> *no*", "open"]);
});
