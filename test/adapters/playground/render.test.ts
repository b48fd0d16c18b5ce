import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { entrySchema } from "../../../adapters/playground/entries.ts";
import { renderForm, renderMessage } from "../../../adapters/playground/render.ts";
import type { Form, Message, Part } from "../../../src/platform.ts";

/** Files are held somewhere else; here by their name. */
const drawn = (said: Message) => renderMessage(said, (file) => `held:${file.name}`);
const message = (...parts: Part[]): Message => ({ summary: "A summary", locale: "ru", parts });

describe("a message as plain JSON", () => {
  test("words stay as they are", () => {
    const text = "<b>&amp; @everyone \u202e **x**";
    const { content } = drawn(message({ kind: "quote", text, by: text }));
    expect(content).toEqual({
      summary: "A summary",
      locale: "ru",
      parts: [{ kind: "quote", text, by: text }],
    });
  });

  test("a picture becomes a file named by its content", () => {
    const png = new Uint8Array([1, 2, 3]);
    const part: Part = { kind: "picture", picture: { png, width: 4, height: 5, alt: "Alt" } };
    const { content, pictures } = drawn(message(part, part));
    expect([...pictures.values()]).toEqual([png]);
    const [file = ""] = pictures.keys();
    expect(file).toMatch(/^[0-9a-f]{64}\.png$/);
    expect(content.parts[1]).toEqual({ kind: "picture", file, width: 4, height: 5, alt: "Alt" });
  });

  test.each(["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "not a link", "//x"])(
    "the address %s never becomes a link",
    (url) => {
      const link = { label: "Open", url };
      const { content } = drawn(
        message({ kind: "link", link }, { kind: "quote", text: "Words", link }),
      );
      expect(content.parts).toEqual([{ kind: "quote", text: "Words" }]);
    },
  );

  test.each([
    [-0.1, 0],
    [1.5, 1],
    [Number.NaN, 0],
    [Number.POSITIVE_INFINITY, 0],
    [0.25, 0.25],
  ])("a bar's share of %d is drawn as %d", (share, width) => {
    const bars = [{ label: "Promoters", value: "1", share }];
    const { content } = drawn(message({ kind: "bars", title: "Groups", bars }));
    expect(content.parts[0]).toMatchObject({ bars: [{ share: width }] });
  });

  test("a file is held elsewhere; only the way to it is kept", () => {
    const file = {
      ...{ name: "my-data.json", title: "Your data", mediaType: "application/json" },
      bytes: new TextEncoder().encode("secret"),
    };
    const { content } = drawn(message({ kind: "file", file }));
    expect(content.parts).toEqual([
      { kind: "file", token: "held:my-data.json", title: "Your data" },
    ]);
  });

  test("a form carries the message whose button opened it", () => {
    const form: Form = { title: "More", submit: { label: "Send", token: "t" }, fields: [] };
    expect(renderForm(form, "bot:1")).toEqual({ ...form, message: "bot:1" });
    expect(renderForm(form, undefined)).toEqual(form);
  });

  test("whatever is said can be written to the transcript and read back the same", () => {
    const text = fc.string({ unit: "grapheme" });
    const option = fc.record(
      { label: text, token: text, hint: text },
      { requiredKeys: ["label", "token"] },
    );
    const options = fc.array(option, { maxLength: 3 });
    const part: fc.Arbitrary<Part> = fc.oneof(
      fc.record({ kind: fc.constantFrom("text", "note"), text }),
      fc.record(
        { kind: fc.constant("heading" as const), text, minor: fc.constant(true as const) },
        { requiredKeys: ["kind", "text"] },
      ),
      fc.record({ kind: fc.constant("quote"), text, by: text }, { requiredKeys: ["kind", "text"] }),
      fc.record({ kind: fc.constant("scale"), options, low: text, high: text }),
      fc.record({ kind: fc.constantFrom("choices", "actions"), options }),
      fc.record({ kind: fc.constant("menu"), label: text, options }),
      fc.record({ kind: fc.constant("facts"), rows: fc.array(fc.tuple(text, text)) }),
      fc.record({
        kind: fc.constant("bars"),
        title: text,
        bars: fc.array(fc.record({ label: text, value: text, share: fc.double() })),
      }),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const { content } = drawn(message(...parts));
        const entry = { kind: "updated", id: "bot:1", seq: 1, at: "2026-11-02", content };
        // JSON knows no negative zero.
        const written: unknown = JSON.parse(JSON.stringify(entry));
        expect(entrySchema.parse(written)).toEqual(written);
      }),
    );
  });
});
