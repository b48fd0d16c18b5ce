import { expect, test } from "vitest";
import { renderMessage } from "../../../adapters/slack/render.ts";
import type { Message, Option, Part, Picture } from "../../../src/platform.ts";
import { checkMessage } from "../../support/slack/block-kit.ts";
import { shownIn } from "../../support/slack/mrkdwn-blocks.ts";

const option = (label: string, more: Partial<Option> = {}): Option => ({
  label,
  token: `token-${label}`.slice(0, 100),
  ...more,
});
const options = (...labels: string[]) => labels.map((label) => option(label));
const message = (...parts: Part[]): Message => ({ summary: "How was it?", parts, locale: "en" });
const nps: Part = {
  kind: "scale",
  options: Array.from({ length: 11 }, (_, i) => option(String(i), { hint: `${i} of 10` })),
  low: "not at all likely",
  high: "extremely likely",
};
const picture: Picture = {
  png: new Uint8Array(),
  width: 10,
  height: 10,
  alt: "NPS by week, from 31 to 42",
  sparkline: "▁▃▅▇",
};

/** The blocks of a message that Slack takes. */
function blocksOf(...parts: Part[]) {
  const sent = renderMessage(message(...parts));
  expect(checkMessage(sent)).toEqual([]);
  return sent.blocks;
}

const elementsOf = (...parts: Part[]) =>
  blocksOf(...parts).flatMap((block) => (block.type === "actions" ? block.elements : []));

test("a scale is one row of neutral buttons, each with words for screen readers, its ends told below", () => {
  const [row, ends, ...more] = blocksOf(nps);
  expect(more).toEqual([]);
  expect(row).toMatchObject({ type: "actions" });
  const buttons = elementsOf(nps);
  expect(buttons).toHaveLength(11);
  expect(buttons[9]).toEqual({
    type: "button",
    action_id: "tap:0.9",
    text: { type: "plain_text", text: "9", emoji: false },
    value: "token-9",
    accessibility_label: "9 of 10",
  });
  expect(buttons.filter((button) => "style" in button)).toEqual([]);
  expect(ends).toEqual({
    type: "context",
    elements: [
      { type: "plain_text", text: "0 = not at all likely · 10 = extremely likely", emoji: false },
    ],
  });
});

test("choices are buttons with their whole labels; what a button could cut is a radio button", () => {
  const agree = options("Strongly disagree", "Neither agree nor disagree", "Strongly agree");
  expect(elementsOf({ kind: "choices", options: agree })).toMatchObject(
    agree.map(({ label, token }) => ({ type: "button", text: { text: label }, value: token })),
  );
  const satisfied = options("Satisfied", "Neither satisfied nor dissatisfied");
  expect(elementsOf({ kind: "choices", options: satisfied })).toMatchObject([
    {
      type: "radio_buttons",
      action_id: "tap:0.0",
      options: satisfied.map(({ label, token }) => ({ text: { text: label }, value: token })),
    },
  ]);
  const chinese = options("非常同意".repeat(4));
  expect(elementsOf({ kind: "choices", options: chinese })[0]).toHaveProperty(
    "type",
    "radio_buttons",
  );
});

test("many choices are a list to pick from where one is wanted, few are buttons", () => {
  const few = options("Yes", "Not sure", "No");
  expect(elementsOf({ kind: "choices", options: few, pick: "Choose one" })).toMatchObject(
    few.map(() => ({ type: "button" })),
  );
  const reasons = options("Price <!here>", "Gaps", "Effort", "Support", "Another", "Other");
  expect(elementsOf({ kind: "choices", options: reasons, pick: "Choose *one*" })).toEqual([
    {
      type: "static_select",
      action_id: "tap:0.0",
      placeholder: { type: "plain_text", text: "Choose *one*", emoji: false },
      options: reasons.map(({ label, token }) => ({
        text: { type: "plain_text", text: label, emoji: false },
        value: token,
      })),
    },
  ]);
  const long = [...reasons, option("x".repeat(76))];
  expect(elementsOf({ kind: "choices", options: long, pick: "Choose one" })[0]).toHaveProperty(
    "type",
    "button",
  );
});

test("choices that fit no control are told in full, with a numbered button for each", () => {
  const long = options("a".repeat(76), "b".repeat(200));
  const blocks = blocksOf({ kind: "choices", options: long });
  expect(shownIn(blocks)).toEqual([`1. ${"a".repeat(76)}\n2. ${"b".repeat(200)}`, "1", "2"]);
  expect(JSON.stringify(blocks)).toContain(`"accessibility_label":"${"b".repeat(74)}…"`);
});

test("what cannot be taken back is red, whichever control its button is in", () => {
  const erase = option("Erase all", { tone: "danger" });
  const long = option("x".repeat(90), { tone: "danger" });
  const styles = (...parts: Part[]) =>
    elementsOf(...parts).map((element) => ("style" in element ? element.style : undefined));
  expect(styles({ kind: "actions", options: [erase, option("Keep")] })).toEqual([
    ...["danger", undefined],
  ]);
  expect(styles({ kind: "choices", options: [option("Keep"), long] })).toEqual([
    ...[undefined, "danger"],
  ]);
});

test("a menu is an overflow menu beside the words that say what it is for; a long one is a select", () => {
  const few = { kind: "menu", label: "Not now?", options: options("Later", "Never") } as const;
  expect(blocksOf(few)).toEqual([
    {
      type: "section",
      text: { type: "plain_text", text: "Not now?", emoji: false },
      accessory: {
        type: "overflow",
        action_id: "tap:0.0",
        options: ["Later", "Never"].map((label) => ({
          text: { type: "plain_text", text: label, emoji: false },
          value: `token-${label}`,
        })),
      },
    },
  ]);
  const many = options("a", "b", "c", "d", "e", "f");
  expect(blocksOf({ ...few, options: many })).toMatchObject([
    { accessory: { type: "static_select", placeholder: { text: "Not now?" } } },
  ]);
});

test("a control that is answered with a form says so in its action_id, in menus too", () => {
  const both = [option("Later"), option("Write", { opens: "form" })];
  const ids = (part: Part) => JSON.stringify(blocksOf(part)).match(/(?<="action_id":")[^"]+/g);
  expect(ids({ kind: "actions", options: both })).toEqual(["tap:0.0", "form:0.1"]);
  expect(ids({ kind: "menu", label: "More", options: both })).toEqual(["tap:0.0", "form:0.1"]);
});

test("every action_id of a message is its own", () => {
  const menu: Part = { kind: "menu", label: "Not now?", options: options("Later") };
  const actions: Part = { kind: "actions", options: options(..."abcdefghijklmnopqrstuvwxyzäöü") };
  const json = JSON.stringify(blocksOf(nps, nps, menu, menu, actions));
  const ids = json.match(/(?<="action_id":")[^"]+/g) ?? [];
  expect(ids).toHaveLength(11 + 11 + 2 + 29);
  expect(new Set(ids).size).toBe(ids.length);
});

test("a few short facts share a line, others have one each", () => {
  const short = ["Answers", "Promoters", "Passives", "Detractors"] as const;
  const few = short.map((label) => [label, "12 (33%)"] as const);
  const words = (rows: typeof few) => shownIn(blocksOf({ kind: "facts", rows })).join("");
  expect(words(few)).toBe(short.map((label) => `${label}\u200212 (33%)`).join("\u00A0· "));
  const many = [...few, ["Answers", "12 (33%)"] as const];
  expect(words(many)).toContain("12 (33%)\nDetractors");
});

test("a section of a card begins below a line, its title with what follows it", () => {
  const facts = (label: string): Part => ({ kind: "facts", rows: [[label, "12"]] });
  const title = (text: string): Part => ({ kind: "heading", text, minor: true });
  const card: Part = { kind: "heading", text: "How asking is going" };
  const blocks = blocksOf(card, title("Running"), facts("a"), title("Asked"), facts("b"), nps);
  expect(blocks.map(({ type }) => type)).toEqual([
    ...["header", "rich_text", "divider", "rich_text", "actions", "context"],
  ]);
  expect(shownIn(blocks).slice(1, 4)).toEqual(["Running", "a", "\u200212"]);
});

test("bars are aligned whatever the language of their labels", () => {
  const bars: Part = {
    kind: "bars",
    title: "Who answered how",
    bars: [
      { label: "Promoters", value: "71", share: 0.6 },
      { label: "Критики", value: "9 人", share: 0.04 },
      { label: "中立者", value: "0", share: Number.NaN },
      { label: "all", value: "118", share: 7 },
    ],
  };
  expect(shownIn(blocksOf(bars))).toEqual([
    "Who answered how",
    [
      "███████░░░░░   71  Promoters",
      "▌░░░░░░░░░░░ 9 人  Критики",
      "░░░░░░░░░░░░    0  中立者",
      "████████████  118  all",
    ].join("\n"),
  ]);
});

test("scores stand before their bars, and long labels above them", () => {
  const linesOf = (...labels: string[]) => {
    const bars = labels.map((label) => ({ label, value: "9 (5%)", share: 0.5 }));
    return shownIn(blocksOf({ kind: "bars", title: "", bars })).join("\n");
  };
  expect(linesOf("9", "10")).toBe(" 9 ██████░░░░░░ 9 (5%)\n10 ██████░░░░░░ 9 (5%)");
  expect(linesOf("1 · Very dissatisfied")).toBe("1 · Very dissatisfied\n██████░░░░░░ 9 (5%)");
});

test("lines never begin with the dot between two parts, and numbers keep their signs", () => {
  const words = "NPS +31 (95 % range) · n 52 · 20 of 44";
  const held = "NPS +31 (95\u00A0% range)\u00A0· n\u00A052\u00A0· 20 of 44";
  for (const kind of ["heading", "text", "note"] as const) {
    expect(shownIn(blocksOf({ kind, text: words }))).toEqual([held]);
  }
  // What people wrote stays as they wrote it.
  expect(shownIn(blocksOf({ kind: "quote", text: words })).join("")).toBe(words);
});

test("a picture is the uploaded file, or its curve and its words", () => {
  const sent = renderMessage(message({ kind: "picture", picture }), { pictureFile: "F123" });
  expect(sent.blocks).toEqual([
    { type: "image", slack_file: { id: "F123" }, alt_text: picture.alt },
  ]);
  expect(checkMessage(sent)).toEqual([]);
  expect(shownIn(blocksOf({ kind: "picture", picture }))).toEqual(["▁▃▅▇", picture.alt]);
});

test("a quote is told from our words, with its writer and the way there below it", () => {
  const link = { label: "Open the chat", url: "https://acme.slack.com/archives/C1/p1?a=1&b=2" };
  const [block, ...more] = blocksOf({ kind: "quote", text: "Too *slow*", by: "2 · Dana", link });
  expect(more).toEqual([]);
  expect(block).toEqual({
    type: "rich_text",
    elements: [
      { type: "rich_text_quote", elements: [{ type: "text", text: "Too *slow*" }] },
      {
        type: "rich_text_section",
        elements: [
          { type: "text", text: "— 2\u00A0· Dana\u00A0· " },
          { type: "link", url: link.url, text: link.label },
        ],
      },
    ],
  });
});

test.each([
  "javascript:alert(1)",
  "data:text/html,x",
  "slack://open",
  "not a url",
  `https://a.example/${"x".repeat(3000)}`,
])("a link that no browser should open is left out: %s", (url) => {
  const link = { label: "Open", url };
  expect(blocksOf({ kind: "link", link }, { kind: "text", text: "a" })).toHaveLength(1);
  expect(JSON.stringify(blocksOf({ kind: "quote", text: "a", link }))).not.toContain('"link"');
});

test("a link is small print, behind the note that it follows", () => {
  const link = { label: "Open | <!here> *now*", url: "https://a.example/x|y?a=1&b=<2>" };
  const text = "<https://a.example/x%7Cy?a=1&amp;b=%3C2%3E|Open ǀ &lt;!here&gt; ∗now∗>";
  const element = { type: "mrkdwn", text, verbatim: true };
  expect(blocksOf({ kind: "link", link })).toEqual([{ type: "context", elements: [element] }]);
  const about: Part = { kind: "note", text: "About your chat in #help" };
  expect(blocksOf(about, { kind: "link", link }, { kind: "text", text: "How was it?" })).toEqual([
    {
      type: "context",
      elements: [{ type: "plain_text", text: about.text, emoji: false }, element],
    },
    { type: "section", text: { type: "plain_text", text: "How was it?", emoji: false } },
  ]);
});

test("headings are headers, small print is context, and what is empty is left out", () => {
  const blocks = blocksOf(
    { kind: "heading", text: "NPS\nthis week" },
    { kind: "text", text: "Line one\r\nline two" },
    { kind: "note", text: "so far" },
    { kind: "heading", text: "x".repeat(151) },
    { kind: "text", text: " \u200b\n" },
    { kind: "facts", rows: [] },
    { kind: "actions", options: [] },
  );
  expect(blocks.map(({ type }) => type)).toEqual(["header", "section", "context", "rich_text"]);
  expect(shownIn(blocks).slice(0, 3)).toEqual(["NPS this week", "Line one\nline two", "so far"]);
});
