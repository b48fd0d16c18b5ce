import fc from "fast-check";
import { expect, test } from "vitest";
import { renderMessage } from "../../../../adapters/slack/render.ts";
import type { Message, Option, Part } from "../../../../src/platform.ts";
import { checkMessage } from "../../../support/slack/block-kit.ts";
import { liveIn, shownIn } from "../../../support/slack/mrkdwn-blocks.ts";
import { hostileText, hostileWords } from "../../../support/slack/mrkdwn-hostile.ts";

const token = fc.string({
  unit: fc.constantFrom(..."abcXYZ019._-"),
  minLength: 100,
  maxLength: 100,
});
const option: fc.Arbitrary<Option> = fc.record(
  { label: hostileWords, token, hint: hostileWords, opens: fc.constant("form" as const) },
  { requiredKeys: ["label", "token"] },
);
const options = (maxLength: number) => fc.array(option, { maxLength });
const link = fc.record({
  label: hostileWords,
  url: fc.oneof(
    fc.constantFrom("https://acme.slack.com/archives/C1/p1?a=1&b=2", "http://a.example"),
    hostileWords,
  ),
});
const fewButtons: fc.Arbitrary<Part> = fc.oneof(
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
  fc.record({ kind: fc.constant("menu" as const), label: hostileWords, options: options(7) }),
);
const bar = fc.record({ label: hostileWords, value: hostileWords, share: fc.double() });
const textPart: fc.Arbitrary<Part> = fc.oneof(
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
    picture: fc.record(
      {
        png: fc.constant(new Uint8Array()),
        width: fc.constant(1),
        height: fc.constant(1),
        alt: hostileText,
        sparkline: hostileWords,
      },
      { requiredKeys: ["png", "width", "height", "alt"] },
    ),
  }),
  fc.record({ kind: fc.constant("link" as const), link }),
);
/** Many parts, among them as many controls as a message of ours could ever have. */
const anyMessage = (maxLength: number): fc.Arbitrary<Message> =>
  fc
    .tuple(hostileText, fc.array(textPart, { maxLength }), fc.array(fewButtons, { maxLength: 3 }))
    .chain(([summary, texts, controls]) =>
      fc
        .shuffledSubarray([...texts, ...controls], { minLength: texts.length + controls.length })
        .map((parts) => ({ summary, parts, locale: "en" })),
    );

const optionsIn = ({ parts }: Message) =>
  parts.flatMap((part) => ("options" in part ? part.options : []));

test("F20 whatever is in a message, Slack takes it, and no button of it is lost", () => {
  fc.assert(
    fc.property(fc.oneof(anyMessage(8), anyMessage(60)), fc.boolean(), (message, uploaded) => {
      const sent = renderMessage(message, uploaded ? { pictureFile: "F123" } : {});
      expect(checkMessage(sent)).toEqual([]);
      // https://docs.slack.dev/reference/methods/chat.update: `msg_too_long`
      expect(sent.text.length).toBeLessThanOrEqual(4000);
      const json = JSON.stringify(sent.blocks);
      for (const { token } of optionsIn(message)) expect(json).toContain(`"value":"${token}"`);
      expect(json).not.toMatch(/\\u00[01]|[\u202A-\u202E\u2066-\u2069]/);
    }),
    // Messages of this size take minutes to shrink.
    { endOnFailure: true },
  );
});

/** Of `<https://…|label>`, where `&` is escaped, or of a bare one, where it stands for itself. */
const addressesIn = (link: string) => {
  const address = link.replace(/^<|\|[^|]*>$/g, "").replaceAll("%7C", "|");
  return [address, address.replaceAll("&amp;", "&")];
};

test("N5 nothing that anybody wrote is alive: no mention, no link, no formatting, no emoji", () => {
  fc.assert(
    fc.property(anyMessage(10), (message) => {
      const links = message.parts.flatMap((part) => ("link" in part && part.link) || []);
      const ours = new Set(links.map(({ url }) => URL.parse(url)?.href.replaceAll("%7C", "|")));
      const live = liveIn(renderMessage(message));
      expect(live.mentions).toEqual([]);
      expect(live.formatting).toEqual([]);
      const isOurs = (link: string) => addressesIn(link).some((address) => ours.has(address));
      expect(live.links.filter((link) => !isOurs(link))).toEqual([]);
    }),
  );
});

const unmarked = (text: string) => text.replace(/\s+/g, " ").trim();

test("F20 a short message is shown with every word of everybody", () => {
  const word = fc.constantFrom(
    "Dana",
    "<!channel>",
    "*бог*",
    ":tada:",
    "慢",
    "👩‍👩‍👧",
    "a_b",
    "&lt;",
  );
  const text = fc.array(word, { minLength: 1, maxLength: 12 }).map((some) => some.join(" "));
  const part: fc.Arbitrary<Part> = fc.oneof(
    fc.record({ kind: fc.constantFrom("heading", "text", "note"), text }),
    fc.record({ kind: fc.constant("quote" as const), text, by: text }),
    fc.record({ kind: fc.constant("facts" as const), rows: fc.tuple(fc.tuple(text, text)) }),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const shown = unmarked(
        shownIn(renderMessage({ summary: "a", parts, locale: "en" }).blocks).join(" "),
      );
      for (const said of parts.flatMap((p) => ("text" in p ? [p.text, "by" in p && p.by] : []))) {
        if (said) expect(shown).toContain(unmarked(said));
      }
    }),
  );
});

test("F20 what is too long loses its end between letters, the longest text first", () => {
  const family = "👩‍👩‍👧‍👦";
  const message: Message = {
    summary: "Low score",
    locale: "en",
    parts: [
      { kind: "heading", text: "Low score" },
      { kind: "quote", text: family.repeat(3000), by: "Dana" },
      { kind: "text", text: "y".repeat(4000) },
      { kind: "facts", rows: [["Team", "Support"]] },
    ],
  };
  const [heading, quote = "", by, text, rest, ...facts] = shownIn(renderMessage(message).blocks);
  expect(heading).toBe("Low score");
  expect(quote.replaceAll(family, "")).toBe("…");
  expect(quote.length).toBeGreaterThan(7000);
  expect(by).toBe("— Dana");
  expect(`${text}${rest}`).toBe("y".repeat(4000));
  expect(facts).toEqual(["Team", "\u2002Support"]);
});

test("F20 a text of more than a section holds is parted between words", () => {
  const text = "slowly ".repeat(800).trim();
  const shown = shownIn(
    renderMessage({ summary: "a", parts: [{ kind: "text", text }], locale: "en" }).blocks,
  );
  expect(shown).toHaveLength(2);
  expect(shown.join(" ")).toBe(text);
});

test("F20 where even a line of everything is too much, the last parts go and the buttons stay", () => {
  const parts: Part[] = Array.from({ length: 80 }, (_, i) => ({ kind: "note", text: `Note ${i}` }));
  const actions: Part = { kind: "actions", options: [{ label: "Share", token: "share" }] };
  const shown = shownIn(
    renderMessage({ summary: "a", parts: [...parts, actions], locale: "en" }).blocks,
  );
  expect(shown).toHaveLength(50);
  expect(shown.slice(-2)).toEqual(["Note 48", "Share"]);
});

test("the fallback text reads like the summary and is never empty", () => {
  const textOf = (summary: string) => renderMessage({ summary, parts: [], locale: "en" }).text;
  expect(textOf("NPS this week: +42 (31…53), no clear change.")).toBe(
    "NPS this week: +42 (31…53), no clear change.",
  );
  expect(textOf("Tom & Jerry\n<!here>")).toBe("Tom &amp; Jerry &lt;!here&gt;");
  expect(textOf(" ")).toBe("…");
});
