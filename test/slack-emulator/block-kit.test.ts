import { expect, test } from "vitest";
import { checkMessage, checkView } from "../support/slack/block-kit.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const section = (text: string) => ({ type: "section", text: plain(text) });
const button = (more: object = {}) => ({ type: "button", text: plain("9"), value: "t", ...more });
const actions = (...elements: object[]) => ({ type: "actions", elements });
const option = (text = "Later", value = "v") => ({ text: plain(text), value });
const overflow = (count: number) => ({
  type: "overflow",
  action_id: "o",
  options: Array.from({ length: count }, () => option()),
});
const times = <T>(count: number, thing: T): T[] => Array.from({ length: count }, () => thing);
const rich = (...elements: object[]) => ({
  type: "rich_text",
  elements: [{ type: "rich_text_section", elements }],
});
const input = (element: object = {}) => ({
  type: "input",
  label: plain("Words"),
  element: { type: "plain_text_input", action_id: "i", ...element },
});
const modal = (more: object = {}) => ({
  type: "modal",
  title: plain("Tell us"),
  submit: plain("Send"),
  blocks: [input()],
  ...more,
});

test("a message as the documentation would write it is taken", () => {
  const blocks = [
    { type: "header", text: plain("NPS") },
    { ...section("How likely?"), accessory: overflow(5) },
    { type: "section", fields: [plain("a"), { type: "mrkdwn", text: "*b*", verbatim: true }] },
    actions(button({ action_id: "a", accessibility_label: "9 of 10" }), button({ action_id: "b" })),
    { type: "context", elements: [plain("0 = low"), { type: "mrkdwn", text: "high" }] },
    { type: "divider" },
    { type: "image", slack_file: { id: "F1" }, alt_text: "A curve" },
    rich(
      { type: "text", text: "x", style: { bold: true } },
      { type: "link", url: "https://a.example" },
    ),
    { type: "table", rows: [[{ type: "raw_text", text: "a" }]] },
  ];
  expect(checkMessage({ text: "How likely?", blocks })).toEqual([]);
  expect(checkMessage({ text: "How likely?" })).toEqual([]);
  expect(checkView(modal())).toEqual([]);
  expect(checkView({ type: "home", blocks: [section("Home")] })).toEqual([]);
});

test.each<[string, object, RegExp]>([
  ["an unknown block", { type: "sparkle" }, /unsupported type.*\/blocks\/0/],
  ["an input in a message", input(), /unsupported type/],
  ["an unknown field", { ...section("a"), colour: "red" }, /unknown field: colour/],
  ["a field of Discord's", actions(button({ custom_id: "x" })), /unknown field: custom_id/],
  [
    "a label that an overflow menu lacks",
    actions({ ...overflow(1), accessibility_label: "x" }),
    /unknown field/,
  ],
  ["a section without text", { type: "section" }, /missing required field/],
  ["3001 characters in a section", section("x".repeat(3001)), /less than 3001.*\/text\/text/],
  ["an empty text", section(""), /more than 0 characters/],
  ["a text of nothing but invisible characters", section(" \u200b\u3164"), /must show something/],
  ["half a surrogate pair", section("a\ud83d"), /well-formed/],
  ["eleven fields", { type: "section", fields: times(11, plain("a")) }, /no more than 10 items/],
  ["2001 characters in a field", { type: "section", fields: [plain("x".repeat(2001))] }, /2001/],
  ["mrkdwn in a header", { type: "header", text: { type: "mrkdwn", text: "a" } }, /\/text\/type/],
  ["151 characters in a header", { type: "header", text: plain("x".repeat(151)) }, /less than 151/],
  ["26 elements in an actions block", actions(...times(26, button())), /no more than 25 items/],
  ["no element in an actions block", actions(), /no less than 1 items/],
  ["eleven elements of context", { type: "context", elements: times(11, plain("a")) }, /10 items/],
  ["a button in a context", { type: "context", elements: [button()] }, /unsupported type/],
  ["a text input in an actions block", actions({ type: "plain_text_input" }), /unsupported type/],
  ["76 characters on a button", actions(button({ text: plain("x".repeat(76)) })), /less than 76/],
  ["mrkdwn on a button", actions(button({ text: { type: "mrkdwn", text: "a" } })), /\/text\/type/],
  ["a value of 2001", actions(button({ value: "x".repeat(2001) })), /less than 2001/],
  [
    "a label of 76 for screen readers",
    actions(button({ accessibility_label: "x".repeat(76) })),
    /76/,
  ],
  ["a loud style", actions(button({ style: "warning" })), /\/style/],
  ["a url of 3001", actions(button({ url: `https://a.example/${"x".repeat(3000)}` })), /3001/],
  ["an action_id of 256", actions(button({ action_id: "x".repeat(256) })), /less than 256/],
  [
    "the same action_id twice in a block",
    actions(button({ action_id: "a" }), button({ action_id: "a" })),
    /action_id must be unique/,
  ],
  ["six options in an overflow menu", actions(overflow(6)), /no more than 5 items/],
  ["no option in an overflow menu", actions(overflow(0)), /no less than 1/],
  ["an option of 76", actions({ type: "overflow", options: [option("x".repeat(76))] }), /76/],
  [
    "an option's value of 151",
    actions({ type: "overflow", options: [option("a", "x".repeat(151))] }),
    /151/,
  ],
  [
    "101 options in a select",
    actions({ type: "static_select", options: times(101, option()) }),
    /100 items/,
  ],
  ["a select without options", actions({ type: "static_select" }), /options or option_groups/],
  [
    "eleven radio buttons",
    actions({ type: "radio_buttons", options: times(11, option()) }),
    /10 items/,
  ],
  ["a picture without a text", { type: "image", image_url: "https://a.example/a.png" }, /alt_text/],
  [
    "a picture of two sources",
    { type: "image", image_url: "https://a.example", slack_file: { id: "F" }, alt_text: "a" },
    /either image_url or slack_file/,
  ],
  [
    "a picture's text of 2001",
    { type: "image", slack_file: { id: "F" }, alt_text: "x".repeat(2001) },
    /2001/,
  ],
  ["an unknown element of rich text", rich({ type: "markdown", text: "a" }), /unsupported type/],
  ["an empty rich text", { type: "rich_text", elements: [] }, /no less than 1/],
  [
    "a table of 101 rows",
    { type: "table", rows: times(101, [{ type: "raw_text", text: "a" }]) },
    /100 items/,
  ],
  [
    "a table of 21 cells",
    { type: "table", rows: [times(21, { type: "raw_text", text: "a" })] },
    /20 items/,
  ],
])("Slack refuses %s", (_, block, complaint) => {
  const complaints = checkMessage({ text: "a", blocks: [block] });
  expect(complaints.join("\n")).toMatch(complaint);
});

test("a message has at most 50 blocks, 13 200 characters of them, 40 000 of text, and says something", () => {
  expect(checkMessage({ blocks: times(50, section("a")) })).toEqual([]);
  expect(checkMessage({ blocks: times(51, section("a")) })).toEqual([
    "no more than 50 items allowed [json-pointer:/blocks]",
  ]);
  expect(checkMessage({ blocks: times(5, section("x".repeat(2800))) })[0]).toMatch(/too_long/);
  expect(checkMessage({ text: "x".repeat(40_001) })[0]).toMatch(/less than 40001/);
  expect(checkMessage({})[0]).toMatch(/no_text/);
  const twins = times(2, { ...section("a"), block_id: "twin" });
  expect(checkMessage({ blocks: twins })).toEqual([
    "block_id must be unique [json-pointer:/blocks/1]",
  ]);
});

test.each<[string, object, RegExp]>([
  ["a title of 25", modal({ title: plain("x".repeat(25)) }), /less than 25.*\/title/],
  ["a button of 25", modal({ submit: plain("x".repeat(25)) }), /less than 25.*\/submit/],
  ["a way out of 25", modal({ close: plain("x".repeat(25)) }), /less than 25.*\/close/],
  ["metadata of 3001", modal({ private_metadata: "x".repeat(3001) }), /3001/],
  ["a callback_id of 256", modal({ callback_id: "x".repeat(256) }), /256/],
  ["inputs without a button", modal({ submit: undefined }), /submit is required/],
  ["a modal without a title", modal({ title: undefined }), /\/title/],
  ["an input longer than 3000", modal({ blocks: [input({ max_length: 3001 })] }), /max_length/],
  [
    "a first value longer than the input",
    modal({ blocks: [input({ max_length: 2, initial_value: "abc" })] }),
    /initial_value/,
  ],
  ["a label of 2001", modal({ blocks: [{ ...input(), label: plain("x".repeat(2001)) }] }), /2001/],
  ["a hint of 2001", modal({ blocks: [{ ...input(), hint: plain("x".repeat(2001)) }] }), /2001/],
  ["a table in a view", modal({ blocks: [{ type: "table", rows: [] }] }), /unsupported type/],
  ["a title on the home page", { type: "home", title: plain("a"), blocks: [] }, /unknown field/],
  ["101 blocks", { type: "home", blocks: times(101, section("a")) }, /100 items/],
  [
    "two elements with the focus",
    modal({ blocks: times(2, input({ focus_on_load: true })) }),
    /focus/,
  ],
  ["no view at all", { type: "workflow_step", blocks: [] }, /unsupported type/],
])("Slack refuses a view with %s", (_, view, complaint) => {
  expect(checkView(view).join("\n")).toMatch(complaint);
});
