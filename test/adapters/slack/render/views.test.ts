import fc from "fast-check";
import { expect, test } from "vitest";
import {
  FORM_CALLBACK,
  loadingView,
  readForm,
  renderForm,
  renderHome,
} from "../../../../adapters/slack/render/views.ts";
import type { Form, Part } from "../../../../src/platform.ts";
import { checkView } from "../../../support/slack/block-kit.ts";
import { liveIn, shownIn } from "../../../support/slack/mrkdwn-blocks.ts";
import { hostileWords } from "../../../support/slack/mrkdwn-hostile.ts";

const form: Form = {
  title: "What went wrong?",
  submit: { label: "Send", token: "w.abc.comment.why" },
  fields: [
    { name: "why", label: "In your words", multiline: true, required: true, maxLength: 4000 },
    {
      name: "email",
      label: "Address",
      multiline: false,
      required: false,
      maxLength: 5,
      value: "abcdefgh",
    },
  ],
};

/** What Slack sends when the form is submitted. */
const submitted = (view: object, typed: Record<string, string | null>) => ({
  type: "view_submission",
  view: {
    ...view,
    state: {
      values: Object.fromEntries(
        Object.entries(typed).map(([name, value]) => [
          name,
          { value: { type: "plain_text_input", value } },
        ]),
      ),
    },
  },
});

test("a form is a modal with one input for each field, within Slack's limits", () => {
  const view = renderForm(form, "D1:170.1", "Cancel");
  expect(checkView(view)).toEqual([]);
  expect(view).toMatchObject({
    type: "modal",
    callback_id: FORM_CALLBACK,
    title: { text: "What went wrong?" },
    submit: { text: "Send" },
    close: { text: "Cancel" },
    blocks: [
      {
        type: "input",
        block_id: "why",
        optional: false,
        label: { text: "In your words" },
        element: {
          type: "plain_text_input",
          action_id: "value",
          multiline: true,
          max_length: 3000,
        },
      },
      {
        block_id: "email",
        optional: true,
        element: { multiline: false, max_length: 5, initial_value: "abcd…" },
      },
    ],
  });
  expect(renderForm(form, "")).not.toHaveProperty("close");
});

test("what was typed comes back with the token and the place where the form was opened", () => {
  const view = renderForm(form, "D1:170.1");
  expect(readForm(submitted(view, { why: "Slow <!channel>", email: null }))).toEqual({
    token: "w.abc.comment.why",
    origin: "D1:170.1",
    values: { why: "Slow <!channel>", email: "" },
  });
});

test.each<[string, unknown]>([
  ["nothing", undefined],
  ["another view", submitted({ callback_id: "other", private_metadata: "{}" }, {})],
  ["metadata that is none", submitted({ callback_id: FORM_CALLBACK, private_metadata: "{" }, {})],
  ["metadata of others", submitted({ callback_id: FORM_CALLBACK, private_metadata: "[]" }, {})],
])("a submission of %s is not ours", (_, body) => {
  expect(readForm(body)).toBeUndefined();
});

test("F20 whatever a form says, Slack opens it, and any origin comes back whole", () => {
  const text = fc.oneof(hostileWords, fc.constantFrom("", "👩‍👩‍👧‍👦".repeat(9), "x".repeat(4000)));
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
  const forms = fc.record(
    {
      title: text,
      submit: fc.record({ label: text, token: fc.string({ maxLength: 100 }) }),
      notice: text,
      fields: fc.uniqueArray(field, { selector: ({ name }) => name, maxLength: 5 }),
    },
    { requiredKeys: ["title", "submit", "fields"] },
  );
  fc.assert(
    fc.property(forms, fc.string({ maxLength: 400 }), text, (form, origin, close) => {
      const view = renderForm(form, origin, close);
      expect(checkView(view)).toEqual([]);
      expect(checkView(loadingView(form.title, close, close))).toEqual([]);
      expect(liveIn(view)).toEqual({ mentions: [], links: [], formatting: [] });
      expect(readForm(submitted(view, {}))).toEqual({
        token: form.submit.token,
        origin,
        values: {},
      });
    }),
  );
});

test("a title or a button of a form is cut between letters", () => {
  const family = "👩‍👩‍👧‍👦";
  const view = renderForm({ ...form, title: family.repeat(5) }, "");
  expect(view.title.text).toBe(`${family.repeat(2)}…`);
  // What was cut stands in full above the fields.
  expect(view.blocks[0]).toMatchObject({ type: "section", text: { text: family.repeat(5) } });
  expect(renderForm(form, "").blocks[0]).toMatchObject({ type: "input" });
});

test("the home page has room for twice as many blocks as a message", () => {
  const parts: Part[] = Array.from({ length: 120 }, (_, i) => ({
    kind: "text",
    text: `Line ${i}`,
  }));
  const home = renderHome({ summary: "Home", locale: "en", parts: parts.slice(0, 100) });
  expect(checkView(home)).toEqual([]);
  expect(shownIn(home.blocks)).toHaveLength(100);
  const longer = renderHome({ summary: "Home", locale: "en", parts });
  expect(checkView(longer)).toEqual([]);
  expect(shownIn(longer.blocks)).toHaveLength(100);
});
