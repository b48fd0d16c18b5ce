import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Rendered,
  readCustomId,
  renderForm,
  renderMessage,
  renderOpener,
} from "../../../../adapters/discord/render.ts";
import type { Form, Message, Option, Part } from "../../../../src/platform.ts";
import { checkComponents } from "../../../support/discord/components/message.ts";
import { checkModal } from "../../../support/discord/components/modal.ts";
import { walk } from "../../../support/discord/components/rules.ts";
import { hostileText, hostileWords } from "./hostile.ts";
import { readMarkdown } from "./markdown-reader.ts";

const token = fc.string({
  unit: fc.constantFrom(..."abcXYZ019._-"),
  minLength: 20,
  maxLength: 86,
});
const option: fc.Arbitrary<Option> = fc.record(
  { label: hostileWords, token, hint: hostileWords, opens: fc.constant("form" as const) },
  { requiredKeys: ["label", "token"] },
);
const options = (maxLength: number) => fc.array(option, { maxLength });
const link = fc.record({
  label: hostileWords,
  url: fc.oneof(
    fc.constantFrom("https://discord.com/channels/1/2?a=(1)&b=2", "http://a.example"),
    hostileWords,
  ),
});
const control: fc.Arbitrary<Part> = fc.oneof(
  fc.record({
    kind: fc.constant("scale" as const),
    options: options(11),
    low: hostileWords,
    high: hostileWords,
  }),
  fc.record(
    { kind: fc.constant("choices" as const), options: options(7), pick: hostileWords },
    { requiredKeys: ["kind", "options"] },
  ),
  fc.record({ kind: fc.constant("actions" as const), options: options(4) }),
  fc.record({ kind: fc.constant("menu" as const), label: hostileWords, options: options(27) }),
);
const bar = fc.record({ label: hostileWords, value: hostileWords, share: fc.double() });
const words: fc.Arbitrary<Part> = fc.oneof(
  fc.record({ kind: fc.constantFrom("text", "note"), text: hostileText }),
  fc.record(
    { kind: fc.constant("heading" as const), text: hostileText, minor: fc.constant(true as const) },
    { requiredKeys: ["kind", "text"] },
  ),
  fc.record(
    { kind: fc.constant("quote" as const), text: hostileText, by: hostileText, link },
    { requiredKeys: ["kind", "text"] },
  ),
  fc.record({
    kind: fc.constant("facts" as const),
    rows: fc.array(fc.tuple(hostileText, hostileText), { maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant("bars" as const), title: hostileText, bars: fc.array(bar) }),
  fc.record({
    kind: fc.constant("picture" as const),
    picture: fc.record({
      png: fc.constant(new Uint8Array()),
      width: fc.constant(1),
      height: fc.constant(1),
      alt: hostileText,
    }),
  }),
  fc.record({ kind: fc.constant("link" as const), link }),
);
/** Many parts, among them as many controls as a message of ours could ever have. */
const anyMessage = (maxLength: number): fc.Arbitrary<Message> =>
  fc
    .tuple(hostileText, fc.array(words, { maxLength }), fc.array(control, { maxLength: 4 }))
    .chain(([summary, texts, controls]) =>
      fc
        .shuffledSubarray([...texts, ...controls], { minLength: texts.length + controls.length })
        .map((parts) => ({ summary, parts, locale: "en" })),
    );

const optionsIn = ({ parts }: Message) =>
  parts.flatMap((part) => ("options" in part ? part.options : []));

function taken(sent: Rendered): void {
  checkComponents(
    sent.components,
    true,
    sent.files.map(({ name }) => name),
  );
  expect(sent.allowed_mentions).toEqual({ parse: [] });
}

const guild = fc.constantFrom({}, { guildId: "18446744073709551615" });

/** The tokens of everything that can be pressed. */
function pressable({ components }: Rendered): Set<string | undefined> {
  const json = JSON.stringify(components);
  const ids = [...json.matchAll(/"(?:custom_id|value)":"([^"]+)"/g)];
  return new Set(ids.map(([, id = ""]) => readCustomId(id)?.token));
}

test("F20 whatever is in a message, Discord takes it, and no button of it is lost", () => {
  fc.assert(
    fc.property(fc.oneof(anyMessage(8), anyMessage(60)), guild, (message, options) => {
      const sent = renderMessage(message, options);
      taken(sent);
      const tokens = pressable(sent);
      for (const each of optionsIn(message)) expect(tokens).toContain(each.token);
      expect(JSON.stringify(sent.components)).not.toMatch(/\\u00[01]|[\u202A-\u202E\u2066-\u2069]/);
    }),
    // Messages of this size take minutes to shrink.
    { endOnFailure: true },
  );
});

const ours = /^(?:heading|small|quote|bold|code|link https?:\/\/\S+)$/;

test("N6 nothing that anybody wrote is alive: no mention, emoji, address, style of their own", () => {
  fc.assert(
    fc.property(anyMessage(10), (message) => {
      const { components } = renderMessage(message);
      const texts = walk(components, []).flatMap(({ component: { content } }) =>
        typeof content === "string" ? [content] : [],
      );
      const live = texts.flatMap((text) => readMarkdown(text).live);
      expect(live.filter((found) => !ours.test(found))).toEqual([]);
      const said = message.parts.flatMap((part) => ("link" in part && part.link) || []);
      const known = new Set(said.map(({ url }) => URL.parse(url)?.host));
      for (const found of live.filter((each) => each.startsWith("link "))) {
        expect(known).toContain(URL.parse(found.slice(5))?.host);
      }
    }),
    { endOnFailure: true },
  );
});

test("N6 a dash or a number that something of ours is written behind begins no list", () => {
  const rows = [["", "-"] as const, ["", "1."] as const, ["", "- "] as const];
  for (const first of rows) {
    const facts: Part = { kind: "facts", rows: [first, ["Team", "Support"]] };
    const { components } = renderMessage({ summary: "a", parts: [facts], locale: "en" });
    const live = walk(components, []).flatMap(({ component: { content } }) =>
      typeof content === "string" ? readMarkdown(content).live : [],
    );
    expect(live).toEqual(["bold"]);
  }
});

test("F20 N6 the same for what all may see of a whisper", () => {
  fc.assert(
    fc.property(hostileText, option, guild, (says, button, options) => {
      const message: Message = {
        summary: "",
        parts: [],
        locale: "en",
        opener: { says, option: button },
      };
      const sent = renderOpener(message, options);
      expect(sent).toBeDefined();
      if (sent === undefined) return;
      taken(sent);
      expect(pressable(sent)).toEqual(new Set([button.token]));
    }),
  );
});

test("F20 whatever a form says, Discord opens it", () => {
  const text = fc.oneof(hostileWords, fc.constantFrom("", "👩‍👩‍👧‍👦".repeat(9), "x".repeat(5000)));
  const field = fc.record(
    {
      name: fc.stringMatching(/^[a-z-]{1,20}$/),
      label: text,
      multiline: fc.boolean(),
      required: fc.boolean(),
      maxLength: fc.integer({ min: 1, max: 5000 }),
      value: text,
      hint: text,
      problem: text,
      many: fc.constant(true as const),
    },
    { requiredKeys: ["name", "label", "multiline", "required", "maxLength"] },
  );
  const forms: fc.Arbitrary<Form> = fc.record(
    {
      title: text,
      submit: fc.record({ label: text, token }),
      notice: text,
      fields: fc.uniqueArray(field, { selector: ({ name }) => name, maxLength: 6 }),
    },
    { requiredKeys: ["title", "submit", "fields"] },
  );
  fc.assert(
    fc.property(forms, guild, (form, options) => {
      const modal = renderForm(form, options);
      checkModal(modal);
      expect(readCustomId(modal.custom_id)?.token).toBe(form.submit.token);
    }),
  );
});

const textsOf = ({ components }: Rendered) =>
  walk(components, []).flatMap(({ component: { content } }) =>
    typeof content === "string" ? [readMarkdown(content).text] : [],
  );

test("F20 what is too long loses its end between letters, the longest text first", () => {
  const family = "👩‍👩‍👧‍👦";
  const sent = renderMessage({
    summary: "Low score",
    locale: "en",
    parts: [
      { kind: "heading", text: "Low score" },
      { kind: "quote", text: family.repeat(3000), by: "Dana" },
      { kind: "text", text: "y".repeat(1500) },
      { kind: "facts", rows: [["Team", "Support"]] },
    ],
  });
  taken(sent);
  const [heading, quote = "", text, facts] = textsOf(sent);
  expect(heading).toBe("Low score");
  expect(quote.replaceAll(family, "")).toBe("…\n— Dana");
  expect(quote.length).toBeGreaterThan(2000);
  expect([text, facts]).toEqual(["y".repeat(1500), "Team\u2002Support"]);
});

test("F20 too many texts are put together before anything is left out", () => {
  const parts: Part[] = Array.from({ length: 60 }, (_, i) => ({ kind: "note", text: `Note ${i}` }));
  const actions: Part = { kind: "actions", options: [{ label: "Share", token: "share" }] };
  const sent = renderMessage({ summary: "a", parts: [...parts, actions], locale: "en" });
  taken(sent);
  expect(textsOf(sent).join("\n").split("\n")).toEqual(parts.map((_, i) => `Note ${i}`));
});

test.each([
  ["40 components are taken as they are", 24, 40],
  ["of 41 the texts are put together", 25, 16],
])("F20 %s, everything counted", (_, notes, components) => {
  const few: Part[] = Array.from({ length: notes }, (_, i) => ({ kind: "note", text: `${i}` }));
  const labels = Array.from({ length: 11 }, (_, i) => ({ label: `${i}`, token: `t${i}` }));
  const actions: Part = { kind: "actions", options: labels.slice(0, 1) };
  const scale: Part = { kind: "scale", options: labels.slice(1), low: "", high: "" };
  const heading: Part = { kind: "heading", text: "Card" };
  const sent = renderMessage({
    summary: "a",
    parts: [heading, ...few, scale, actions],
    locale: "en",
  });
  taken(sent);
  expect(walk(sent.components, [])).toHaveLength(components);
});

test("F20 too many buttons become selects; where all is too much, the last words go", () => {
  const scale: Part = {
    kind: "scale",
    options: Array.from({ length: 11 }, (_, i) => ({ label: String(i), token: `s${i}` })),
    low: "bad",
    high: "good",
  };
  const scales = Array.from(
    { length: 3 },
    (_, n): Part => ({
      ...scale,
      options: scale.options.map(({ label, token: id }) => ({ label, token: `${n}${id}` })),
    }),
  );
  const few = renderMessage({ summary: "a", parts: scales, locale: "en" });
  taken(few);
  expect(pressable(few).size).toBeGreaterThanOrEqual(33);
  const notes: Part[] = Array.from({ length: 300 }, (_, i) => ({
    kind: "text",
    text: `${i} ${"x".repeat(100)}`,
  }));
  const many = renderMessage({ summary: "a", parts: [...notes, ...scales], locale: "en" });
  taken(many);
  expect(pressable(many).size).toBeGreaterThanOrEqual(33);
  expect(textsOf(many)[0]).toMatch(/^0 x+…\n1 x+…\n2 x/);
});
