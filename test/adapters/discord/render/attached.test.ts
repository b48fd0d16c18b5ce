import { describe, expect, test } from "vitest";
import { renderForm, renderMessage } from "../../../../adapters/discord/render.ts";
import type { Form, Message, Option, Part, Picture } from "../../../../src/platform.ts";
import { checkComponents } from "../../../support/discord/components/message.ts";
import { checkModal } from "../../../support/discord/components/modal.ts";

const option = (label: string, more: Partial<Option> = {}): Option => ({
  ...{ label, token: `token-${label}` },
  ...more,
});
const message = (...parts: Part[]): Message => ({ summary: "Yours", parts, locale: "en" });

test("a field with choices is a menu in its label, one of which may be chosen already", () => {
  const choices = [
    { label: "It is solved", value: "solved" },
    { label: "l".repeat(101), value: "explained" },
    { label: "Twice", value: "solved" },
    { label: "No value", value: "" },
  ];
  const field = { label: "How did it end?", multiline: false, maxLength: 100, choices };
  const form: Form = {
    title: "Close",
    submit: option("Close", { token: "case.1.close" }),
    fields: [
      { ...field, name: "reason", required: true, value: "solved" },
      { ...field, name: "other", required: false },
    ],
  };
  const modal = renderForm(form);
  checkModal(modal);
  const solved = { label: "It is solved", value: "solved" };
  const explained = { label: `${"l".repeat(99)}…`, value: "explained" };
  expect(modal.components).toMatchObject([
    {
      ...{ type: 18, label: "How did it end?" },
      component: {
        ...{ type: 3, custom_id: "reason", required: true, min_values: 1, max_values: 1 },
        options: [{ ...solved, default: true }, explained],
      },
    },
    {
      component: {
        ...{ type: 3, custom_id: "other", required: false, min_values: 0, max_values: 1 },
        options: [solved, explained],
      },
    },
  ]);
});

test("what cannot be taken back is red, also beside a text; in a menu it is a word like others", () => {
  const erase = option("Erase", { tone: "danger" });
  const styles = (...parts: Part[]) => {
    const { components } = renderMessage(message(...parts));
    checkComponents(components, true, []);
    return [...JSON.stringify(components).matchAll(/"style":(\d)/g)].map(([, one]) => one);
  };
  expect(styles({ kind: "actions", options: [erase, option("Keep")] })).toEqual(["4", "2"]);
  const sure: Part = { kind: "text", text: "Sure?" };
  expect(styles(sure, { kind: "actions", options: [erase] })).toEqual(["4"]);
  expect(styles({ kind: "menu", label: "More", options: [erase] })).toEqual([]);
});

describe("a file", () => {
  const picture: Picture = { png: new Uint8Array([1]), width: 1, height: 1, alt: "A curve" };
  const part = (name: string): Part => ({
    kind: "file",
    file: {
      ...{ name, title: "Everything in one file", mediaType: "application/json" },
      bytes: new Uint8Array([123, 125]),
    },
  });
  const drawn = (...parts: Part[]) => {
    const sent = renderMessage(message(...parts));
    const names = sent.files.map(({ name }) => name);
    checkComponents(sent.components, true, names);
    return { ...sent, names };
  };

  test("stands below its title, under the name that Discord leaves it", () => {
    const { components, files, attachments } = drawn(part("my data (1).json"));
    expect(components).toMatchObject([
      { type: 10, content: "**Everything in one file**" },
      { type: 13, file: { url: "attachment://my_data_1_.json" } },
    ]);
    expect(files).toMatchObject([{ name: "my_data_1_.json", contentType: "application/json" }]);
    expect(attachments).toMatchObject([{ filename: "my_data_1_.json" }]);
  });

  test("is there even when the words of a message are far too many", () => {
    const words = Array.from({ length: 200 }, (): Part => ({ kind: "text", text: "w".repeat(90) }));
    const { components, names } = drawn(...words, part("my-data.json"));
    expect(names).toEqual(["my-data.json"]);
    expect(JSON.stringify(components)).toContain("attachment://my-data.json");
  });

  test("has a name of its own beside a picture and another file", () => {
    const { names } = drawn({ kind: "picture", picture }, part("a.json"), part("a.json"));
    expect(names).toEqual(["picture.png", "a.json", "3-a.json"]);
  });
});
