import { expect, test } from "vitest";
import {
  readCustomId,
  renderForm,
  renderLine,
  renderMessage,
  renderOpener,
} from "../../../adapters/discord/render.ts";
import type { Form, Message, Option, Part, Picture } from "../../../src/platform.ts";
import { checkComponents } from "../../support/discord/components/message.ts";
import { checkModal } from "../../support/discord/components/modal.ts";

const option = (label: string, more: Partial<Option> = {}): Option => ({
  label,
  token: `token-${label}`.replaceAll(" ", "-").slice(0, 86),
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
  png: new Uint8Array([1, 2, 3]),
  width: 10,
  height: 10,
  alt: "NPS by week, from 31 to 42",
  sparkline: "▁▃▅▇",
};

/** A message in a few words: what Discord takes, one line a component. */
function drawn(...parts: Part[]): unknown[] {
  const sent = renderMessage(message(...parts));
  const files = sent.files.map(({ name }) => name);
  checkComponents(sent.components, true, files);
  return sent.components.map(outline);
}

type Component = ReturnType<typeof renderMessage>["components"][number];

function outline(component: Component): unknown {
  switch (component.type) {
    case 17:
      return component.components.map(outline);
    case 1:
      return component.components.map((inner) =>
        inner.type === 2
          ? `[${"label" in inner ? inner.label : ""}]`
          : `select: ${inner.placeholder ?? ""}`,
      );
    case 9: {
      const { accessory, components } = component;
      const label = "label" in accessory ? accessory.label : "";
      return `${components.map(({ content }) => content).join("\n")} [${label}]`;
    }
    case 10:
      return component.content;
    case 12:
      return component.items.map(({ media, description }) => `${media.url} ${description}`);
    default:
      return "----";
  }
}

test("a question stands out, with its buttons in rows of about one length between what the ends mean", () => {
  const said = drawn(
    { kind: "note", text: "About your chat with Kim in #help" },
    { kind: "link", link: { label: "Open the chat", url: "https://discord.com/channels/1/2" } },
    { kind: "text", text: "How likely is it that you would recommend Acme?" },
    nps,
    { kind: "menu", label: "Not now?", options: options("Ask me later", "Never ask me") },
    { kind: "note", text: "Tap a button or just write." },
  );
  expect(said).toEqual([
    "-# About your chat with Kim in #help · [Open the chat](<https://discord.com/channels/1/2>)",
    "**How likely is it that you would recommend Acme?**",
    "-# 0 = not at all likely",
    ["[0]", "[1]", "[2]", "[3]"],
    ["[4]", "[5]", "[6]", "[7]"],
    ["[8]", "[9]", "[10]"],
    "-# 10 = extremely likely",
    ["select: Not now?"],
    "-# Tap a button or just write.",
  ]);
});

test("every button is neutral", () => {
  const actions: Part = { kind: "actions", options: options("Share", "Change") };
  const json = JSON.stringify(renderMessage(message(nps, actions)).components);
  expect([...json.matchAll(/"style":(\d)/g)].map(([, style]) => style)).toEqual(
    Array.from({ length: 13 }, () => "2"),
  );
});

test("choices are buttons beside each other when they fit, else one under another", () => {
  expect(drawn({ kind: "choices", options: options("Yes, please", "No, thanks") })).toEqual([
    ["[Yes, please]", "[No, thanks]"],
  ]);
  const agree = ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree"];
  expect(drawn({ kind: "choices", options: options(...agree) })).toEqual(
    agree.map((label) => [`[${label}]`]),
  );
  const wide = ["非常不满意", "不满意", "一般", "满意", "非常满意"];
  expect(drawn({ kind: "choices", options: options(...wide) })).toEqual([
    wide.map((label) => `[${label}]`),
  ]);
});

test("choices too long or too many for buttons are a select; what it would cut is told in full", () => {
  const long = options("a".repeat(81), "b");
  expect(drawn({ kind: "choices", options: long })).toEqual([["select: "]]);
  const longer = options("a".repeat(101), "b");
  expect(drawn({ kind: "choices", options: longer })).toEqual([
    `1\\. ${"a".repeat(101)}\n2\\. b`,
    ["select: "],
  ]);
  const many = Array.from({ length: 30 }, (_, i) => option(`n${i}`));
  expect(drawn({ kind: "choices", options: many })).toEqual([["select: "], ["select: "]]);
});

test("many choices are a select that says what it is for where one is wanted, few are buttons", () => {
  const few = options("Yes", "Not sure", "No");
  expect(drawn({ kind: "choices", options: few, pick: "Choose one" })).toEqual([
    ["[Yes]", "[Not sure]", "[No]"],
  ]);
  const many = options("Price", "Gaps", "Effort", "Support", "Another", "Other");
  expect(drawn({ kind: "choices", options: many, pick: "Choose one" })).toEqual([
    ["select: Choose one"],
  ]);
});

test("the only button of a short text stands beside it", () => {
  expect(
    drawn(
      { kind: "note", text: "How likely is it?" },
      { kind: "text", text: "You answered: 9" },
      { kind: "actions", options: options("Change") },
    ),
  ).toEqual(["-# How likely is it?", "You answered: 9 [Change]"]);
  const words = "x".repeat(250);
  expect(
    drawn({ kind: "quote", text: words }, { kind: "actions", options: options("Change") }),
  ).toEqual([`> ${words}`, ["[Change]"]]);
});

test("a button stands beside nothing but words, and a link behind nothing but small print", () => {
  const link = { label: "Open", url: "https://a.example/x" };
  expect(
    drawn(
      { kind: "text", text: "Hello" },
      { kind: "note", text: " " },
      { kind: "link", link },
      { ...nps, low: "", high: "high" },
      { kind: "actions", options: options("Skip") },
    ).filter((each) => !JSON.stringify(each).includes('"[0]"')),
  ).toEqual([
    "Hello",
    ["[Open]"],
    ["[4]", "[5]", "[6]", "[7]"],
    ["[8]", "[9]", "[10]"],
    "-# 10 = high",
    ["[Skip]"],
  ]);
});

test("what only says something is as plain as a person's message", () => {
  expect(drawn({ kind: "text", text: "Thank you!" }, { kind: "note", text: "See you" })).toEqual([
    "Thank you!",
    "-# See you",
  ]);
});

test("a card has an edge in our colour; its quotes stand apart; its buttons are below all of it", () => {
  const link = { label: "Open", url: "https://discord.com/channels/1/2" };
  const parts: Part[] = [
    { kind: "heading", text: "NPS · this week" },
    { kind: "text", text: "NPS +31" },
    { kind: "picture", picture },
    {
      kind: "facts",
      rows: [
        ["Answers", "52"],
        ["Promoters", "26 (50%)"],
      ],
    },
    { kind: "text", text: "What people say" },
    { kind: "quote", text: "Too *slow*\n# really", by: "Dana · 2", link },
    { kind: "actions", options: options("Share") },
  ];
  expect(drawn(...parts)).toEqual([
    [
      "### NPS\u00A0· this week",
      "NPS +31",
      ["attachment://picture.png NPS by week, from 31 to 42"],
      "**Answers**\u200252\u00A0· **Promoters**\u200226 (50%)",
      "----",
      "What people say",
      "> Too \\*slow\\*\n> \\# really\n-# — Dana\u00A0· 2\u00A0· [Open](<https://discord.com/channels/1/2>)",
      ["[Share]"],
    ],
  ]);
  expect(renderMessage(message(...parts)).components[0]).toMatchObject({ accent_color: 0x0b5cab });
  // Where we read messages back, none of ours may be in a container.
  expect(JSON.stringify(renderMessage(message(nps)))).not.toContain('"type":17');
});

test("a section of a card begins below a line, its title with what follows it", () => {
  const title = (text: string): Part => ({ kind: "heading", text, minor: true });
  const parts: Part[] = [
    { kind: "heading", text: "How asking is going" },
    ...[title("Running"), { kind: "facts", rows: [["exit", "as soon as somebody leaves"]] }],
    ...[title("Asked"), { kind: "text", text: "Nobody" }],
    ...[
      { kind: "text", text: "Nothing waits." },
      { kind: "note", text: "So far" },
    ],
    { kind: "actions", options: options("Stop", "Look") },
  ] as Part[];
  expect(drawn(...parts)).toEqual([
    [
      "### How asking is going",
      "**Running**\n**exit**\u2002as soon as somebody leaves",
      ...["----", "**Asked**\nNobody", "Nothing waits.", "-# So far", ["[Stop]", "[Look]"]],
    ],
  ]);
});

test("bars are aligned whatever the language of their labels", () => {
  const bars: Part = {
    kind: "bars",
    title: "Who answered how",
    bars: [
      { label: "Promoters", value: "71", share: 0.6 },
      { label: "Критики", value: "9 人", share: 0.04 },
      { label: "中立者", value: "0", share: Number.NaN },
      { label: "``` all", value: "118", share: 7 },
    ],
  };
  expect(drawn(bars)).toEqual([
    [
      "**Who answered how**",
      "```",
      "██████░░░░   71  Promoters",
      "▌░░░░░░░░░ 9 人  Критики",
      "░░░░░░░░░░    0  中立者",
      "██████████  118  ˋˋˋ all",
      "```",
    ].join("\n"),
  ]);
});

test("scores stand before their bars", () => {
  const bars = [9, 10].map((score) => ({
    label: String(score),
    value: `${score} (5%)`,
    share: 0.5,
  }));
  expect(drawn({ kind: "bars", title: "", bars })).toEqual([
    ["```", " 9 █████░░░░░  9 (5%)", "10 █████░░░░░ 10 (5%)", "```"].join("\n"),
  ]);
});

test("a picture comes as a file that is shown with its words", () => {
  const sent = renderMessage(message({ kind: "picture", picture }), { pictureName: "nps.png" });
  expect(sent.attachments).toEqual([{ id: 0, filename: "nps.png", description: picture.alt }]);
  expect(sent.files).toEqual([
    { name: "nps.png", data: picture.png, contentType: "image/png", description: picture.alt },
  ]);
  const two = renderMessage(
    message({ kind: "picture", picture }, { kind: "picture", picture: { ...picture } }),
  );
  expect(two.files.map(({ name }) => name)).toEqual(["picture.png", "2-picture.png"]);
  const none = renderMessage(message({ kind: "text", text: "a" }));
  expect([none.files, none.attachments]).toEqual([[], []]);
});

test("a link is a button of its own, in one row with the buttons behind it", () => {
  const link = { label: "Open the chat", url: "https://a.example/x" };
  expect(
    drawn({ kind: "link", link }, { kind: "actions", options: options("Claim", "Close") }),
  ).toEqual([["[Open the chat]", "[Claim]", "[Close]"]]);
});

test.each([
  "javascript:alert(1)",
  "data:text/html,x",
  "discord://x",
  "none",
  `https://a.example/${"x".repeat(512)}`,
])("a link that no browser should open is left out: %s", (url) => {
  const link = { label: "Open", url };
  const parts: Part[] = [
    { kind: "text", text: "a" },
    { kind: "link", link },
    { kind: "quote", text: "b", link },
    { kind: "note", text: "c" },
    { kind: "link", link },
  ];
  expect(drawn(...parts)).toEqual(["a", "> b", "-# c"]);
});

test("N6 nobody is ever notified, and the flag says that it is made of components", () => {
  const sent = renderMessage(message({ kind: "text", text: "@everyone" }));
  expect(sent).toMatchObject({ flags: 1 << 15, allowed_mentions: { parse: [] } });
});

test("a message without anything to show says its summary", () => {
  expect(drawn()).toEqual(["How was it?"]);
  expect(drawn({ kind: "text", text: "\u200b" }, { kind: "actions", options: [] })).toEqual([
    "How was it?",
  ]);
  expect(renderMessage({ summary: " ", parts: [], locale: "en" }).components).toEqual([
    { type: 10, content: "…" },
  ]);
});

test("of a whisper everybody sees its opener only: a sentence and its button", () => {
  const opener = { says: "Dana, how did it go?", option: option("Answer") };
  const secret: Message = { ...message({ kind: "text", text: "secret" }, nps), opener };
  const shown = renderOpener(secret);
  expect(shown?.components.map(outline)).toEqual(["Dana, how did it go? [Answer]"]);
  expect(JSON.stringify(shown)).not.toMatch(/secret|How was it/);
  expect(renderOpener(message(nps))).toBeUndefined();
});

test("a button that is there twice is there once, whatever part it is in", () => {
  const [later, share] = [option("Later"), option("Share")];
  expect(
    drawn(
      { kind: "actions", options: [later, share, later] },
      { kind: "choices", options: [share] },
      { kind: "menu", label: "More", options: [later, later] },
    ),
  ).toEqual([["[Later]", "[Share]"], ["select: More"]]);
});

test("a sentence of our own has nothing else", () => {
  expect(renderLine("Done *here*.").components).toEqual([
    { type: 10, content: "Done \\*here\\*." },
  ]);
});

test("a button carries its token, whether a form is the answer, and in a direct message the guild", () => {
  const guildId = "1234567890123456789";
  const token = "t".repeat(86);
  const ids = (guild: { guildId?: string }, more: Partial<Option>) => {
    const part: Part = { kind: "actions", options: [{ label: "a", token, ...more }] };
    const json = JSON.stringify(renderMessage(message(part), guild).components);
    return /"custom_id":"([^"]+)"/.exec(json)?.[1] ?? "";
  };
  expect(readCustomId(ids({}, {}))).toEqual({ token, opensForm: false });
  expect(readCustomId(ids({}, { opens: "form" }))).toEqual({
    token,
    opensForm: true,
  });
  expect(readCustomId(ids({ guildId }, {}))).toEqual({
    token,
    guildId,
    opensForm: false,
  });
  const longest = ids({ guildId: "18446744073709551615" }, { opens: "form" });
  expect(longest).toHaveLength(100);
  expect(readCustomId(longest)).toEqual({
    token,
    guildId: "18446744073709551615",
    opensForm: true,
  });
});

test("of a select the chosen option counts, in a direct message too", () => {
  const menu: Part = {
    kind: "menu",
    label: "More",
    options: [option("Later"), option("Write", { opens: "form" })],
  };
  const json = JSON.stringify(renderMessage(message(menu), { guildId: "35" }).components);
  const values = [...json.matchAll(/"value":"([^"]+)"/g)].map(([, value]) => value ?? "");
  expect(values.map((value) => readCustomId(value))).toEqual([
    { token: "token-Later", guildId: "35", opensForm: false },
    { token: "token-Write", guildId: "35", opensForm: true },
  ]);
});

test.each(["", "@", "!1", "a@b@c", "a@Z", "a@12345678901234"])(
  "%j is no custom id of ours",
  (id) => {
    expect(readCustomId(id)).toBeUndefined();
  },
);

const form: Form = {
  title: "Your words",
  submit: { label: "Send", token: "w.abc.comment.why" },
  fields: [
    { name: "why", label: "What went wrong?", multiline: true, required: true, maxLength: 9000 },
    {
      name: "email",
      label: "The address where we may write to you if you would like that",
      multiline: false,
      required: false,
      maxLength: 5,
      value: "abcdefgh",
    },
  ],
};

test("a form is a modal with a labelled input for each field, which has its name", () => {
  const modal = renderForm(form, { guildId: "35" });
  checkModal(modal);
  expect(modal).toEqual({
    custom_id: "w.abc.comment.why@z",
    title: "Your words",
    components: [
      {
        type: 18,
        label: "What went wrong?",
        component: { type: 4, custom_id: "why", style: 2, required: true, max_length: 4000 },
      },
      {
        type: 18,
        label: "The address where we may write to you if you…".slice(0, 44).concat("…"),
        description: "The address where we may write to you if you would like that",
        component: {
          type: 4,
          custom_id: "email",
          style: 1,
          required: false,
          max_length: 5,
          value: "abcd…",
        },
      },
    ],
  });
});
